/** R7: orders against the backup. The vault alone decides whether one was taken back in time. */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { deleteStatement, objectionStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import type { DeletionRequest, WithdrawalRequest } from '@/lib/keyless/wire/vault';
import { type Allowance, takeOne } from './allowance';
import { erase, voidReservation } from './expire';
import { type Caller, changed, type Outcome, refused, refusedUntil, type StepContext, unchanged } from './outcome';
import type { AccountState, Active, Order } from './state';

/** Never sooner than this after the vault received a deletion order. */
export const DELETION_DELAY_MS = 72 * 3_600_000;
export const START_OVER_DELAY_MS = 7 * 24 * 3_600_000;
/**
 * Orders of one kind that are taken back one after the other. Taking back is never refused. Each kind has its own, because
 * a start-over needs a sign-in only: a thief who has one uses up no deletion of the owner's.
 */
export const ORDERS: Allowance = { atOnce: 10, oneMoreAfterMs: 24 * 3_600_000 };

export interface DeletionInput {
  readonly caller: Caller;
  readonly request: DeletionRequest;
}

/** Signed by the owner. Repeating the order that stands answers the same. */
export function orderDeletion(state: AccountState, input: DeletionInput, context: StepContext): Outcome<Order> {
  const { caller, request } = input;
  const { active } = state;
  if (active === null) return refused('not-found');
  const statement = deleteStatement({ ...request, vaultId: context.vaultId, accountId: caller.accountId });
  if (!verifySignature(active.row.ownerPub, statement, request.signature)) return refused('bad-signature');
  if (!names(request, active)) return refused('wrong-number');
  const deadlineMs = Math.max(request.notBeforeS * 1000, wholeSecond(context.nowMs + DELETION_DELAY_MS));
  return accept(state, active, { order: 'delete', orderId: request.orderId, deadlineMs }, context);
}

export interface StartOverInput {
  readonly orderId: Uint8Array;
  /** The slot of which the issuer found no guesses left. */
  readonly slot: Uint8Array;
}

/** Asked for by the issuer alone, after it asked the realms itself. The vault counts the days. */
export function orderStartOver(state: AccountState, input: StartOverInput, context: StepContext): Outcome<Order> {
  const { active } = state;
  if (active === null) return refused('not-found');
  if (!equalBytes(active.slot, input.slot)) return refused('wrong-number');
  const deadlineMs = wholeSecond(context.nowMs + START_OVER_DELAY_MS);
  return accept(state, active, { order: 'start-over', orderId: input.orderId, deadlineMs }, context);
}

/** Asked for by the issuer when its days are over and the realms said the same again. */
export function confirmStartOver(state: AccountState, orderId: Uint8Array, { nowMs }: StepContext): Outcome<null> {
  const order = standing(state, 'start-over', orderId);
  if (order === null) return refused('not-found');
  if (nowMs < order.deadlineMs) return refusedUntil('deletion-pending', order.deadlineMs);
  const erased = erase(state, order);
  return changed(erased.state, erased.facts, null);
}

export interface WithdrawalInput {
  readonly caller: Caller;
  readonly request: WithdrawalRequest;
}

/** The owner takes a deletion order back. */
export const undoDeletion = (state: AccountState, input: WithdrawalInput, context: StepContext): Outcome<null> =>
  withdraw(state, input, 'delete', undoStatement({ ...referenceOf(input), vaultId: context.vaultId }));

/** The owner objects to a start-over. */
export const objectToStartOver = (state: AccountState, input: WithdrawalInput, context: StepContext): Outcome<null> =>
  withdraw(state, input, 'start-over', objectionStatement({ ...referenceOf(input), vaultId: context.vaultId }));

const referenceOf = ({ caller, request }: WithdrawalInput) => ({
  accountId: caller.accountId,
  orderId: request.orderId,
});

function withdraw(
  state: AccountState,
  { request: { orderId, signature } }: WithdrawalInput,
  kind: Order['order'],
  statement: Uint8Array,
): Outcome<null> {
  const { active } = state;
  if (active === null || standing(state, kind, orderId) === null) return refused('not-found');
  if (!verifySignature(active.row.ownerPub, statement, signature)) return refused('bad-signature');
  return changed({ ...state, active: { ...active, order: null } }, [{ kind: 'undone', orderId }], null);
}

function accept(state: AccountState, active: Active, order: Order, { nowMs }: StepContext): Outcome<Order> {
  if (active.order !== null) {
    const repeated = standing(state, order.order, order.orderId) !== null;
    return repeated ? unchanged(active.order) : refused('deletion-pending');
  }
  if (state.orderIds.some((known) => equalBytes(known, order.orderId))) return refused('bad-request');
  const counted = order.order === 'delete' ? 'deletions' : 'startOvers';
  const used = takeOne(state[counted], ORDERS, nowMs);
  if ('nextAtMs' in used) return refusedUntil('too-many-requests', used.nextAtMs);
  const { orderId, deadlineMs } = order;
  const { generation, slot } = active;
  const statementHash = statementHashOf(active.statement);
  const voided = voidReservation(state);
  const orderIds = [...state.orderIds, orderId];
  const next = { ...voided.state, active: { ...active, order }, [counted]: used, orderIds };
  const fact = { kind: 'ordered', order: order.order, orderId, generation, slot, statementHash, deadlineMs } as const;
  return changed(next, [...voided.facts, fact], order);
}

function standing({ active }: AccountState, kind: Order['order'], orderId: Uint8Array): Order | null {
  const order = active?.order;
  return order && order.order === kind && equalBytes(order.orderId, orderId) ? order : null;
}

const names = (order: DeletionRequest, active: Active): boolean =>
  order.generation === active.generation &&
  equalBytes(order.slot, active.slot) &&
  equalBytes(order.statementHash, statementHashOf(active.statement));

/** The feed counts in whole seconds: a deadline is rounded up to one. */
const wholeSecond = (ms: number): number => Math.ceil(ms / 1000) * 1000;
