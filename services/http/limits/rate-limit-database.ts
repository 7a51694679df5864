import { type Kysely, sql } from 'kysely';
import { retryTransaction } from '@/services/http/database/retry';
import { latestFullAtMs, type RateLimitStore, type Take } from '@/services/http/limits/rate-limit';

/** Table of a server that limits requests; its own schema extends it. */
export interface RateLimitTables {
  rate_limit: { name: string; full_at_ms: number };
}

/** Migration that creates the table; a service lists it among its own. */
export async function createRateLimitTable(db: Kysely<never>): Promise<void> {
  // Without an index on the time: every request writes it, and a row lives for minutes.
  await sql`CREATE TABLE rate_limit (name text PRIMARY KEY, full_at_ms int8 NOT NULL)`.execute(db);
}

/** Buckets in a SQL database, shared by all processes of a server. However many tokens are taken, it is one statement. */
export function databaseRateLimitStore(db: Kysely<RateLimitTables>): RateLimitStore {
  return {
    take: async (takes, nowMs) => {
      const taken = await retryTransaction(() => takeEach(db, takes, nowMs));
      const refused = takes.findIndex(({ name }) => !taken.has(name));
      if (refused === -1) return null;
      for (const take of takes.slice(refused + 1)) await giveBack(db, take, taken.get(take.name));
      return takes[refused] ?? null;
    },
    removeFull: (nowMs) =>
      retryTransaction(async () => {
        await db.deleteFrom('rate_limit').where('full_at_ms', '<=', nowMs).execute();
      }),
  };
}

/**
 * Takes of every bucket what it has, whatever the others have.
 * @returns by name when those that had a token are full again, in ms since the epoch
 */
async function takeEach(
  db: Kysely<RateLimitTables>,
  takes: readonly Take[],
  nowMs: number,
): Promise<Map<string, number>> {
  const latestMs = latestFullAtMs(takes, nowMs);
  const startMs = sql<number>`CASE WHEN rate_limit.full_at_ms > ${latestMs} THEN ${nowMs} ELSE greatest(rate_limit.full_at_ms, ${nowMs}) END`;
  const taken = await db
    .insertInto('rate_limit')
    .values(takes.map(({ name, bucket }) => ({ name, full_at_ms: nowMs + bucket.refillMs })))
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ full_at_ms: sql<number>`${startMs} + ${sql.ref('excluded.full_at_ms')} - ${nowMs}` })
        .where(({ and, eb, or }) =>
          or(
            takes.map(({ name, bucket: { capacity, refillMs } }) =>
              and([eb('rate_limit.name', '=', name), eb(startMs, '<=', nowMs + (capacity - 1) * refillMs)]),
            ),
          ),
        ),
    )
    .returning(['name', 'full_at_ms'])
    .execute();
  return new Map(taken.map(({ name, full_at_ms }) => [name, full_at_ms]));
}

/** Only where nobody has taken since: the bucket may have filled by then, and the token would be one too many. */
async function giveBack(db: Kysely<RateLimitTables>, { name, bucket }: Take, fullAtMs?: number): Promise<void> {
  if (fullAtMs === undefined) return;
  await retryTransaction(() =>
    db
      .updateTable('rate_limit')
      .set({ full_at_ms: fullAtMs - bucket.refillMs })
      .where('name', '=', name)
      .where('full_at_ms', '=', fullAtMs)
      .execute(),
  );
}
