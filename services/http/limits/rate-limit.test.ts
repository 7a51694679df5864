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

it('says of a minute what a bucket is', () => {
  expect(bucketOf(120)).toEqual({ capacity: 120, refillMs: 500 });
  expect(retryAfterS(bucketOf(120))).toBe('1');
  expect(retryAfterS(bucketOf(6))).toBe('10');
});
