/** Facts become entries of the account's chain: numbered, each naming the hash of the one before, signed. */
import type { SigningKey } from '@/lib/crypto/signature';
import { type FeedEntry, type FeedFact, feedEntryBytes, feedEntryHash } from '@/lib/keyless/wire/feed';
import { decodeActivation } from '@/lib/keyless/wire/statement';
import type { SlotFact } from './outcome';
import type { AccountState } from './state';

export interface FeedContext {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly receiptKey: SigningKey;
  readonly nowMs: number;
}

/** The state with its new head, and the entries to store with it. */
export function chainFacts(
  state: AccountState,
  facts: readonly FeedFact[],
  { vaultId, accountId, receiptKey, nowMs }: FeedContext,
): { state: AccountState; entries: FeedEntry[] } {
  // What is signed counts in whole seconds; what is told should be what is signed.
  const atMs = Math.floor(nowMs / 1000) * 1000;
  const entries: FeedEntry[] = [];
  let head = state.feedHead;
  for (const fact of facts) {
    const unsigned = { number: (head?.number ?? 0) + 1, atMs, previousHash: head?.hash ?? feedEntryHash(null), fact };
    const signedBytes = feedEntryBytes(vaultId, accountId, unsigned);
    entries.push({ ...unsigned, signature: receiptKey.sign(signedBytes) });
    head = { number: unsigned.number, hash: feedEntryHash(signedBytes) };
  }
  return { state: { ...state, feedHead: head }, entries };
}

/** The fact, if it decides about a slot; null if it is about an order or an erasure. */
export const asSlotFact = (fact: FeedFact): SlotFact | null =>
  fact.kind === 'reserved' || fact.kind === 'void' || fact.kind === 'activated' ? fact : null;

export const slotOf = (fact: SlotFact): Uint8Array =>
  fact.kind === 'activated' ? decodeActivation(fact.statement).slot : fact.slot;
