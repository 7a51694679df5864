/** R2: the pending row becomes the backup, and the one before it is gone. */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { type Activation, decodeActivation, keptStatement, statementHashOf } from '@/lib/keyless/wire/statement';
import type { ActivateRequest } from '@/lib/keyless/wire/vault';
import { type Caller, changed, type Outcome, refused, type SlotFact, type StepContext, unchanged } from './outcome';
import type { AccountState, Reservation, Row } from './state';

/** S, decoded. Null unless it is exactly one. */
export function readActivation(statement: Uint8Array): Activation | null {
  try {
    return decodeActivation(statement);
  } catch {
    return null;
  }
}

export interface ActivateInput {
  readonly caller: Caller;
  readonly request: ActivateRequest;
  /** `request.statement`, decoded. */
  readonly activation: Activation;
  /** What became of the slot of S so far. */
  readonly fate: SlotFact | null;
  /** Verifies the issuer's *kept*, 32 bytes. */
  readonly witnessPub: Uint8Array;
}

/** Repeating the same S answers the same, whatever happened since. */
export function activate(state: AccountState, input: ActivateInput, context: StepContext): Outcome<null> {
  const { activation: s, caller, request, fate } = input;
  if (!equalBytes(s.vaultId, context.vaultId) || !equalBytes(s.accountId, caller.accountId))
    return refused('bad-request');
  if (fate?.kind === 'activated' && equalBytes(fate.statement, request.statement)) return unchanged(null);
  if (fate?.kind === 'void' || fate?.kind === 'activated') return refused('slot-void');
  if (state.active?.order) return refused('deletion-pending');
  const { reservation } = state;
  if (reservation === null || !equalBytes(reservation.slot, s.slot)) return refused('no-reservation');
  if (!continues(state, s, reservation)) return refused('wrong-number');
  if (reservation.row === null || !describes(s, reservation, reservation.row)) return refused('row-differs');
  if (!isSignedByOwner(state, s, request)) return refused('bad-signature');
  const statementHash = statementHashOf(request.statement);
  const kept = keptStatement({ vaultId: s.vaultId, accountId: s.accountId, statementHash });
  if (!verifySignature(input.witnessPub, kept, request.kept)) return refused('not-kept');
  return changed(
    activated(state, reservation, reservation.row, request, context.nowMs),
    [{ kind: 'activated', statement: request.statement, signature: request.signature }],
    null,
  );
}

const continues = ({ active, lastNumber }: AccountState, s: Activation, { to }: Reservation): boolean =>
  s.from === lastNumber && s.to === to && equalBytes(s.previousHash, statementHashOf(active?.statement ?? null));

const describes = (s: Activation, { realmSetId }: Reservation, row: Row): boolean =>
  equalBytes(s.recordHash, row.recordHash) &&
  equalBytes(s.rowHash, row.rowHash) &&
  equalBytes(s.realmSetId, realmSetId) &&
  equalBytes(s.ownerPub, row.ownerPub);

function isSignedByOwner({ active }: AccountState, s: Activation, { statement, signature }: ActivateRequest): boolean {
  if (active !== null && !equalBytes(active.row.ownerPub, s.ownerPub)) return false;
  return verifySignature(s.ownerPub, statement, signature);
}

function activated(
  state: AccountState,
  { slot, to, realmSetId }: Reservation,
  row: Row,
  { statement, signature }: ActivateRequest,
  nowMs: number,
): AccountState {
  return {
    ...state,
    lastNumber: to,
    active: { generation: to, slot, realmSetId, row, statement, signature, createdAtMs: nowMs, order: null },
    reservation: null,
  };
}
