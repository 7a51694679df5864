import { type Kysely, sql } from 'kysely';
import { retryTransaction } from '@/services/http/database/retry';
import type { RateLimitStore } from '@/services/http/limits/rate-limit';

/** Table of a server that limits requests; its own schema extends it. */
export interface RateLimitTables {
  rate_limit: { name: string; full_at_ms: number };
}

/** Migration that creates the table; a service lists it among its own. */
export async function createRateLimitTable(db: Kysely<never>): Promise<void> {
  // Without an index on the time: every request writes it, and a row lives for minutes.
  await sql`CREATE TABLE rate_limit (name text PRIMARY KEY, full_at_ms int8 NOT NULL)`.execute(db);
}

/** Buckets in a SQL database, shared by all processes of a server. A token is taken by one statement. */
export function databaseRateLimitStore(db: Kysely<RateLimitTables>): RateLimitStore {
  return {
    take: (name, { capacity, refillMs }, nowMs) => {
      const latestMs = nowMs + capacity * refillMs;
      const startMs = sql<number>`greatest(rate_limit.full_at_ms, ${nowMs})`;
      const next = sql<number>`${startMs} + ${refillMs}`;
      return retryTransaction(async () => {
        const taken = await db
          .insertInto('rate_limit')
          .values({ name, full_at_ms: nowMs + refillMs })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet({ full_at_ms: next })
              .where(startMs, '<=', latestMs - refillMs),
          )
          .returning('name')
          .execute();
        return taken.length === 1;
      });
    },
    removeFull: (nowMs) =>
      retryTransaction(async () => {
        await db.deleteFrom('rate_limit').where('full_at_ms', '<=', nowMs).execute();
      }),
  };
}
