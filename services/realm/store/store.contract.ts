import { describe, expect, it } from 'vitest';
import type { RealmEvent, RegisteredRecord } from '../protocol/record';
import { makeRegistration, random } from '../testing/device';
import type { RealmStore, StoredRecord } from './store';

export interface StoreUnderTest {
  store: RealmStore;
  /** Every event written, oldest first. */
  events(): Promise<RealmEvent[]>;
}

/** What every store must do, whatever it is made of. Each test asks for a store of its own and uses fresh ids. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    it('has nothing under an id never written', async () => {
      const { store } = await open();
      expect(await store.read(id())).toBeNull();
    });

    it('gives back a registered record field by field', async () => {
      const { store } = await open();
      const recordId = id();
      const record = registered({
        guessCount: 3,
        recentGuesses: [
          { tokenId: 'a"b\\c\'d', blindedInput: random(32), tokenExpiresAtMs: 1_800_000_000_123 },
          { tokenId: 'second', blindedInput: random(32), tokenExpiresAtMs: 1 },
        ],
        eraseAtMs: 1_800_000_000_456,
      });
      expect(await store.compareAndSwap(recordId, null, record, null)).toBe(true);
      expect((await store.read(recordId))?.record).toEqual(record);
    });

    it('replaces and deletes a row at the expected revision only', async () => {
      const { store } = await open();
      const recordId = id();
      await store.compareAndSwap(recordId, null, registered(), null);
      const first = await storedIn(store, recordId);
      expect(await store.compareAndSwap(recordId, null, registered(), null)).toBe(false);
      expect(await store.compareAndSwap(recordId, first, registered({ guessCount: 1 }), null)).toBe(true);
      const second = await storedIn(store, recordId);
      expect(second.revision).not.toBe(first.revision);
      expect(await store.compareAndSwap(recordId, first, registered(), null)).toBe(false);
      expect(await store.compareAndSwap(recordId, first, null, null)).toBe(false);
      expect((await store.read(recordId))?.record).toMatchObject({ guessCount: 1 });
      expect(await store.compareAndSwap(recordId, second, null, null)).toBe(true);
      expect(await store.read(recordId)).toBeNull();
      expect(await store.compareAndSwap(recordId, second, registered(), null)).toBe(false);
      expect(await store.compareAndSwap(recordId, second, null, null)).toBe(false);
      expect(await store.read(recordId)).toBeNull();
    });

    it('counts with the registration that was read, and takes another one whole', async () => {
      const { store } = await open();
      const recordId = id();
      const record = registered();
      await store.compareAndSwap(recordId, null, record, null);
      const first = await storedIn(store, recordId);
      const counted = { ...first.record, guessCount: 3, recentGuesses: [GUESS], eraseAtMs: 1_800_000_000_456 };
      expect(await store.compareAndSwap(recordId, first, counted, null)).toBe(true);
      const second = await storedIn(store, recordId);
      expect(second.record).toEqual({ ...record, guessCount: 3, recentGuesses: [GUESS], eraseAtMs: 1_800_000_000_456 });
      expect(await store.compareAndSwap(recordId, first, counted, null)).toBe(false);
      const other = registered({ guessCount: 5 });
      expect(await store.compareAndSwap(recordId, second, other, null)).toBe(true);
      expect((await store.read(recordId))?.record).toEqual(other);
    });

    it('never gives a revision of a deleted row to a new one', async () => {
      const { store } = await open();
      const recordId = id();
      await store.compareAndSwap(recordId, null, registered(), null);
      const old = await storedIn(store, recordId);
      await store.compareAndSwap(recordId, old, null, null);
      await store.compareAndSwap(recordId, null, registered(), null);
      expect(await store.compareAndSwap(recordId, old, registered({ guessCount: 2 }), null)).toBe(false);
    });

    it('keeps rows apart', async () => {
      const { store } = await open();
      const [one, other] = [id(), id()];
      await store.compareAndSwap(one, null, registered({ guessCount: 1 }), null);
      await store.compareAndSwap(other, null, registered({ guessCount: 2 }), null);
      await store.compareAndSwap(one, await storedIn(store, one), null, null);
      expect((await store.read(other))?.record).toMatchObject({ guessCount: 2 });
    });

    it('lets exactly one of many parallel swaps win', async () => {
      const { store } = await open();
      const recordId = id();
      const count = (results: boolean[]) => results.filter((won) => won).length;
      const swapAll = (expected: StoredRecord | null) =>
        Promise.all(Array.from({ length: 20 }, () => store.compareAndSwap(recordId, expected, registered(), null)));
      expect(count(await swapAll(null))).toBe(1);
      expect(count(await swapAll(await storedIn(store, recordId)))).toBe(1);
    });

    it('writes the event with the swap, and neither when the swap is lost', async () => {
      const { store, events } = await open();
      const recordId = id();
      const event: RealmEvent = {
        tenant: 'acme',
        userId: id(),
        atMs: 1_800_000_000_000,
        event: 'guess_used',
        numGuesses: 8,
        guessCount: 1,
      };
      const written = async () => (await events()).filter(({ userId }) => userId === event.userId);
      const neverStored = { record: registered(), revision: 'no such revision' };
      await store.compareAndSwap(recordId, neverStored, registered(), event);
      await store.compareAndSwap(recordId, neverStored, null, event);
      expect(await written()).toEqual([]);
      await store.compareAndSwap(recordId, null, registered(), event);
      expect(await written()).toEqual([event]);
      await store.compareAndSwap(recordId, null, registered(), event);
      expect(await written()).toEqual([event]);
    });

    it('reads the events of one tenant, oldest first, until they are acknowledged', async () => {
      const { store } = await open();
      const [tenant, other] = [id(), id()];
      const write = (of: string, atMs: number) =>
        store.compareAndSwap(id(), null, registered(), {
          tenant: of,
          userId: id(),
          atMs,
          event: 'registered',
          numGuesses: null,
          guessCount: null,
        });
      for (const atMs of [30, 10, 20]) await write(tenant, atMs);
      await write(other, 5);
      const times = async (limit: number) => (await store.readEvents(tenant, limit)).map(({ atMs }) => atMs);
      expect(await times(200)).toEqual([10, 20, 30]);
      expect(await times(2)).toEqual([10, 20]);
      const [first, second] = await store.readEvents(tenant, 2);
      expect(first).toMatchObject({ tenant, event: 'registered', numGuesses: null });
      await store.acknowledgeEvents(other, [first?.id ?? ''], 40);
      expect(await times(200)).toEqual([10, 20, 30]);
      await store.acknowledgeEvents(tenant, [first?.id ?? '', second?.id ?? '', 'no such event'], 40);
      await store.acknowledgeEvents(tenant, [], 40);
      expect(await times(200)).toEqual([30]);
      expect(await store.readEvents(other, 200)).toHaveLength(1);
    });

    it('lists what is due, oldest first, up to the limit', async () => {
      const { store } = await open();
      const ids = [id(), id(), id(), id()];
      const dueAt = [30, 10, null, 20];
      for (const [index, recordId] of ids.entries()) {
        await store.compareAndSwap(recordId, null, registered({ eraseAtMs: dueAt[index] ?? null }), null);
      }
      expect(await store.listDue(9, 10)).toEqual([]);
      expect(await store.listDue(20, 10)).toEqual([ids[1], ids[3]]);
      expect(await store.listDue(30, 2)).toEqual([ids[1], ids[3]]);
      const [, due = ''] = ids;
      await store.compareAndSwap(due, await storedIn(store, due), { state: 'no-guesses' }, null);
      expect(await store.listDue(30, 10)).toEqual([ids[3], ids[0]]);
    });

    it('keeps an erased row as nothing but its state', async () => {
      const { store } = await open();
      const recordId = id();
      await store.compareAndSwap(recordId, null, registered(), null);
      await store.compareAndSwap(recordId, await storedIn(store, recordId), { state: 'no-guesses' }, null);
      expect((await store.read(recordId))?.record).toEqual({ state: 'no-guesses' });
    });

    it('keeps its own copy of what it is given', async () => {
      const { store } = await open();
      const recordId = id();
      const record = registered();
      const before = structuredClone(record);
      await store.compareAndSwap(recordId, null, record, null);
      record.registration.unlockKeyTag.fill(0);
      expect((await store.read(recordId))?.record).toEqual(before);
    });
  });
}

const GUESS = { tokenId: 'token', blindedInput: random(32), tokenExpiresAtMs: 1_800_000_000_123 };

const id = (): string => crypto.randomUUID();

function registered(parts: Partial<RegisteredRecord> = {}): RegisteredRecord {
  return {
    state: 'registered',
    registration: makeRegistration(8),
    guessCount: 0,
    recentGuesses: [],
    eraseAtMs: null,
    ...parts,
  };
}

async function storedIn(store: RealmStore, recordId: string): Promise<StoredRecord> {
  const stored = await store.read(recordId);
  if (stored === null) throw new Error('no row');
  return stored;
}
