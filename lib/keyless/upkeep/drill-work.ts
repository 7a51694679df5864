/** The drill (keyless protocol, section 5): a real recovery in memory, compared with the open wallet, and wiped. */
import { equalBytes } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { lookUpBackup, type RecoverStep, recoverBackup } from '../backup/recover';
import { pinCheckOf } from '../pin/pin-check';
import { noteRecovery } from '../stored';
import { knownDevice, type TaskDependencies } from './reset-work';
import type { TaskAt, TaskRecord } from './task';

/** How long each part took, ms, in the order of Recover. */
export type DrillTimes = TaskAt<'drilled'>['ms'];

/**
 * Spends one try, like any recovery.
 * @param before how long the sign-in and the servers took
 * @throws WalletError what `recoverBackup` throws; `owner-mismatch` if what came back is another wallet
 */
export async function drillWork(
  deps: TaskDependencies,
  before: Pick<DrillTimes, 'signIn' | 'servers'>,
  pin: string,
  onStep: (step: RecoverStep) => void,
  onTry: () => void,
): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const parties = await deps.sessions.resume(known.providerId, known.accountId);
  const found = await lookUpBackup(parties, known);
  if (!found) throw new WalletError('backup-not-found');
  const watch = stopwatch(deps.now);
  let realms = 0;
  let record = 0;
  const timed = (step: RecoverStep) => {
    if (step === 'asking-vault') realms = watch();
    if (step === 'checking') record = watch();
    onStep(step);
  };
  const { entropy, backup, realmsAnswered, failedTries } = await recoverBackup(parties, found, pin, timed, onTry);
  try {
    const isSame = await deps.wallet.lendEntropy(async (own) => entropy.use((bytes) => equalBytes(bytes, own)));
    if (!isSame) throw new WalletError('owner-mismatch');
    const pinCheck = entropy.use((bytes) => pinCheckOf(bytes, parties.accountId, backup.generation, pin));
    const times = { createdAtMs: found.createdAtMs, verifiedAtMs: deps.now() };
    await deps.device.write({ ...known, ...backup, ...times, pinCheck });
    await noteRecovery(deps.ownRecoveries, deps.now());
  } finally {
    entropy.wipe();
  }
  const ms = { ...before, realms, record, same: watch() };
  return { stage: 'drilled', ms, generation: backup.generation, realmsAnswered, failedTries };
}

/** Each call tells the ms since the one before. */
export function stopwatch(now: () => number): () => number {
  let lastMs = now();
  return () => {
    const nowMs = now();
    const passedMs = Math.max(0, nowMs - lastMs);
    lastMs = nowMs;
    return passedMs;
  };
}
