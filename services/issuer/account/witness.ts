import type { WitnessResponse } from '@/lib/keyless/wire/issuer';
import type { Account, Slot, WitnessedSlot } from './account';
import { nextTryAtMs } from './schedule';

const isIn =
  <State extends Slot['state']>(state: State) =>
  (slot: Slot): slot is Extract<Slot, { state: State }> =>
    slot.state === state;

const row = ({ slot, to, realmSetId, recordHash }: WitnessedSlot) => ({ slot, to, realmSetId, recordHash });

/** What the issuer testifies about an account (keyless protocol, section 5, Recover 2). */
export function witnessOf(account: Account): WitnessResponse {
  const current = account.slots.find(isIn('current'));
  const { sinceSuccess, lastAtMs } = account.tries;
  return {
    lastNumber: account.lastNumber,
    current: current ? row(current) : null,
    kept: account.slots.filter(isIn('kept')).map(row),
    tries: { sinceSuccess, lastAtMs, nextAtMs: nextTryAtMs(account.tries) },
    events: account.events,
  };
}
