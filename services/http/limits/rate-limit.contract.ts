import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bucket, bucketName, type RateLimitStore, retryAfterS } from '@/services/http/limits/rate-limit';

export interface OpenedRateLimitStore {
  store: RateLimitStore;
  close(): Promise<void>;
}

const NOW_MS = 1_800_000_000_000;
const BUCKET: Bucket = { capacity: 5, refillMs: 1_000 };

/** What every store of buckets must do. Names are new in each test, so that one store serves all. */
export function rateLimitContract(name: string, openStore: () => Promise<OpenedRateLimitStore>): void {
  describe(`token buckets on ${name}`, () => {
    let opened: OpenedRateLimitStore;
    beforeAll(async () => {
      opened = await openStore();
    });
    afterAll(() => opened.close());

    const newBucket = () => {
      const token = { name: bucketName('test', crypto.randomUUID()), bucket: BUCKET };
      const take = async (nowMs: number) => (await opened.store.take([token], nowMs)) === null;
      const takeMany = async (times: number, nowMs: number) => {
        const taken: boolean[] = [];
        for (let each = 0; each < times; each += 1) taken.push(await take(nowMs));
        return taken.filter(Boolean).length;
      };
      return { token, take, takeMany };
    };

    it('gives what it holds, and then nothing', async () => {
      expect(await newBucket().takeMany(8, NOW_MS)).toBe(5);
    });

    it('gives one more with each interval, refused requests notwithstanding', async () => {
      const bucket = newBucket();
      await bucket.takeMany(50, NOW_MS);
      expect(await bucket.takeMany(50, NOW_MS + 999)).toBe(0);
      expect(await bucket.takeMany(50, NOW_MS + 1_000)).toBe(1);
      expect(await bucket.takeMany(50, NOW_MS + 3_500)).toBe(2);
    });

    it('has a token for certain after the time that a refusal names', async () => {
      const bucket = newBucket();
      await bucket.takeMany(5, NOW_MS);
      expect(await bucket.take(NOW_MS + 1)).toBe(false);
      expect(await bucket.take(NOW_MS + 1 + Number(retryAfterS(BUCKET)) * 1000)).toBe(true);
    });

    it('never holds more than its capacity, however long it rests', async () => {
      const bucket = newBucket();
      await bucket.take(NOW_MS);
      expect(await bucket.takeMany(50, NOW_MS + 3_600_000)).toBe(5);
    });

    it('lets nobody wait for a clock that was set back, nor gives more than a full bucket then', async () => {
      const bucket = newBucket();
      await bucket.takeMany(5, NOW_MS + 3_600_000);
      expect(await bucket.takeMany(50, NOW_MS)).toBe(5);
      expect(await bucket.takeMany(50, NOW_MS + 1_000)).toBe(1);
    });

    it('gives no more to many who ask at once', async () => {
      const bucket = newBucket();
      const taken = await Promise.all(Array.from({ length: 40 }, () => bucket.take(NOW_MS)));
      expect(taken.filter(Boolean)).toHaveLength(5);
    });

    it('takes of several in turn, and nothing of the first that has none and of those behind it', async () => {
      const slow = { name: bucketName('test', crypto.randomUUID()), bucket: { capacity: 2, refillMs: 60_000 } };
      const [first, last] = [newBucket(), newBucket()];
      const takeAll = (nowMs: number) => opened.store.take([first.token, slow, last.token], nowMs);
      expect([await takeAll(NOW_MS), await takeAll(NOW_MS)]).toEqual([null, null]);
      expect([await takeAll(NOW_MS), await takeAll(NOW_MS)]).toEqual([slow, slow]);
      expect([await first.takeMany(9, NOW_MS), await last.takeMany(9, NOW_MS)]).toEqual([1, 3]);
      expect(await takeAll(NOW_MS)).toEqual(first.token);
      expect(await takeAll(NOW_MS + 60_000)).toBeNull();
      expect(await takeAll(NOW_MS + 60_000)).toEqual(slow);
      expect([await first.takeMany(9, NOW_MS + 60_000), await last.takeMany(9, NOW_MS + 60_000)]).toEqual([3, 4]);
    });

    it('gives no more to many who ask for several at once', async () => {
      const [one, other] = [newBucket(), newBucket()];
      const taken = await Promise.all(
        Array.from({ length: 40 }, () => opened.store.take([one.token, other.token], NOW_MS)),
      );
      expect(taken.filter((refused) => refused === null)).toHaveLength(5);
      expect(await other.takeMany(9, NOW_MS)).toBe(0);
    });

    it('keeps names apart, and forgets full buckets alone', async () => {
      const [empty, full] = [newBucket(), newBucket()];
      await empty.takeMany(5, NOW_MS);
      await full.take(NOW_MS - 60_000);
      await opened.store.removeFull(NOW_MS);
      expect([await empty.take(NOW_MS), await full.takeMany(9, NOW_MS)]).toEqual([false, 5]);
    });
  });
}
