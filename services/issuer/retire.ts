/** Retiring a slot (keyless protocol, R5): one way, and the only way to a deletion in the realms. */
import { equalBytes } from '@/lib/bytes';
import { type Account, hasEnded, type Slot } from './account';
import { REGISTER_TOKENS_USABLE_MS } from './realm-tokens';

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
  return ending.reduce((changed, { slot }) => endSlot(changed, slot), { ...account, slots });
}

/** Remembers for ever that a slot, known or not, is not to be granted. */
export function endSlot(account: Account, slot: Uint8Array): Account {
  return hasEnded(account, slot) ? account : { ...account, endedSlots: [...account.endedSlots, slot] };
}

/** Forgets a retired slot whose row is gone everywhere; that it has ended stays known. */
export function forgetSlot(account: Account, slot: Uint8Array): Account {
  return { ...account, slots: account.slots.filter((known) => !equalBytes(known.slot, slot)) };
}
