import type { FeedEntry } from '@/lib/keyless/wire/feed';
import type { SlotFact } from '../account/outcome';
import type { AccountState } from '../account/state';

export interface StoredAccount {
  readonly state: AccountState;
  /** Counts the writes, from 1. */
  readonly version: number;
}

/** Where accounts and their feeds live. Reads are linearizable: they see every write that was answered before. */
export interface VaultStore {
  read(accountId: Uint8Array): Promise<StoredAccount | null>;
  /**
   * Replaces the document and appends `entries` to the feed in one transaction, if the document is still at `expected`
   * (null: there is none). What the old document held is overwritten.
   * @returns true once that is durable; false, with nothing written, if somebody else was faster.
   */
  compareAndSwap(
    accountId: Uint8Array,
    expected: number | null,
    state: AccountState,
    entries: readonly FeedEntry[],
  ): Promise<boolean>;
  /** At most `limit` entries behind number `after`, in order. */
  feed(accountId: Uint8Array, after: number, limit: number): Promise<FeedEntry[]>;
  /** What the feed says last of a slot: reserved, void or activated. Null if it was never reserved. */
  latestSlotFact(accountId: Uint8Array, slot: Uint8Array): Promise<SlotFact | null>;
  /** Ids of at most `limit` accounts behind `after` (null: from the first), in the order of their bytes. */
  listAccounts(after: Uint8Array | null, limit: number): Promise<Uint8Array[]>;
  /** How many accounts hold a share under this version of the key service's key. Reads everything: for operators. */
  countUnderKey(version: string): Promise<number>;
  /** Ids of at most `limit` accounts for which something is due, the longest due first. */
  listDue(nowMs: number, limit: number): Promise<Uint8Array[]>;
}
