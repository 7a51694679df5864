/** Whether the user still knows the PIN: asked on this device, without spending a try (keyless protocol, section 5). */
import { equalBytes } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { DeviceRecord, Stored } from '../stored';
import { knownDevice, type TaskDependencies } from '../upkeep/reset-work';
import { pinCheckOf } from './pin-check';
import { answeredRight, answeredWrong, firstReminder, putOff, type Reminder, STALE_STATUS_MS } from './reminder';

export interface ConfirmationDependencies extends Pick<TaskDependencies, 'device' | 'wallet' | 'now'> {
  readonly reminder: Stored<Reminder>;
  /** Makes whoever types wrong PINs wait. */
  readonly slowDown: { guard<Result>(attempt: () => Promise<Result>): Promise<Result> };
}

export interface Confirmation {
  /** Null without a backup. */
  reminder(): Promise<Reminder | null>;
  /**
   * @throws WalletError `pin-wrong`, without tries: none was spent; `try-later` after several wrong ones; `bad-message`
   *   (reason `check`) where only a recovery can tell
   */
  check(pin: string): Promise<void>;
  putOff(): Promise<void>;
  /** A real recovery was right, or a PIN was just chosen. */
  confirmed(how: 'recovered' | 'chosen'): Promise<void>;
}

/**
 * Whether this device alone can tell: not where the backup was finished without its PIN, and not after a long time in
 * which another device may have changed it.
 */
export const canCheckHere = ({ pinCheck, verifiedAtMs }: DeviceRecord, nowMs: number): boolean =>
  pinCheck !== null && nowMs - verifiedAtMs <= STALE_STATUS_MS;

export function createConfirmation(deps: ConfirmationDependencies): Confirmation {
  const { device, now } = deps;
  const reminder = async (): Promise<Reminder | null> => {
    const known = await device.read();
    if (!known) return null;
    const stored = (await deps.reminder.read()) ?? firstReminder(known.verifiedAtMs);
    // Unlocking by the PIN is an answer, too.
    return known.verifiedAtMs > stored.confirmedAtMs ? answeredRight(stored, known.verifiedAtMs) : stored;
  };
  const change = async (step: (reminder: Reminder, nowMs: number) => Reminder): Promise<void> => {
    const before = await reminder();
    if (before) await deps.reminder.write(step(before, now()));
  };
  return {
    reminder,
    check: async (pin) => {
      const known = await knownDevice(deps);
      const { accountId, generation, pinCheck } = known;
      if (pinCheck === null || !canCheckHere(known, now())) throw new WalletError('bad-message', { reason: 'check' });
      await deps.slowDown.guard(async () => {
        const typed = await deps.wallet.lendEntropy(async (entropy) => pinCheckOf(entropy, accountId, generation, pin));
        const isRight = equalBytes(typed, pinCheck);
        await change(isRight ? answeredRight : answeredWrong);
        if (!isRight) throw new WalletError('pin-wrong');
      });
    },
    putOff: () => change(putOff),
    confirmed: (how) => change(how === 'chosen' ? (_, nowMs) => firstReminder(nowMs) : answeredRight),
  };
}
