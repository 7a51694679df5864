/** Keeping a row: the issuer's half of an activation (keyless protocol, R3). */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { type Activation, decodeActivation, statementHashOf } from '@/lib/keyless/wire/statement';
import { type Account, findSlot, type GrantedSlot, hasEnded, withSlot } from './account';
import { done, noSuchSlot, refused, type Step } from './step';

/** An account whose reservations come from an honest vault has one at most; the answer to `GET /witness` has room for these. */
export const MAX_KEPT = 64;

export interface KeepInput {
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
}

/**
 * Keeps the row that S describes. Kept rows are a set: a new one never removes another, and the owner key is not pinned
 * here. The same S again gets the same answer, after its activation too, because replies get lost.
 */
export function keepRow(account: Account, input: KeepInput): Step<{ statementHash: Uint8Array }> {
  const s = readActivation(input.statement);
  if (!s || !equalBytes(s.vaultId, input.vaultId) || !equalBytes(s.accountId, input.accountId))
    return refused('bad-request', { detail: 'The statement is not one for this vault and account.' });
  const isSigned =
    verifySignature(s.ownerPub, input.statement, input.signature) &&
    (account.ownerPub === null || equalBytes(account.ownerPub, s.ownerPub));
  if (!isSigned) return refused('bad-signature');
  const known = findSlot(account, s.slot);
  const statementHash = statementHashOf(input.statement);
  if ((known?.state === 'kept' || known?.state === 'current') && equalBytes(known.statementHash, statementHash))
    return done(account, { statementHash });
  if (known?.state !== 'granted') return noSuchSlot(hasEnded(account, s.slot));
  return keepGranted(account, known, s, statementHash);
}

function keepGranted(
  account: Account,
  granted: GrantedSlot,
  s: Activation,
  statementHash: Uint8Array,
): Step<{ statementHash: Uint8Array }> {
  if (s.from !== account.lastNumber || s.to !== s.from + 1 || s.to !== granted.to) return refused('wrong-number');
  if (!equalBytes(s.realmSetId, granted.realmSetId))
    return refused('bad-request', { detail: 'The tokens were given for another realm set.' });
  if (account.slots.filter(({ state }) => state === 'kept').length >= MAX_KEPT) return refused('too-many-requests');
  const { slot, to, realmSetId, registerTokensEndMs } = granted;
  const { recordHash } = s;
  const row = { state: 'kept', slot, to, realmSetId, registerTokensEndMs, recordHash, statementHash } as const;
  return done(withSlot(account, row), { statementHash });
}

function readActivation(statement: Uint8Array): Activation | null {
  try {
    return decodeActivation(statement);
  } catch {
    return null;
  }
}
