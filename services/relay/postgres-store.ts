/** The relay's store in PostgreSQL, or in PGlite by the same statements. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { databaseOnceStore, type OnceTables } from '@/services/http/database/once-database';
import { retryEach } from '@/services/http/database/retry';
import type { Handoff, Notice, RelayStore } from './store';

export interface RelayTables extends OnceTables {
  relay_handoff: {
    handle_hash: Uint8Array;
    provider: string;
    challenge: Uint8Array;
    thumbprint: Uint8Array;
    nonce: Uint8Array;
    sealed_code: Uint8Array;
    expires_at_ms: number;
  };
  relay_notice: {
    id: string;
    target: string;
    notice: string;
    attempts: number;
    due_at_ms: number;
    expires_at_ms: number;
  };
}

/** Migration that creates the tables. */
export async function createRelayTables(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE relay_handoff (
      handle_hash bytea PRIMARY KEY,
      provider text NOT NULL,
      challenge bytea NOT NULL,
      thumbprint bytea NOT NULL,
      nonce bytea NOT NULL,
      sealed_code bytea NOT NULL,
      expires_at_ms int8 NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX relay_handoff_expiry ON relay_handoff (expires_at_ms)`.execute(db);
  await sql`
    CREATE TABLE relay_notice (
      id text PRIMARY KEY,
      target text NOT NULL,
      notice text NOT NULL,
      attempts int4 NOT NULL,
      due_at_ms int8 NOT NULL,
      expires_at_ms int8 NOT NULL
    )`.execute(db);
  await sql`CREATE INDEX relay_notice_due ON relay_notice (due_at_ms)`.execute(db);
  await sql`CREATE INDEX relay_notice_expiry ON relay_notice (expires_at_ms)`.execute(db);
}

export function createPostgresStore(db: Kysely<RelayTables>): RelayStore {
  const once = databaseOnceStore(db);
  return retryEach<RelayStore>({
    insertOnce: once.insertOnce,
    async putHandoff({ handleHash, provider, challenge, thumbprint, nonce, sealedCode, expiresAtMs }) {
      const values = { handle_hash: handleHash, provider, challenge, thumbprint, nonce, sealed_code: sealedCode };
      await db
        .insertInto('relay_handoff')
        .values({ ...values, expires_at_ms: expiresAtMs })
        .execute();
    },
    async takeHandoff({ handleHash, challenge, thumbprint }, nowMs) {
      const row = await db
        .deleteFrom('relay_handoff')
        .where('handle_hash', '=', handleHash)
        .where('challenge', '=', challenge)
        .where('thumbprint', '=', thumbprint)
        .where('expires_at_ms', '>', nowMs)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : handoffOf(row);
    },
    async addNotice({ id, target, notice, attempts, dueAtMs, expiresAtMs }) {
      await db
        .insertInto('relay_notice')
        .values({ id, target, notice, attempts, due_at_ms: dueAtMs, expires_at_ms: expiresAtMs })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async listDueNotices(nowMs, limit) {
      const rows = await db
        .selectFrom('relay_notice')
        .selectAll()
        .where('due_at_ms', '<=', nowMs)
        .where('expires_at_ms', '>', nowMs)
        .orderBy('due_at_ms')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(noticeOf);
    },
    async postponeNotice(id, { attempts, dueAtMs }) {
      await db.updateTable('relay_notice').set({ attempts, due_at_ms: dueAtMs }).where('id', '=', id).execute();
    },
    async removeNotice(id) {
      await db.deleteFrom('relay_notice').where('id', '=', id).execute();
    },
    async removeExpired(nowMs) {
      await once.removeExpired(nowMs);
      await db.deleteFrom('relay_handoff').where('expires_at_ms', '<=', nowMs).execute();
      const gone = await db.deleteFrom('relay_notice').where('expires_at_ms', '<=', nowMs).returning('id').execute();
      return gone.length;
    },
  });
}

const handoffOf = (row: Selectable<RelayTables['relay_handoff']>): Handoff => ({
  handleHash: row.handle_hash,
  provider: row.provider,
  challenge: row.challenge,
  thumbprint: row.thumbprint,
  nonce: row.nonce,
  sealedCode: row.sealed_code,
  expiresAtMs: row.expires_at_ms,
});

const noticeOf = (row: Selectable<RelayTables['relay_notice']>): Notice => ({
  id: row.id,
  target: row.target,
  notice: row.notice,
  attempts: row.attempts,
  dueAtMs: row.due_at_ms,
  expiresAtMs: row.expires_at_ms,
});
