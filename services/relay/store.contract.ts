import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handoff, Notice, RelayStore } from './store';

export interface OpenedRelayStore {
  store: RelayStore;
  close(): Promise<void>;
}

const NOW_MS = 1_800_000_000_000;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** What every store of a relay must do. Names are new in each test, so that one store serves all. */
export function describeStore(name: string, open: () => Promise<OpenedRelayStore>): void {
  describe(`a relay's store on ${name}`, () => {
    let opened: OpenedRelayStore;
    let store: RelayStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    const handoff = (replaced: Partial<Handoff> = {}): Handoff => ({
      handleHash: random(32),
      provider: 'apple',
      challenge: random(32),
      thumbprint: random(32),
      nonce: random(32),
      sealedCode: random(50),
      expiresAtMs: NOW_MS + 1000,
      ...replaced,
    });
    const notice = (replaced: Partial<Notice> = {}): Notice => ({
      id: crypto.randomUUID(),
      target: 'https://vault.example.test',
      notice: 'a.b.c',
      attempts: 0,
      dueAtMs: NOW_MS,
      expiresAtMs: NOW_MS + 10_000,
      ...replaced,
    });
    const idsAt = async (nowMs: number, among: readonly Notice[]) => {
      const due = await store.listDueNotices(nowMs, 1000);
      return due.flatMap(({ id }) => (among.some((one) => one.id === id) ? [id] : []));
    };

    it('takes a value once, also when many ask at the same time', async () => {
      const key = crypto.randomUUID();
      const taken = await Promise.all(Array.from({ length: 20 }, () => store.insertOnce(key, NOW_MS + 1000)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('gives a handoff as it was put, to exactly one of many who show the same', async () => {
      const put = handoff();
      await store.putHandoff(put);
      const taken = await Promise.all(Array.from({ length: 20 }, () => store.takeHandoff(put, NOW_MS)));
      expect(taken.filter((one) => one !== null)).toEqual([put]);
    });

    it.each(['handleHash', 'challenge', 'thumbprint'] as const)(
      'gives nothing for another %s, and it stays',
      async (part) => {
        const put = handoff();
        await store.putHandoff(put);
        expect(await store.takeHandoff({ ...put, [part]: random(32) }, NOW_MS)).toBeNull();
        expect(await store.takeHandoff(put, NOW_MS)).toEqual(put);
      },
    );

    it('gives nothing for the parts of two handoffs', async () => {
      const [one, two] = [handoff(), handoff()];
      for (const each of [one, two]) await store.putHandoff(each);
      expect(await store.takeHandoff({ ...one, handleHash: two.handleHash }, NOW_MS)).toBeNull();
      expect(await store.takeHandoff(two, NOW_MS)).toEqual(two);
    });

    it('gives nothing once the time is over, swept or not', async () => {
      const put = handoff();
      await store.putHandoff(put);
      expect(await store.takeHandoff(put, put.expiresAtMs)).toBeNull();
      await store.removeExpired(put.expiresAtMs);
      expect(await store.takeHandoff(put, NOW_MS)).toBeNull();
    });

    it('lists notices that are due, the longest due first, and none that has expired', async () => {
      const [later, first, second, over] = [
        notice({ dueAtMs: NOW_MS + 500 }),
        notice({ dueAtMs: NOW_MS - 20 }),
        notice({ dueAtMs: NOW_MS - 10 }),
        notice({ expiresAtMs: NOW_MS }),
      ];
      const all = [later, second, over, first];
      for (const each of all) await store.addNotice(each);
      expect(await idsAt(NOW_MS, all)).toEqual([first.id, second.id]);
      expect(await idsAt(NOW_MS + 500, all)).toEqual([first.id, second.id, later.id]);
      expect((await store.listDueNotices(NOW_MS, 1000)).find(({ id }) => id === first.id)).toEqual(first);
      expect(await store.listDueNotices(NOW_MS, 1)).toHaveLength(1);
    });

    it('keeps one of a notice that comes twice, puts it off and forgets it', async () => {
      const one = notice();
      await store.addNotice(one);
      await store.postponeNotice(one.id, { attempts: 3, dueAtMs: NOW_MS + 700 });
      await store.addNotice(one);
      expect(await idsAt(NOW_MS, [one])).toEqual([]);
      const found = (await store.listDueNotices(NOW_MS + 700, 1000)).find(({ id }) => id === one.id);
      expect(found).toEqual({ ...one, attempts: 3, dueAtMs: NOW_MS + 700 });
      await store.removeNotice(one.id);
      expect(await idsAt(NOW_MS + 700, [one])).toEqual([]);
    });

    it('says how many notices expired without having been delivered', async () => {
      await store.removeExpired(NOW_MS + 20_000);
      await store.addNotice(notice());
      await store.addNotice(notice({ expiresAtMs: NOW_MS + 90_000 }));
      expect(await store.removeExpired(NOW_MS + 20_000)).toBe(1);
      expect(await store.removeExpired(NOW_MS + 100_000)).toBe(1);
    });
  });
}
