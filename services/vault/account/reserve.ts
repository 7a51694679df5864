/** R1: at most one open reservation; a slot that was ever reserved is never reserved again. */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import type { FeedFact } from '@/lib/keyless/wire/feed';
import { reserveStatement } from '@/lib/keyless/wire/statement';
import type { ReserveRequest } from '@/lib/keyless/wire/vault';
import { type Allowance, takeOne } from './allowance';
import {
  type Caller,
  changed,
  type Outcome,
  type Refused,
  refused,
  refusedUntil,
  type SlotFact,
  type StepContext,
  unchanged,
} from './outcome';
import type { AccountState, Reservation } from './state';

/** Another device key may take a reservation over when it is this old. */
export const TAKE_OVER_MS = 15 * 60_000;
/** A reservation of this age is void. */
export const RESERVATION_LIFE_MS = 24 * 3_600_000;
/** More than anybody needs who tries again and again. */
export const RESERVATIONS: Allowance = { atOnce: 50, oneMoreAfterMs: 4 * 3_600_000 };

export interface ReserveInput {
  readonly caller: Caller;
  readonly request: ReserveRequest;
  /** What became of the requested slot so far; null if it was never reserved. */
  readonly fate: SlotFact | null;
}

/** Opens a reservation. The same request again, by the same device key, answers the same. */
export function reserve(state: AccountState, input: ReserveInput, context: StepContext): Outcome<null> {
  const { caller, request } = input;
  const { active, reservation: open } = state;
  if (active?.order?.order === 'delete') return refused('deletion-pending');
  if (request.from !== state.lastNumber || request.to !== request.from + 1) return refused('wrong-number');
  const unsigned = refuseUnsigned(state, input, context);
  if (unsigned !== null) return unsigned;
  if (open !== null && isSame(open, input)) return unchanged(null);
  if (input.fate !== null) return refused('slot-used');
  const foreign = open !== null && !equalBytes(open.jkt, caller.jkt);
  if (foreign && context.nowMs < open.reservedAtMs + TAKE_OVER_MS)
    return refusedUntil('reserved-elsewhere', open.reservedAtMs + TAKE_OVER_MS);
  const reservations = takeOne(state.reservations, RESERVATIONS, context.nowMs);
  if ('nextAtMs' in reservations) return refusedUntil('too-many-requests', reservations.nextAtMs);

  const { slot, from, to, realmSetId } = request;
  const facts: FeedFact[] = [];
  // Only a start-over can stand here, and the owner's signature was just verified: that cancels it.
  if (active?.order) facts.push({ kind: 'undone', orderId: active.order.orderId });
  if (open !== null) facts.push({ kind: 'void', slot: open.slot });
  facts.push({ kind: 'reserved', slot, from, to, realmSetId, jkt: caller.jkt });
  const reservation: Reservation = { slot, to, realmSetId, jkt: caller.jkt, reservedAtMs: context.nowMs, row: null };
  const next = { ...state, active: active && { ...active, order: null }, reservation, reservations };
  return changed(next, facts, null);
}

function refuseUnsigned(
  { active }: AccountState,
  { caller, request }: ReserveInput,
  context: StepContext,
): Refused | null {
  if (active === null) return null;
  if (request.ownerSignature === undefined) return refused('owner-signature-required');
  const statement = reserveStatement({ ...request, ...caller, vaultId: context.vaultId });
  const valid = verifySignature(active.row.ownerPub, statement, request.ownerSignature);
  return valid ? null : refused('bad-signature');
}

const isSame = (open: Reservation, { caller, request }: ReserveInput): boolean =>
  equalBytes(open.slot, request.slot) &&
  equalBytes(open.realmSetId, request.realmSetId) &&
  equalBytes(open.jkt, caller.jkt);
