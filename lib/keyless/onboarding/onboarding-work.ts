/** The long pieces of onboarding: each runs to the stage that comes after it, or throws. */
import { equalBytes } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { resumeBackUp } from '../backup/activation';
import type { BackUpStep } from '../backup/back-up';
import { createBackup } from '../backup/create';
import { type Backup, ownerKeyOf, publicHalfOf, type Random } from '../backup/generation';
import { lookUpBackup, type RecoverStep, recoverBackup } from '../backup/recover';
import type { Run } from '../long-run';
import { pinCheckOf } from '../pin/pin-check';
import type { AttemptStore, Journal, Parties } from '../ports';
import type { Sessions } from '../sign-in/sessions';
import { type DeviceRecord, type ForeignTries, noteRecovery, type Stored } from '../stored';
import type { FlowAt, FlowRecord, Recovery } from './flow';
import { openStage, type WalletState } from './ground';

/** Where the entropy goes once a backup of it has been verified. */
export interface WalletHome extends WalletState {
  /** Unlocks with `entropy`, which it does not keep. @throws WalletError `wallet-exists` if it is another wallet's */
  adopt(entropy: Uint8Array): Promise<void>;
  lock(): Promise<void>;
  /** Forgets everything. */
  wipe(): Promise<void>;
}

export interface WorkDependencies {
  readonly sessions: Sessions;
  readonly journal: Journal;
  readonly attempt: AttemptStore;
  readonly device: Stored<DeviceRecord>;
  readonly foreignTries: Stored<ForeignTries>;
  /** When this device itself recovered, newest first, ms since the epoch. */
  readonly ownRecoveries: Stored<number[]>;
  readonly wallet: WalletHome;
  readonly random: Random;
  /** ms since the epoch */
  readonly now: () => number;
}

/** Sign-in in a window, then whatever the two servers know of the account. */
export async function signInWork(deps: WorkDependencies, run: Run, providerId: string): Promise<FlowRecord> {
  const parties = await deps.sessions.open(providerId, 'window', await expectedAccount(deps));
  return (await resumeWork(deps, run, parties, providerId)) ?? lookUpWork(deps, parties, providerId);
}

/** What this device knows. Without a keyless wallet it is what an interruption left, and binds nobody. */
const knownDevice = async (deps: WorkDependencies): Promise<DeviceRecord | null> =>
  (await deps.wallet.hasKeyless()) ? deps.device.read() : null;
const expectedAccount = async (deps: WorkDependencies): Promise<Uint8Array | null> =>
  (await knownDevice(deps))?.accountId ?? null;

/** @throws `backup-not-found` on a device that has a keyless wallet: there it would be another one */
async function lookUpWork(deps: WorkDependencies, parties: Parties, providerId: string): Promise<FlowRecord> {
  const found = await lookUpBackup(parties, await knownDevice(deps));
  // What is to be erased then opens for nobody any more.
  if (found?.order?.order === 'start-over' && !(await deps.wallet.hasKeyless()))
    return { stage: 'start-over-ordered', providerId, deadlineMs: found.order.deadlineMs };
  if (found) {
    const nextTryAtMs = waitUntil(found.tries.nextAtMs, deps.now());
    const { createdAtMs: backupCreatedAtMs } = found;
    const { count, lastAtMs } = found.wrong;
    const wrongTries = count > 0 ? { count, lastAtMs } : null;
    const tries = { ownTries: 0, triesLeft: null, wrongTries };
    return {
      stage: 'recover-pin',
      providerId,
      via: 'recover-pin',
      backupCreatedAtMs,
      ...tries,
      nextTryAtMs,
      error: null,
    };
  }
  if (await deps.wallet.hasKeyless()) throw new WalletError('backup-not-found');
  return { stage: 'choose-pin', providerId, error: null };
}

const waitUntil = (nextAtMs: number, nowMs: number): number | null => (nextAtMs > nowMs ? nextAtMs : null);

/** Create, from the PIN on. Somebody who was faster with this account turns it into a recovery. */
export async function createWork(
  deps: WorkDependencies,
  providerId: string,
  pin: string,
  onStep: (step: BackUpStep) => void,
): Promise<FlowRecord> {
  const parties = await deps.sessions.resume(providerId, null);
  try {
    const { entropy, backup } = await createBackup({ ...deps, parties, onStep }, pin);
    await entropy
      .use((bytes) => openCreated(deps, parties, providerId, bytes, backup, pin))
      .finally(() => entropy.wipe());
    return await created(deps, providerId);
  } catch (error) {
    await forgetDeadAttempt(deps, parties.accountId);
    if (error instanceof WalletError && error.code === 'backup-exists') return lookUpWork(deps, parties, providerId);
    throw error;
  }
}

/** Only a signed activation can still bring the entropy of an attempt to life. */
async function forgetDeadAttempt({ journal, attempt }: WorkDependencies, accountId: Uint8Array): Promise<void> {
  const entry = await journal.read();
  if (!entry?.activation || !equalBytes(entry.accountId, accountId)) await attempt.clear();
}

/**
 * An activation that was signed before the background stopped or the vault went away; null if there is none to finish.
 * Journal and attempt are forgotten last, and not at all once the run was dropped: the next sign-in finishes it then.
 */
async function resumeWork(
  deps: WorkDependencies,
  run: Run,
  parties: Parties,
  providerId: string,
): Promise<FlowRecord | null> {
  const clear = () => {
    run.refuseIfDropped();
    return deps.journal.clear();
  };
  let isOpen = false;
  const outcome = await resumeBackUp(parties, { ...deps.journal, clear }, async (backup) => {
    const attempt = await deps.attempt.read();
    // The attempt may be a later one, under another account: only the entropy of this S has this backup.
    if (!attempt || !equalBytes(publicHalfOf(ownerKeyOf(attempt, parties.accountId)), backup.ownerPub)) return;
    const entropy = new Secret(attempt);
    try {
      run.keep();
      await entropy.use((bytes) => openCreated(deps, parties, providerId, bytes, backup, null));
      isOpen = true;
    } finally {
      entropy.wipe();
    }
  });
  if (outcome === 'dropped' || outcome === 'void') {
    run.refuseIfDropped();
    await deps.attempt.clear();
  }
  return isOpen ? created(deps, providerId) : null;
}

/** The same without a window, after a restart. What cannot be finished asks for the PIN again. */
export async function resumeCreateWork(deps: WorkDependencies, run: Run, providerId: string): Promise<FlowRecord> {
  const parties = await deps.sessions.resume(providerId, null);
  const finished = await resumeWork(deps, run, parties, providerId);
  return finished ?? lookUpWork(deps, parties, providerId);
}

/** The wallet whose backup was verified: what stands is stored, then it is open. */
async function openCreated(
  deps: WorkDependencies,
  { accountId }: Parties,
  providerId: string,
  entropy: Uint8Array,
  backup: Backup,
  pin: string | null,
): Promise<void> {
  const nowMs = deps.now();
  const pinCheck = pin === null ? null : pinCheckOf(entropy, accountId, backup.generation, pin);
  await deps.device.write({ providerId, accountId, ...backup, createdAtMs: nowMs, verifiedAtMs: nowMs, pinCheck });
  await deps.wallet.adopt(entropy);
}

async function created({ attempt }: WorkDependencies, providerId: string): Promise<FlowRecord> {
  await attempt.clear();
  return { stage: 'backup-verified', providerId };
}

/** Recover, from the PIN on. */
export async function recoverWork(
  deps: WorkDependencies,
  from: FlowAt<'recovering'>,
  pin: string,
  onStep: (step: RecoverStep) => void,
  onTry: () => void,
): Promise<FlowRecord> {
  const parties = await signedIn(deps, from);
  const found = await lookUpBackup(parties, await knownDevice(deps));
  if (!found) throw new WalletError('backup-not-found');
  try {
    const { entropy, backup, failedTries } = await recoverBackup(parties, found, pin, onStep, onTry);
    const adopting = entropy.use(async (bytes) => {
      const pinCheck = pinCheckOf(bytes, parties.accountId, backup.generation, pin);
      const { accountId } = parties;
      const times = { createdAtMs: found.createdAtMs, verifiedAtMs: deps.now() };
      await deps.device.write({ providerId: from.providerId, accountId, ...backup, ...times, pinCheck });
      await deps.wallet.adopt(bytes);
    });
    await adopting.finally(() => entropy.wipe());
    const count = failedTries - from.ownTries;
    if (count > 0) await deps.foreignTries.write({ count, lastAtMs: found.wrong.lastAtMs ?? found.tries.lastAtMs });
    await noteRecovery(deps.ownRecoveries, deps.now());
  } catch (error) {
    throw await withNextTry(parties, error, deps.now());
  }
  return openStage(deps.wallet);
}

/** Begins the days after which an account whose backup has no guesses left can take a new one. */
export async function startOverWork(deps: WorkDependencies, { providerId }: Recovery): Promise<FlowRecord> {
  const parties = await deps.sessions.resume(providerId, null);
  const found = await lookUpBackup(parties, null);
  if (!found) return { stage: 'choose-pin', providerId, error: null };
  await parties.issuer.startOver(found.active.slot);
  return lookUpWork(deps, parties, providerId);
}

/** At a daily unlock by PIN the provider's window opens by itself when it must. */
async function signedIn(deps: WorkDependencies, { providerId, via }: FlowAt<'recovering'>): Promise<Parties> {
  const expected = await expectedAccount(deps);
  try {
    return await deps.sessions.resume(providerId, expected);
  } catch (error) {
    const windowHelps = error instanceof WalletError && error.code === 'sign-in-expired' && via === 'locked';
    if (!windowHelps) throw error;
    return deps.sessions.open(providerId, 'window', expected);
  }
}

/** A wrong PIN with the time of the next try, if the issuer tells it. */
async function withNextTry(parties: Parties, error: unknown, nowMs: number): Promise<unknown> {
  if (!(error instanceof WalletError) || error.code !== 'pin-wrong') return error;
  const witness = await parties.issuer.witness().catch(() => null);
  const nextAtMs = witness && waitUntil(witness.tries.nextAtMs, nowMs);
  return nextAtMs === null ? error : new WalletError('pin-wrong', { ...error.details, nextAtMs });
}
