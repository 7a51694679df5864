import { sql } from 'kysely';
import type { Migrations } from '@/services/http/database/database';
import { createRateLimitTable } from '@/services/http/limits/rate-limit-database';

/** Forward only; a released migration is never edited. */
export const realmMigrations: Migrations = {
  '0001-records-and-events': async (db) => {
    await db.schema
      .createTable('realm_record')
      .addColumn('record_id', 'text', (column) => column.primaryKey())
      .addColumn('revision', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('version', 'bytea')
      .addColumn('oprf_private_key', 'bytea')
      .addColumn('oprf_public_key', 'bytea')
      .addColumn('oprf_verifying_key', 'bytea')
      .addColumn('oprf_key_signature', 'bytea')
      .addColumn('unlock_key_commitment', 'bytea')
      .addColumn('unlock_key_tag', 'bytea')
      .addColumn('encryption_key_scalar_share', 'bytea')
      .addColumn('encrypted_secret', 'bytea')
      .addColumn('encrypted_secret_commitment', 'bytea')
      .addColumn('num_guesses', 'integer')
      .addColumn('guess_count', 'integer')
      .addColumn('recent_guesses', 'jsonb')
      .addColumn('erase_at_ms', 'bigint')
      .addCheckConstraint('realm_record_state', sql`state in ('registered', 'no-guesses')`)
      // A row that is locked for good cannot keep key material, whatever the code does.
      .addCheckConstraint(
        'realm_record_erased',
        sql`state = 'registered' or coalesce(version, oprf_private_key, oprf_public_key, oprf_verifying_key,
          oprf_key_signature, unlock_key_commitment, unlock_key_tag, encryption_key_scalar_share, encrypted_secret,
          encrypted_secret_commitment) is null`,
      )
      .addCheckConstraint('realm_record_budget', sql`guess_count between 0 and num_guesses`)
      .execute();
    await db.schema
      .createIndex('realm_record_due')
      .on('realm_record')
      .column('erase_at_ms')
      .where(sql.ref('erase_at_ms'), 'is not', null)
      .execute();
    await db.schema
      .createTable('realm_event')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('tenant', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('num_guesses', 'integer')
      .addColumn('guess_count', 'integer')
      .execute();
    await db.schema.createIndex('realm_event_order').on('realm_event').columns(['tenant', 'at_ms', 'id']).execute();
  },
  '0002-event-log-and-restores': async (db) => {
    await db.schema.alterTable('realm_event').addColumn('acked_at_ms', 'bigint').execute();
    await db.schema
      .createIndex('realm_event_unread')
      .on('realm_event')
      .columns(['tenant', 'at_ms', 'id'])
      .where(sql.ref('acked_at_ms'), 'is', null)
      .execute();
    await db.schema.alterTable('realm_record').addColumn('user_id', 'text').execute();
    await db.schema.alterTable('realm_record').addColumn('restored_at_ms', 'bigint').execute();
    await db.schema.createIndex('realm_record_user').on('realm_record').column('user_id').execute();
    await db.schema
      .createTable('realm_mark')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('number', 'bigint', (column) => column.notNull())
      .addCheckConstraint('realm_mark_one', sql`id = 1`)
      .execute();
  },
  '0003-rate-limit': createRateLimitTable,
};
