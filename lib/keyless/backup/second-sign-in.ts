/**
 * The same wallet under a second account (keyless protocol, section 10, Another sign-in): its own PIN, its own backup, its
 * own tries. This device goes on looking after the first one only.
 */
import { equalBytes } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Journal, Parties } from '../ports';
import type { Sessions } from '../sign-in/sessions';
import type { SecondSignIn, Stored } from '../stored';
import { knownDevice, type TaskDependencies } from '../upkeep/reset-work';
import type { TaskAt, TaskRecord } from '../upkeep/task';
import { decodeActivation } from '../wire/statement';
import { resumeBackUp } from './activation';
import { type BackUpStep, backUp } from './back-up';
import { ownerKeyOf, publicHalfOf } from './generation';
import { judgeBackup } from './recover';

export interface SecondDependencies extends TaskDependencies {
  /** What belongs to the second account, apart from the first. */
  readonly second: {
    readonly sessions: Sessions;
    readonly journal: Journal;
    /** The accounts under which the wallet is backed up beside the first, as far as this device made them. */
    readonly signIns: Stored<SecondSignIn[]>;
  };
}

/** Which account it is about, as long as it lasts. */
export type SecondAccount = Pick<TaskAt<'seconding'>, 'providerId' | 'accountId'>;

/**
 * A sign-in in a window, then what both servers know of that account.
 * @throws WalletError `backup-exists` if the account is the first one, or has another wallet's backup; what the parties say
 */
export async function openSecond(deps: SecondDependencies, providerId: string): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const parties = await deps.second.sessions.open(providerId, 'window', null);
  const { accountId } = parties;
  if (equalBytes(accountId, known.accountId)) throw new WalletError('backup-exists', { reason: 'same-account' });
  // What was signed before an interruption is settled first.
  await resumeBackUp(parties, deps.second.journal);
  const [metadata, witness] = await Promise.all([parties.vault.metadata(), parties.issuer.witness()]);
  const found = judgeBackup(parties, metadata, witness, null);
  if (!found) return { stage: 'second-pin', providerId, accountId, error: null };
  // Made before, on this device or another one.
  const ownerPub = await deps.wallet.lendEntropy(async (entropy) => publicHalfOf(ownerKeyOf(entropy, accountId)));
  const isOwn = equalBytes(decodeActivation(found.active.statement).ownerPub, ownerPub);
  if (!isOwn) throw new WalletError('backup-exists', { reason: 'other-wallet' });
  return finished(deps, { providerId, accountId }, found.createdAtMs);
}

/** The backup, from the PIN on: as Create, with the entropy of the open wallet. @throws WalletError what `backUp` throws */
export async function secondWork(
  deps: SecondDependencies,
  account: SecondAccount,
  pin: string,
  onStep: (step: BackUpStep) => void,
): Promise<TaskRecord> {
  const { journal } = deps.second;
  const parties = await resumed(deps, account);
  const [metadata, witness] = await Promise.all([parties.vault.metadata(), parties.issuer.witness()]);
  if (metadata.active || witness.current) throw new WalletError('backup-exists');
  await deps.wallet.lendEntropy((entropy) =>
    backUp({ parties, journal, random: deps.random, onStep }, entropy, pin, metadata),
  );
  return finished(deps, account, deps.now());
}

/** Whether an activation was signed of which nobody knows yet what became. */
export const isSecondUnfinished = async (
  { second }: SecondDependencies,
  { accountId }: SecondAccount,
): Promise<boolean> => {
  const entry = await second.journal.read();
  return Boolean(entry?.activation && equalBytes(entry.accountId, accountId));
};

/** Repeats it, without the PIN. @throws WalletError `slot-void` if it did not come to be; what the parties say */
export async function finishSecond(deps: SecondDependencies, account: SecondAccount): Promise<TaskRecord> {
  const outcome = await resumeBackUp(await resumed(deps, account), deps.second.journal);
  if (outcome !== 'activated') throw new WalletError('slot-void', { reason: 'overtaken' });
  return finished(deps, account, deps.now());
}

const resumed = ({ second }: SecondDependencies, { providerId, accountId }: SecondAccount): Promise<Parties> =>
  second.sessions.resume(providerId, accountId);

async function finished(
  { second }: SecondDependencies,
  { providerId, accountId }: SecondAccount,
  createdAtMs: number,
): Promise<TaskRecord> {
  const others = ((await second.signIns.read()) ?? []).filter((one) => !equalBytes(one.accountId, accountId));
  await second.signIns.write([...others, { providerId, accountId, createdAtMs }]);
  await second.sessions.end();
  return { stage: 'second-added', providerId };
}
