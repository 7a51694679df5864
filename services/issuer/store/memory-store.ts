import { fromHex, toHex } from '@/lib/bytes';
import { dueAtMs } from '../account/account';
import type { AccountStore, StoredAccount } from './store';

/** A store that lives as long as the process. For tests and for an issuer within one process. */
export function createMemoryStore(): AccountStore {
  const rows = new Map<string, StoredAccount>();
  return {
    read: async (accountId) => structuredClone(rows.get(toHex(accountId)) ?? null),
    compareAndSwap: async (accountId, expected, account) => {
      const id = toHex(accountId);
      if ((rows.get(id)?.version ?? null) !== expected) return false;
      rows.set(id, { account: structuredClone(account), version: (expected ?? 0) + 1 });
      return true;
    },
    listDue: async (nowMs, limit) =>
      [...rows]
        .map(([id, { account }]) => ({ id, atMs: dueAtMs(account) }))
        .filter((row): row is { id: string; atMs: number } => row.atMs !== null && row.atMs <= nowMs)
        .sort((a, b) => a.atMs - b.atMs)
        .slice(0, limit)
        .map(({ id }) => fromHex(id)),
  };
}
