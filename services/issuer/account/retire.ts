/** Retiring a slot (keyless protocol, R5): one way, and the only way to a deletion in the realms. */
import { equalBytes } from '@/lib/bytes';
import { REGISTER_TOKENS_USABLE_MS } from '../realms/realm-tokens';
import { type Account, findSlot, hasEnded, type Slot } from './account';

/**
 * Retires every slot that `ends` names. From here on grants, witnesses and recover tokens are refused.
 * Deletion waits for the last register token, and for one that a copy of this state which was lost may have given.
 */
export function retireSlots(account: Account, ends: (slot: Slot) => boolean, nowMs: number): Account {
  const ending = account.slots.filter((slot) => slot.state !== 'retired' && ends(slot));
  if (ending.length === 0) return account;
  const slots = account.slots.map((slot): Slot => {
    if (!ending.includes(slot)) return slot;
    const deleteAtMs = Math.max(slot.registerTokensEndMs, nowMs + REGISTER_TOKENS_USABLE_MS);
    const { to, realmSetId, registerTokensEndMs } = slot;
    const common = { slot: slot.slot, to, realmSetId, registerTokensEndMs };
    return { ...common, state: 'retired', deleteAtMs, rounds: 0, confirmed: [] };
  });
  return { ...account, slots };
}

/**
 * How long a slot that is gone everywhere stays refused. Only a vault that lies names it again. Once no token for it is
 * alive, a `delete` token above all, it would be a slot like any new one, with nothing in it; tokens live for minutes.
 */
export const ENDED_KEPT_MS = 48 * 3_600_000;

/** Notes that a slot of which nothing is known is not to be granted. One that is known is retired instead. */
export function endUnknown(account: Account, slot: Uint8Array, nowMs: number): Account {
  return findSlot(account, slot) || hasEnded(account, slot) ? account : noteEnded(account, slot, nowMs);
}

/** Forgets a retired slot whose row is gone everywhere; that it has ended stays known for a while. */
export function forgetSlot(account: Account, slot: Uint8Array, nowMs: number): Account {
  const slots = account.slots.filter((known) => !equalBytes(known.slot, slot));
  return noteEnded({ ...account, slots }, slot, nowMs);
}

function noteEnded(account: Account, slot: Uint8Array, nowMs: number): Account {
  const young = account.ended.filter(({ atMs }) => atMs + ENDED_KEPT_MS > nowMs);
  return { ...account, ended: [...young, { slot, atMs: nowMs }] };
}
