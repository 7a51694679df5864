import type { Account } from '../account/account';

export interface StoredAccount {
  readonly account: Account;
  /** Grows by one with every write. */
  readonly version: number;
}

/** Where accounts live. Reads are linearizable: they see every write that was answered before. */
export interface AccountStore {
  /** @param accountId 32 bytes */
  read(accountId: Uint8Array): Promise<StoredAccount | null>;
  /**
   * Writes the account if it is still at `expected` (null: there is none).
   * @returns true once the write is durable; false, with nothing written, if somebody else was faster.
   */
  compareAndSwap(accountId: Uint8Array, expected: number | null, account: Account): Promise<boolean>;
  /** Ids of at most `limit` accounts whose `dueAtMs` has come, the longest due first. */
  listDue(nowMs: number, limit: number): Promise<Uint8Array[]>;
}
