/**
 * The end of a backup's making (keyless protocol, section 5, Create 9 to 11): S is signed and kept, then repeated until
 * vault and issuer both say what became of it.
 */
import { equalBytes } from '@/lib/bytes';
import { type SigningKey, verifySignature } from '@/lib/crypto/signature';
import { WalletError } from '@/lib/errors';
import type { Journal, JournalEntry, Parties } from '../ports';
import {
  activateStatement,
  decodeActivation,
  keptStatement,
  rowHashOf,
  statementHashOf,
  successStatement,
} from '../wire/statement';
import type { Backup, MadeGeneration, Place } from './generation';

/** Reason of `servers-disagree`: the vault says activated, and the issuer has not read it. */
export const NOT_WITNESSED = 'not-witnessed';

export type ActivationEntry = JournalEntry & { readonly activation: NonNullable<JournalEntry['activation']> };

/** (9) S, signed by the owner, kept by the issuer. */
export async function signActivation(
  { issuer, pins }: Parties,
  place: Place,
  made: MadeGeneration,
  owner: SigningKey,
  previous: Uint8Array | null,
  tryNumber: number,
): Promise<ActivationEntry> {
  const { accountId, generation, slot, realmSetId } = place;
  const statement = activateStatement({
    vaultId: pins.vaultId,
    accountId,
    from: generation - 1,
    to: generation,
    slot,
    recordHash: made.recordHash,
    rowHash: rowHashOf(made.releasePub, made.backendShare),
    realmSetId,
    ownerPub: owner.publicKey,
    previousHash: statementHashOf(previous),
  });
  const signature = owner.sign(statement);
  const kept = await issuer.keep({ statement, signature });
  const keptBytes = keptStatement({ vaultId: pins.vaultId, accountId, statementHash: statementHashOf(statement) });
  if (!verifySignature(pins.witnessPub, keptBytes, kept))
    throw new WalletError('party-misbehaved', { party: 'issuer', reason: 'kept' });
  const successSignature = owner.sign(successStatement({ accountId, slot, tryNumber }));
  return { accountId, generation, slot, activation: { statement, signature, kept, tryNumber, successSignature } };
}

/** Stores what stands now, before the journal forgets how it came to be. */
export type OnActive = (backup: Backup) => Promise<void>;

/**
 * (10) and (11). The success note is a courtesy to the schedule: its failure changes nothing.
 * @throws `slot-void` if another generation or an erasure has followed since: the vault answers the same S for ever;
 *   `servers-disagree` if the issuer has not read the activation that the vault claims
 */
export async function finishActivation(
  { vault, issuer }: Parties,
  journal: Journal,
  entry: ActivationEntry,
  onActive: OnActive = async () => undefined,
): Promise<void> {
  const { statement, signature, kept, tryNumber, successSignature } = entry.activation;
  await vault.activate({ statement, signature, kept });
  const [{ current, lastNumber }] = await Promise.all([
    issuer.witness(),
    issuer.success({ slot: entry.slot, tryNumber, signature: successSignature }).catch(() => undefined),
  ]);
  const { recordHash, ownerPub } = decodeActivation(statement);
  const isCurrent = current && equalBytes(current.slot, entry.slot) && equalBytes(current.recordHash, recordHash);
  if (!isCurrent && lastNumber > entry.generation) throw new WalletError('slot-void', { reason: 'overtaken' });
  if (!isCurrent) throw new WalletError('servers-disagree', { reason: NOT_WITNESSED });
  await onActive({ generation: entry.generation, ownerPub, statement });
  await journal.clear();
}

/**
 * After a restart: repeats an activation that was signed, without the PIN, until the vault has answered.
 * @returns `none`: nothing was under way; `dropped`: an attempt that had signed nothing is forgotten; `void`: the vault
 *   refused the slot for ever, or another generation has taken its place; `activated`: the backup stands
 * @throws WalletError if vault or issuer did not answer, or disagree; the journal is kept
 */
export async function resumeBackUp(
  parties: Parties,
  journal: Journal,
  onActive?: OnActive,
): Promise<'none' | 'dropped' | 'void' | 'activated'> {
  const entry = await journal.read();
  if (!entry || !equalBytes(entry.accountId, parties.accountId)) return 'none';
  const { activation } = entry;
  if (!activation) {
    await journal.clear();
    return 'dropped';
  }
  try {
    await finishActivation(parties, journal, { ...entry, activation }, onActive);
    return 'activated';
  } catch (error) {
    if (!(error instanceof WalletError && error.code === 'slot-void')) throw error;
    await journal.clear();
    return 'void';
  }
}
