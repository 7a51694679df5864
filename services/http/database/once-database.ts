import { type Kysely, sql } from 'kysely';
import type { OnceStore } from '@/services/http/sessions/dpop';

/** Table of a server that takes values once; its own schema extends it. */
export interface OnceTables {
  session_once: { key: string; expires_at_ms: number };
}

/** Creates the table, within a migration. */
export async function createOnceTable(db: Kysely<never>): Promise<void> {
  await sql`CREATE TABLE session_once (key text PRIMARY KEY, expires_at_ms int8 NOT NULL)`.execute(db);
  await sql`CREATE INDEX session_once_expiry ON session_once (expires_at_ms)`.execute(db);
}

/** Takes a value once, by one statement. */
export function databaseOnceStore(db: Kysely<OnceTables>): OnceStore & { removeExpired(nowMs: number): Promise<void> } {
  return {
    async insertOnce(key, expiresAtMs) {
      const inserted = await db
        .insertInto('session_once')
        .values({ key, expires_at_ms: expiresAtMs })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .execute();
      return inserted.length === 1;
    },
    async removeExpired(nowMs) {
      await db.deleteFrom('session_once').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
