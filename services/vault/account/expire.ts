/** What time alone does: a reservation ends after 24 hours, a deletion order is carried out at its deadline. */
import type { FeedFact } from '@/lib/keyless/wire/feed';
import { RESERVATION_LIFE_MS } from './reserve';
import type { AccountState, Order } from './state';

/** When the next thing is due, ms since the epoch; null if nothing is. */
export function dueAtMs({ active, reservation }: AccountState): number | null {
  // A start-over waits for its second confirmation, not for the clock alone.
  const orderAtMs = active?.order?.order === 'delete' ? active.order.deadlineMs : Number.POSITIVE_INFINITY;
  const reservationAtMs = reservation ? reservation.reservedAtMs + RESERVATION_LIFE_MS : Number.POSITIVE_INFINITY;
  const earliest = Math.min(orderAtMs, reservationAtMs);
  return earliest === Number.POSITIVE_INFINITY ? null : earliest;
}

export interface Change {
  readonly state: AccountState;
  readonly facts: readonly FeedFact[];
}

/** The first thing that is due; null if nothing is. Every other step runs on a state where nothing is. */
export function expire(state: AccountState, nowMs: number): Change | null {
  const dueMs = dueAtMs(state);
  if (dueMs === null || dueMs > nowMs) return null;
  const order = state.active?.order;
  if (order?.order === 'delete' && order.deadlineMs <= nowMs) return erase(state, order);
  return voidReservation(state);
}

/** Ends the open reservation, if there is one: its slot is void for ever. */
export function voidReservation(state: AccountState): Change {
  const { reservation } = state;
  if (reservation === null) return { state, facts: [] };
  return { state: { ...state, reservation: null }, facts: [{ kind: 'void', slot: reservation.slot }] };
}

/** Carries an order out: everything is gone, the pinned owner too, and the number moves on (R6). */
export function erase(state: AccountState, { orderId }: Order): Change {
  const voided = voidReservation(state);
  const number = state.lastNumber + 1;
  return {
    state: { ...voided.state, lastNumber: number, active: null },
    facts: [...voided.facts, { kind: 'erased', number, orderId }],
  };
}
