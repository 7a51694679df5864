import { type Kysely, type Selectable, sql } from 'kysely';
import { createOnceTable, databaseOnceStore, type OnceTables } from '@/services/http/database/once-database';
import { retryEach } from '@/services/http/database/retry';
import type { Device, SessionStore } from '@/services/http/sessions/session-store';

/** Tables of a server that has sessions; its own schema extends them. */
export interface SessionTables extends OnceTables {
  session_device: {
    account_id: Uint8Array;
    jkt: string;
    device_name: string;
    status_hash: Uint8Array;
    previous_status_hash: Uint8Array | null;
    status_expires_at_ms: number;
    access_ended_at_ms: number;
    /** 64 bytes; null while the device has a session. */
    signed_out_by: Uint8Array | null;
    created_at_ms: number;
    last_seen_at_ms: number;
  };
}

/** Migration that creates the tables; a service lists it among its own. */
export async function createSessionTables(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE session_device (
      account_id bytea NOT NULL,
      jkt text NOT NULL,
      device_name text NOT NULL,
      status_hash bytea NOT NULL,
      previous_status_hash bytea,
      status_expires_at_ms int8 NOT NULL,
      access_ended_at_ms int8 NOT NULL,
      created_at_ms int8 NOT NULL,
      last_seen_at_ms int8 NOT NULL,
      PRIMARY KEY (account_id, jkt)
    )`.execute(db);
  await sql`CREATE INDEX session_device_status ON session_device (status_hash)`.execute(db);
  await sql`CREATE INDEX session_device_previous_status ON session_device (previous_status_hash)`.execute(db);
  await sql`CREATE INDEX session_device_expiry ON session_device (status_expires_at_ms)`.execute(db);
  await createOnceTable(db);
}

/** Migration: a device that was signed out is remembered until its status token ends, so that it can be told. */
export async function addSignedOut(db: Kysely<never>): Promise<void> {
  await sql`ALTER TABLE session_device ADD COLUMN signed_out_by bytea`.execute(db);
}

/** The session store in a SQL database. */
export function databaseSessionStore(db: Kysely<SessionTables>): SessionStore {
  const once = databaseOnceStore(db);
  const devices = () => db.selectFrom('session_device').selectAll();
  return retryEach<SessionStore>({
    insertOnce: once.insertOnce,
    openDevice: ({ accountId, jkt, deviceName, statusHash, statusExpiresAtMs, nowMs }) =>
      db.transaction().execute(async (transaction) => {
        // A device that was signed out begins anew, and what it had before stays ended.
        const before = await transaction
          .deleteFrom('session_device')
          .where('account_id', '=', accountId)
          .where('jkt', '=', jkt)
          .where('signed_out_by', 'is not', null)
          .returning('access_ended_at_ms')
          .executeTakeFirst();
        const row = await transaction
          .insertInto('session_device')
          .values({
            account_id: accountId,
            jkt,
            device_name: deviceName,
            status_hash: statusHash,
            previous_status_hash: null,
            status_expires_at_ms: statusExpiresAtMs,
            access_ended_at_ms: before?.access_ended_at_ms ?? 0,
            signed_out_by: null,
            created_at_ms: nowMs,
            last_seen_at_ms: nowMs,
          })
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'jkt']).doUpdateSet((update) => ({
              device_name: deviceName,
              status_hash: statusHash,
              previous_status_hash: update.ref('session_device.status_hash'),
              status_expires_at_ms: statusExpiresAtMs,
              last_seen_at_ms: nowMs,
            })),
          )
          .returning('previous_status_hash')
          .executeTakeFirstOrThrow();
        return row.previous_status_hash === null ? 'new' : 'known';
      }),
    async deviceByKey(accountId, jkt) {
      const row = await devices().where('account_id', '=', accountId).where('jkt', '=', jkt).executeTakeFirst();
      return row && asDevice(row);
    },
    async deviceByStatus(statusHash) {
      const row = await devices()
        .where((where) =>
          where.or([where('status_hash', '=', statusHash), where('previous_status_hash', '=', statusHash)]),
        )
        .executeTakeFirst();
      return row && asDevice(row);
    },
    async extendStatus(accountId, jkt, { nowMs, statusExpiresAtMs }) {
      const set = { last_seen_at_ms: nowMs, status_expires_at_ms: statusExpiresAtMs };
      await db
        .updateTable('session_device')
        .set(set)
        .where('account_id', '=', accountId)
        .where('jkt', '=', jkt)
        .execute();
    },
    async listDevices(accountId, limit) {
      const rows = await devices()
        .where('account_id', '=', accountId)
        .where('signed_out_by', 'is', null)
        .orderBy('last_seen_at_ms', 'desc')
        .orderBy('jkt')
        .limit(limit)
        .execute();
      return rows.map(asDevice);
    },
    async signOut(accountId, jkt, { signature, nowMs }) {
      const ended = await db
        .updateTable('session_device')
        .set({ signed_out_by: signature, access_ended_at_ms: nowMs })
        .where('account_id', '=', accountId)
        .where('jkt', '=', jkt)
        .where('signed_out_by', 'is', null)
        .returning('jkt')
        .execute();
      return ended.length === 1;
    },
    endAccess: (accountId, nowMs, { key, expiresAtMs }) =>
      db.transaction().execute(async (transaction) => {
        const within: Kysely<SessionTables> = transaction;
        if (!(await databaseOnceStore(within).insertOnce(key, expiresAtMs))) return false;
        await transaction
          .updateTable('session_device')
          .set({ access_ended_at_ms: nowMs })
          .where('account_id', '=', accountId)
          .execute();
        return true;
      }),
    async removeExpired(nowMs) {
      await once.removeExpired(nowMs);
      await db.deleteFrom('session_device').where('status_expires_at_ms', '<=', nowMs).execute();
    },
  });
}

function asDevice(row: Selectable<SessionTables['session_device']>): Device {
  return {
    accountId: row.account_id,
    jkt: row.jkt,
    deviceName: row.device_name,
    createdAtMs: row.created_at_ms,
    lastSeenAtMs: row.last_seen_at_ms,
    statusExpiresAtMs: row.status_expires_at_ms,
    accessEndedAtMs: row.access_ended_at_ms,
    signedOutBy: row.signed_out_by,
  };
}
