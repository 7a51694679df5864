/** What every store of the vault must do; each driver's test runs all of it. */
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { signingKeyOf } from '@/lib/crypto/signature';
import type { FeedEntry } from '@/lib/keyless/wire/feed';
import { chainFacts } from '../account/feed';
import type { SlotFact } from '../account/outcome';
import { type AccountState, EMPTY_STATE } from '../account/state';
import { createRandom, newAttempt, statementOf } from '../testing/actors';
import type { VaultStore } from './store';

const random = createRandom(99);
const receiptKey = signingKeyOf(random(32));
const vaultId = random(32);

const reservedFact = (slot: Uint8Array): SlotFact => ({
  kind: 'reserved',
  slot,
  from: 0,
  to: 1,
  realmSetId: random(16),
  jkt: random(32),
});

const chain = (accountId: Uint8Array, state: AccountState, facts: readonly SlotFact[]) =>
  chainFacts(state, facts, { vaultId, accountId, receiptKey, nowMs: 1_800_000_000_000 });

/** A document with something in every place. */
function fullState(accountId: Uint8Array): { state: AccountState; statement: Uint8Array } {
  const caller = { accountId, jkt: random(32) };
  const owner = signingKeyOf(random(32));
  const attempt = newAttempt({ caller, owner, vaultId, from: 0, random });
  const statement = statementOf(attempt, vaultId, null);
  const [wrappedDek, iv, ct, tag] = [random(60), random(12), random(33), random(16)];
  const wrappedShare = { v: 1, kid: 'local:ring', kver: '3', wrappedDek, iv, ct, tag } as const;
  const row = {
    record: attempt.row.record,
    recordHash: random(32),
    ownerPub: owner.publicKey,
    releasePub: attempt.row.releasePub,
    rowHash: random(32),
    wrappedShare,
  };
  const order = { order: 'delete', orderId: random(16), deadlineMs: 1_800_000_500_000 } as const;
  const place = { slot: attempt.reserve.slot, realmSetId: attempt.reserve.realmSetId, row };
  const signature = random(64);
  return {
    statement,
    state: {
      lastNumber: 1,
      active: { ...place, generation: 1, statement, signature, createdAtMs: 1_799_999_999_999, order },
      reservation: { ...place, slot: random(16), to: 2, jkt: caller.jkt, reservedAtMs: 1_800_000_000_001 },
      orderIds: [order.orderId],
      reservations: { sinceMs: 1_800_000_000_001, count: 2 },
      deletions: { sinceMs: 1_800_000_000_002, count: 1 },
      startOvers: { sinceMs: 1_800_000_000_003, count: 3 },
      feedHead: null,
    },
  };
}

/** @param open gives an empty store, or one whose accounts are all of earlier tests */
export function describeStore(name: string, open: () => VaultStore): void {
  describe(`${name} store`, () => {
    it('knows nothing of an unknown account', async () => {
      const store = open();
      const accountId = random(32);
      expect(await store.read(accountId)).toBeNull();
      expect(await store.feed(accountId, 0, 10)).toEqual([]);
      expect(await store.latestSlotFact(accountId, random(16))).toBeNull();
    });

    it('gives a document back as it was, byte by byte', async () => {
      const store = open();
      const accountId = random(32);
      const { state } = fullState(accountId);
      expect(await store.compareAndSwap(accountId, null, state, [])).toBe(true);
      expect(await store.read(accountId)).toEqual({ state, version: 1 });
    });

    it('writes only over the version that was read, and keeps nothing of a lost race', async () => {
      const store = open();
      const accountId = random(32);
      const first = chain(accountId, EMPTY_STATE, [reservedFact(random(16))]);
      expect(await store.compareAndSwap(accountId, 1, first.state, first.entries)).toBe(false);
      expect(await store.compareAndSwap(accountId, null, first.state, first.entries)).toBe(true);
      const slot = random(16);
      const second = chain(accountId, first.state, [reservedFact(slot)]);
      for (const expected of [null, 0, 2])
        expect(await store.compareAndSwap(accountId, expected, second.state, second.entries)).toBe(false);
      expect(await store.feed(accountId, 0, 10)).toEqual(first.entries);
      expect(await store.latestSlotFact(accountId, slot)).toBeNull();
      expect(await store.compareAndSwap(accountId, 1, second.state, second.entries)).toBe(true);
      expect(await store.read(accountId)).toEqual({ state: second.state, version: 2 });
    });

    it('lets one of many writers win', async () => {
      const store = open();
      const accountId = random(32);
      const tries = Array.from({ length: 20 }, () => chain(accountId, EMPTY_STATE, [reservedFact(random(16))]));
      const won = await Promise.all(
        tries.map(({ state, entries }) => store.compareAndSwap(accountId, null, state, entries)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.feed(accountId, 0, 100)).toEqual(tries[won.indexOf(true)]?.entries);
    });

    it('reads the feed in order, from any place, account by account', async () => {
      const store = open();
      const [accountId, other] = [random(32), random(32)];
      const facts = Array.from({ length: 5 }, () => reservedFact(random(16)));
      const mine = chain(accountId, EMPTY_STATE, facts);
      const theirs = chain(other, EMPTY_STATE, facts.slice(0, 1));
      await store.compareAndSwap(accountId, null, mine.state, mine.entries);
      await store.compareAndSwap(other, null, theirs.state, theirs.entries);
      const numbers = async (after: number, limit: number) =>
        (await store.feed(accountId, after, limit)).map(({ number }: FeedEntry) => number);
      expect(await numbers(0, 10)).toEqual([1, 2, 3, 4, 5]);
      expect(await numbers(2, 2)).toEqual([3, 4]);
      expect(await numbers(5, 2)).toEqual([]);
      expect(await store.feed(other, 0, 10)).toEqual(theirs.entries);
    });

    it('knows what became of a slot, on its account only', async () => {
      const store = open();
      const accountId = random(32);
      const { state, statement } = fullState(accountId);
      const activeSlot = state.active?.slot ?? random(16);
      const voidSlot = random(16);
      const activatedFact: SlotFact = { kind: 'activated', statement, signature: random(64) };
      const voidFact: SlotFact = { kind: 'void', slot: voidSlot };
      const facts = [reservedFact(voidSlot), voidFact, reservedFact(activeSlot), activatedFact];
      const { state: head, entries } = chain(accountId, state, facts);
      await store.compareAndSwap(accountId, null, head, entries);
      expect(await store.latestSlotFact(accountId, voidSlot)).toEqual(voidFact);
      expect(await store.latestSlotFact(accountId, activeSlot)).toEqual(activatedFact);
      expect(await store.latestSlotFact(random(32), voidSlot)).toBeNull();
    });

    it('lists accounts in the order of their ids, from any place', async () => {
      const store = open();
      const ids = [0x10, 0x80, 0xff].map((first) => Uint8Array.of(first, ...random(31)));
      for (const accountId of [...ids].reverse()) await store.compareAndSwap(accountId, null, EMPTY_STATE, []);
      const all: Uint8Array[] = [];
      for (let after: Uint8Array | null = null; ; after = all.at(-1) ?? null) {
        const page = await store.listAccounts(after, 2);
        if (page.length === 0) break;
        all.push(...page);
      }
      expect(all.map(toHex)).toEqual(all.map(toHex).sort());
      expect(all.map(toHex)).toEqual(expect.arrayContaining(ids.map(toHex)));
    });

    it('counts the accounts that hold a share under a version, each once', async () => {
      const store = open();
      const version = String(7_000_000 + Math.floor(Math.random() * 1_000_000));
      const under = (state: AccountState): AccountState => {
        const row = state.active && {
          ...state.active.row,
          wrappedShare: { ...state.active.row.wrappedShare, kver: version },
        };
        if (!state.active || !state.reservation || !row) throw new Error('no rows');
        return { ...state, active: { ...state.active, row }, reservation: { ...state.reservation, row } };
      };
      const [one, two] = [random(32), random(32)];
      expect(await store.countUnderKey(version)).toBe(0);
      await store.compareAndSwap(one, null, under(fullState(one).state), []);
      await store.compareAndSwap(two, null, fullState(two).state, []);
      expect(await store.countUnderKey(version)).toBe(1);
      expect(await store.countUnderKey(version.slice(0, -1))).toBe(0);
    });

    it('lists what is due, the oldest first, and forgets it when it is done', async () => {
      const store = open();
      const ids = [random(32), random(32), random(32)] as const;
      const reservedAt = (reservedAtMs: number): AccountState => {
        const { state } = fullState(random(32));
        return { ...state, active: null, reservation: state.reservation && { ...state.reservation, reservedAtMs } };
      };
      const dayMs = 24 * 3_600_000;
      await store.compareAndSwap(ids[0], null, reservedAt(2_000), []);
      await store.compareAndSwap(ids[1], null, reservedAt(1_000), []);
      await store.compareAndSwap(ids[2], null, reservedAt(3_000), []);
      expect(await store.listDue(dayMs + 999, 10)).toEqual([]);
      expect(await store.listDue(dayMs + 2_000, 10)).toEqual([ids[1], ids[0]]);
      expect(await store.listDue(dayMs + 3_000, 2)).toEqual([ids[1], ids[0]]);
      for (const accountId of ids) await store.compareAndSwap(accountId, 1, EMPTY_STATE, []);
      expect(await store.listDue(dayMs + 3_000, 10)).toEqual([]);
    });
  });
}
