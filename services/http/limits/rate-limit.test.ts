import type { KyselyPlugin } from 'kysely';
import { expect, it } from 'vitest';
import { migrate, openDatabase } from '@/services/http/database/database';
import { bucketOf, memoryRateLimitStore, retryAfterS } from '@/services/http/limits/rate-limit';
import { rateLimitContract } from '@/services/http/limits/rate-limit.contract';
import {
  createRateLimitTable,
  databaseRateLimitStore,
  type RateLimitTables,
} from '@/services/http/limits/rate-limit-database';
import { createTestDatabase } from '@/services/http/testing/postgres';

async function openStore(databaseUrl?: string) {
  const { db, close } = await openDatabase<RateLimitTables>({ databaseUrl, maxConnections: 20 });
  await migrate(db, { '0001-rate-limit': createRateLimitTable });
  return { store: databaseRateLimitStore(db), close };
}

rateLimitContract('memory', async () => ({ store: memoryRateLimitStore(), close: async () => undefined }));
rateLimitContract('PGlite', () => openStore());
rateLimitContract('PostgreSQL', async () => openStore(await createTestDatabase()));

it('gives no token back that was refilled meanwhile, however late that is', async () => {
  const { db, close } = await openDatabase<RateLimitTables>({});
  await migrate(db, { '0001-rate-limit': createRateLimitTable });
  const store = databaseRateLimitStore(db);
  const [empty, late] = ['empty', 'late'].map((name) => ({ name, bucket: { capacity: 1, refillMs: 1_000 } }));
  if (!empty || !late) throw new Error('two buckets');
  let takesOfOther = 0;
  /** Between the statement that takes and the one that gives back, the bucket fills and another takes its one token. */
  const slow: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (takesOfOther === 0) {
        takesOfOther += 1;
        expect(await store.take([late], 60_000)).toBeNull();
      }
      return result;
    },
  };
  expect(await store.take([empty], 1_000)).toBeNull();
  expect(await databaseRateLimitStore(db.withPlugin(slow)).take([empty, late], 1_000)).toEqual(empty);
  expect(takesOfOther).toBe(1);
  expect(await store.take([late], 60_000)).toEqual(late);
  await close();
});

it('says of a minute what a bucket is', () => {
  expect(bucketOf(120)).toEqual({ capacity: 120, refillMs: 500 });
  expect(retryAfterS(bucketOf(120))).toBe('1');
  expect(retryAfterS(bucketOf(6))).toBe('10');
});
