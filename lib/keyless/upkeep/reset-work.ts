/** The long pieces of a PIN reset on an open wallet (keyless protocol, section 5): each runs to the stage after it, or throws. */
import { equalBytes } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { resumeBackUp } from '../backup/activation';
import { type BackUpStep, backUp } from '../backup/back-up';
import type { Backup, Random } from '../backup/generation';
import { type FoundBackup, lookUpBackup } from '../backup/recover';
import { rotateBackup } from '../backup/rotate';
import { pinCheckOf } from '../pin/pin-check';
import type { Journal } from '../ports';
import type { Sessions } from '../sign-in/sessions';
import type { DeviceRecord, Stored } from '../stored';
import type { TaskRecord } from './task';

/** The wallet whose backup it is. */
export interface OpenWallet {
  isUnlocked(): Promise<boolean>;
  /** The bytes are wiped when `work` has ended. @throws WalletError `locked` */
  lendEntropy<Result>(work: (entropy: Uint8Array) => Promise<Result>): Promise<Result>;
}

export interface TaskDependencies {
  readonly sessions: Sessions;
  readonly journal: Journal;
  readonly device: Stored<DeviceRecord>;
  readonly wallet: OpenWallet;
  /** When this device itself recovered, newest first, ms since the epoch. */
  readonly ownRecoveries: Stored<number[]>;
  readonly random: Random;
  /** ms since the epoch */
  readonly now: () => number;
}

/** @throws WalletError `backup-not-found` on a device that knows of no backup */
export async function knownDevice({ device }: Pick<TaskDependencies, 'device'>): Promise<DeviceRecord> {
  const known = await device.read();
  if (!known) throw new WalletError('backup-not-found');
  return known;
}

/**
 * A sign-in in a window, then what both servers say, held against what this device knows.
 * @throws WalletError what `lookUpBackup` and the sign-in say: all before any PIN
 */
export async function openBackup(deps: TaskDependencies): Promise<OpenedBackup> {
  const known = await knownDevice(deps);
  const startedAtMs = deps.now();
  const parties = await deps.sessions.open(known.providerId, 'window', known.accountId);
  const signedInAtMs = deps.now();
  const found = await lookUpBackup(parties, known);
  const passed = (fromMs: number, toMs: number) => Math.max(0, toMs - fromMs);
  return { found, ms: { signIn: passed(startedAtMs, signedInAtMs), servers: passed(signedInAtMs, deps.now()) } };
}

export interface OpenedBackup {
  /** Null: it was deleted or started over. */
  readonly found: FoundBackup | null;
  /** How long it took. */
  readonly ms: { readonly signIn: number; readonly servers: number };
}

/** The same entropy under a new PIN, as the next generation. The old backup stays good until the new one is active. */
export async function resetWork(
  deps: TaskDependencies,
  pin: string,
  onStep: (step: BackUpStep) => void,
): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const parties = await deps.sessions.resume(known.providerId, known.accountId);
  const found = await lookUpBackup(parties, known);
  return deps.wallet.lendEntropy(async (bytes) => {
    const entropy = new Secret(bytes.slice());
    const onActive = (backup: Backup) =>
      store(deps, backup, pinCheckOf(bytes, known.accountId, backup.generation, pin));
    try {
      const making = { ...deps, parties, onStep, onActive };
      if (found) await rotateBackup(making, entropy, pin);
      // Deleted or started over: the same wallet is backed up anew, after the last number.
      else await backUp(making, bytes, pin, await parties.vault.metadata());
      return { stage: 'pin-changed' };
    } finally {
      entropy.wipe();
    }
  });
}

/** What stands now. A generation that was stored before keeps what is known of its PIN. */
async function store(deps: TaskDependencies, backup: Backup, pinCheck: Uint8Array | null): Promise<void> {
  const known = await knownDevice(deps);
  if (known.generation >= backup.generation) return;
  const nowMs = deps.now();
  await deps.device.write({ ...known, ...backup, createdAtMs: nowMs, verifiedAtMs: nowMs, pinCheck });
}

/** Whether this device has signed a new generation of its own backup and does not know what became of it. */
export async function isUnfinished({ journal, device }: TaskDependencies): Promise<boolean> {
  const [entry, known] = await Promise.all([journal.read(), device.read()]);
  return Boolean(entry?.activation && known && equalBytes(entry.accountId, known.accountId));
}

/**
 * Repeats the activation that was signed, without the PIN, until the vault has answered.
 * @param mode how it may sign in if no session stands
 * @throws WalletError `slot-void` if the new PIN did not come to be; what the parties say, with the journal kept
 */
export async function finishReset(deps: TaskDependencies, mode: 'window' | 'silent'): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const { sessions, journal } = deps;
  const parties =
    mode === 'window'
      ? await sessions.open(known.providerId, 'window', known.accountId)
      : await sessions.resume(known.providerId, known.accountId);
  const outcome = await resumeBackUp(parties, journal, (backup) => store(deps, backup, null));
  if (outcome !== 'activated') throw new WalletError('slot-void', { reason: 'overtaken' });
  return { stage: 'pin-changed' };
}
