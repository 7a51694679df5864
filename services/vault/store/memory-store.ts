import { equalBytes, fromHex, toHex } from '@/lib/bytes';
import type { FeedEntry } from '@/lib/keyless/wire/feed';
import { dueAtMs } from '../account/expire';
import { asSlotFact, slotOf } from '../account/feed';
import { keyVersionsOf } from '../account/state';
import type { StoredAccount, VaultStore } from './store';

/** A store that lives as long as the process. For tests and for parties within one process. */
export function createMemoryStore(): VaultStore {
  const accounts = new Map<string, StoredAccount>();
  const feeds = new Map<string, FeedEntry[]>();
  const feedOf = (accountId: Uint8Array) => feeds.get(toHex(accountId)) ?? [];
  return {
    read: async (accountId) => structuredClone(accounts.get(toHex(accountId)) ?? null),
    compareAndSwap: async (accountId, expected, state, entries) => {
      const name = toHex(accountId);
      if ((accounts.get(name)?.version ?? null) !== expected) return false;
      accounts.set(name, structuredClone({ state, version: (expected ?? 0) + 1 }));
      feeds.set(name, [...feedOf(accountId), ...structuredClone(entries)]);
      return true;
    },
    feed: async (accountId, after, limit) => structuredClone(feedOf(accountId).slice(after, after + limit)),
    latestSlotFact: async (accountId, slot) => {
      const facts = feedOf(accountId).flatMap(({ fact }) => asSlotFact(fact) ?? []);
      return structuredClone(facts.findLast((fact) => equalBytes(slotOf(fact), slot)) ?? null);
    },
    listAccounts: async (after, limit) =>
      [...accounts.keys()]
        .sort()
        .filter((name) => after === null || name > toHex(after))
        .slice(0, limit)
        .map(fromHex),
    countUnderKey: async (version) =>
      [...accounts.values()].filter(({ state }) => keyVersionsOf(state).includes(version)).length,
    listDue: async (nowMs, limit) => {
      const due: { accountId: Uint8Array; atMs: number }[] = [];
      for (const [name, { state }] of accounts) {
        const atMs = dueAtMs(state);
        if (atMs !== null && atMs <= nowMs) due.push({ accountId: fromHex(name), atMs });
      }
      return due
        .sort((a, b) => a.atMs - b.atMs)
        .slice(0, limit)
        .map(({ accountId }) => accountId);
    },
  };
}
