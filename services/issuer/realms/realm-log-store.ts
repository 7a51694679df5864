/** Where the lines of the realms' logs are kept: in memory, or in PostgreSQL, or in PGlite by the same statements. */
import { type Kysely, sql } from 'kysely';
import { retryEach } from '@/services/http/database/retry';
import type { RealmLogLine } from './realm-log';

export interface RealmLogStore {
  /** Keeps lines of one realm, each once, and when they were read. Durable when it returns. */
  keep(realmId: string, lines: readonly RealmLogLine[], readAtMs: number): Promise<void>;
  /** The newest `limit` lines about a user, newest first. */
  ofUser(userId: string, limit: number): Promise<RealmLogLine[]>;
  /** When the log of each realm was read last, ms since the epoch, by realm id. */
  readTimes(): Promise<ReadonlyMap<string, number>>;
  /** Forgets lines of `atMs` and before. */
  removeUntil(atMs: number): Promise<void>;
}

/** Tables of the log; the issuer's schema extends them. */
export interface RealmLogTables {
  realm_log: {
    user_id: string;
    realm_id: string;
    id: string;
    logged_at_ms: number;
    event: RealmLogLine['event'];
    num_guesses: number | null;
    guess_count: number | null;
  };
  realm_log_read: { realm_id: string; read_at_ms: number };
}

/** Migration that creates the tables. */
export async function createRealmLogTables(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE realm_log (
      user_id text NOT NULL,
      realm_id text NOT NULL,
      id text NOT NULL,
      logged_at_ms int8 NOT NULL,
      event text NOT NULL,
      num_guesses integer,
      guess_count integer,
      PRIMARY KEY (user_id, realm_id, id)
    )`.execute(db);
  await sql`CREATE INDEX realm_log_age ON realm_log (logged_at_ms)`.execute(db);
  await sql`
    CREATE TABLE realm_log_read (
      realm_id text PRIMARY KEY,
      read_at_ms int8 NOT NULL
    )`.execute(db);
}

export function createRealmLogStore(db: Kysely<RealmLogTables>): RealmLogStore {
  return retryEach<RealmLogStore>({
    keep: (realmId, lines, readAtMs) =>
      db.transaction().execute(async (transaction) => {
        if (lines.length > 0)
          await transaction
            .insertInto('realm_log')
            .values(
              lines.map(({ id, userId, atMs, event, numGuesses, guessCount }) => ({
                user_id: userId,
                realm_id: realmId,
                id,
                logged_at_ms: atMs,
                event,
                num_guesses: numGuesses,
                guess_count: guessCount,
              })),
            )
            .onConflict((conflict) => conflict.columns(['user_id', 'realm_id', 'id']).doNothing())
            .execute();
        await transaction
          .insertInto('realm_log_read')
          .values({ realm_id: realmId, read_at_ms: readAtMs })
          .onConflict((conflict) => conflict.column('realm_id').doUpdateSet({ read_at_ms: readAtMs }))
          .execute();
      }),
    ofUser: async (userId, limit) => {
      const rows = await db
        .selectFrom('realm_log')
        .selectAll()
        .where('user_id', '=', userId)
        .orderBy('logged_at_ms', 'desc')
        .orderBy('guess_count', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        realmId: row.realm_id,
        id: row.id,
        userId: row.user_id,
        atMs: row.logged_at_ms,
        event: row.event,
        numGuesses: row.num_guesses,
        guessCount: row.guess_count,
      }));
    },
    readTimes: async () => {
      const rows = await db.selectFrom('realm_log_read').selectAll().execute();
      return new Map(rows.map((row) => [row.realm_id, row.read_at_ms]));
    },
    removeUntil: async (atMs) => {
      await db.deleteFrom('realm_log').where('logged_at_ms', '<=', atMs).execute();
    },
  });
}

/** A store that lives as long as the process. For tests and for an issuer within one process. */
export function memoryRealmLogStore(): RealmLogStore {
  const lines = new Map<string, RealmLogLine>();
  const times = new Map<string, number>();
  return {
    keep: async (realmId, added, readAtMs) => {
      for (const line of added) {
        const name = `${line.userId} ${realmId} ${line.id}`;
        if (!lines.has(name)) lines.set(name, line);
      }
      times.set(realmId, readAtMs);
    },
    ofUser: async (userId, limit) =>
      [...lines.values()]
        .filter((line) => line.userId === userId)
        .sort((a, b) => b.atMs - a.atMs || (b.guessCount ?? 0) - (a.guessCount ?? 0) || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    readTimes: async () => new Map(times),
    removeUntil: async (atMs) => {
      for (const [name, line] of lines) if (line.atMs <= atMs) lines.delete(name);
    },
  };
}
