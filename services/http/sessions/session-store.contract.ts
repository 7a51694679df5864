import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDevice, SessionStore } from '@/services/http/sessions/session-store';

export interface OpenedStore {
  store: SessionStore;
  close(): Promise<void>;
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const ORDER = { signature: random(64), nowMs: 1_700_000_000_500 };

/** What every session store must do. Accounts are new in each test, so that one store serves all. */
export function sessionStoreContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`session store on ${name}`, () => {
    let opened: OpenedStore;
    let store: SessionStore;
    beforeAll(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterAll(() => opened.close());

    const device = (replaced: Partial<OpenDevice> = {}): OpenDevice => ({
      accountId: random(32),
      jkt: `key-${crypto.randomUUID()}`,
      deviceName: 'Mira’s laptop 🦊',
      statusHash: random(32),
      statusExpiresAtMs: 9_000_000_000_000,
      nowMs: 1_700_000_000_001,
      ...replaced,
    });

    it('takes a value once, also when many ask at the same time', async () => {
      const key = crypto.randomUUID();
      const taken = await Promise.all(Array.from({ length: 20 }, () => store.insertOnce(key, 9_000_000_000_000)));
      expect(taken.filter((isFirst) => isFirst)).toHaveLength(1);
      expect(await store.insertOnce(key, 9_000_000_000_000)).toBe(false);
    });

    it('tells a new device from a known one and gives it back by key and by status', async () => {
      const first = device();
      expect(await store.openDevice(first)).toBe('new');
      const { statusHash, nowMs, ...rest } = first;
      const expected = { ...rest, createdAtMs: nowMs, lastSeenAtMs: nowMs, accessEndedAtMs: 0, signedOutBy: null };
      expect(await store.deviceByKey(first.accountId, first.jkt)).toEqual(expected);
      expect(await store.deviceByStatus(statusHash)).toEqual(expected);
      expect(
        await store.openDevice({ ...first, statusHash: random(32), deviceName: 'Renamed', nowMs: nowMs + 5 }),
      ).toBe('known');
      const renewed = { ...expected, deviceName: 'Renamed', lastSeenAtMs: nowMs + 5 };
      expect(await store.deviceByKey(first.accountId, first.jkt)).toEqual(renewed);
    });

    it('keeps the status token before the newest, and no older one', async () => {
      const first = device();
      const [second, third] = [random(32), random(32)];
      for (const statusHash of [first.statusHash, second, third]) await store.openDevice({ ...first, statusHash });
      expect(await store.deviceByStatus(first.statusHash)).toBeUndefined();
      expect((await store.deviceByStatus(second))?.jkt).toBe(first.jkt);
      expect((await store.deviceByStatus(third))?.jkt).toBe(first.jkt);
    });

    it('keeps one key apart in two accounts', async () => {
      const here = device();
      const there = device({ jkt: here.jkt });
      await store.openDevice(here);
      expect(await store.openDevice(there)).toBe('new');
      expect(await store.signOut(there.accountId, here.jkt, ORDER)).toBe(true);
      expect(await store.deviceByKey(here.accountId, here.jkt)).toMatchObject({ signedOutBy: null });
      expect(await store.deviceByKey(there.accountId, here.jkt)).toMatchObject({ signedOutBy: ORDER.signature });
    });

    it('lists the devices of one account that have a session, seen last first, and no more than asked for', async () => {
      const late = device({ nowMs: 20 });
      const { accountId } = late;
      const early = device({ accountId, nowMs: 10 });
      const out = device({ accountId, nowMs: 30 });
      for (const each of [early, late, out, device()]) await store.openDevice(each);
      await store.signOut(accountId, out.jkt, ORDER);
      const listed = async (limit: number) => (await store.listDevices(accountId, limit)).map(({ jkt }) => jkt);
      expect(await listed(10)).toEqual([late.jkt, early.jkt]);
      expect(await listed(1)).toEqual([late.jkt]);
    });

    it('moves the end of a status token', async () => {
      const { accountId, jkt, ...rest } = device({ statusExpiresAtMs: 50 });
      await store.openDevice({ accountId, jkt, ...rest });
      await store.extendStatus(accountId, jkt, { nowMs: 40, statusExpiresAtMs: 90 });
      expect(await store.deviceByKey(accountId, jkt)).toMatchObject({ lastSeenAtMs: 40, statusExpiresAtMs: 90 });
    });

    it('signs one device out, with both its status tokens, and remembers who said so', async () => {
      const first = device();
      const renewed = { ...first, statusHash: random(32) };
      const other = device({ accountId: first.accountId });
      for (const each of [first, renewed, other]) await store.openDevice(each);
      expect(await store.signOut(first.accountId, first.jkt, ORDER)).toBe(true);
      const later = { signature: random(64), nowMs: ORDER.nowMs + 1 };
      expect(await store.signOut(first.accountId, first.jkt, later)).toBe(false);
      expect(await store.signOut(first.accountId, 'nobody', ORDER)).toBe(false);
      const ended = { signedOutBy: ORDER.signature, accessEndedAtMs: ORDER.nowMs };
      for (const { statusHash } of [first, renewed])
        expect(await store.deviceByStatus(statusHash)).toMatchObject(ended);
      expect(await store.deviceByStatus(other.statusHash)).toMatchObject({ signedOutBy: null });
    });

    it('takes a device that was signed out for a new one, and nothing that it had before', async () => {
      const first = device();
      const again = { ...first, statusHash: random(32), nowMs: ORDER.nowMs + 1 };
      await store.openDevice(first);
      await store.signOut(first.accountId, first.jkt, ORDER);
      expect(await store.openDevice(again)).toBe('new');
      expect(await store.deviceByStatus(first.statusHash)).toBeUndefined();
      expect(await store.deviceByStatus(again.statusHash)).toMatchObject({
        signedOutBy: null,
        createdAtMs: again.nowMs,
        accessEndedAtMs: ORDER.nowMs,
      });
    });

    it('ends the access of all devices of one account, for good', async () => {
      const first = device();
      const foreign = device();
      for (const each of [first, foreign]) await store.openDevice(each);
      const order = { key: crypto.randomUUID(), expiresAtMs: 9_000_000_000_000 };
      expect(await store.endAccess(first.accountId, 77, order)).toBe(true);
      await store.openDevice({ ...first, statusHash: random(32) });
      expect((await store.deviceByKey(first.accountId, first.jkt))?.accessEndedAtMs).toBe(77);
      expect((await store.deviceByKey(foreign.accountId, foreign.jkt))?.accessEndedAtMs).toBe(0);
    });

    it('ends access once for each order, also when many bring it at the same time', async () => {
      const first = device();
      await store.openDevice(first);
      const order = { key: crypto.randomUUID(), expiresAtMs: 9_000_000_000_000 };
      const all = Array.from({ length: 10 }, (_, index) => store.endAccess(first.accountId, 100 + index, order));
      expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1);
      const endedAtMs = (await store.deviceByKey(first.accountId, first.jkt))?.accessEndedAtMs;
      expect(await store.endAccess(first.accountId, 500, order)).toBe(false);
      expect((await store.deviceByKey(first.accountId, first.jkt))?.accessEndedAtMs).toBe(endedAtMs);
      expect(await store.endAccess(first.accountId, 600, { ...order, key: crypto.randomUUID() })).toBe(true);
      expect((await store.deviceByKey(first.accountId, first.jkt))?.accessEndedAtMs).toBe(600);
    });

    it('forgets what has expired, and nothing else', async () => {
      const [expired, lasting] = [device({ statusExpiresAtMs: 100 }), device({ statusExpiresAtMs: 101 })];
      for (const each of [expired, lasting]) await store.openDevice(each);
      const [old, young] = [crypto.randomUUID(), crypto.randomUUID()];
      await store.insertOnce(old, 100);
      await store.insertOnce(young, 101);
      await store.removeExpired(100);
      expect(await store.deviceByKey(expired.accountId, expired.jkt)).toBeUndefined();
      expect(await store.deviceByKey(lasting.accountId, lasting.jkt)).toBeDefined();
      expect([await store.insertOnce(old, 200), await store.insertOnce(young, 200)]).toEqual([true, false]);
    });
  });
}
