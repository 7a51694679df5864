import { afterAll, expect, it } from 'vitest';
import type { AccountTables } from '@/services/http/database/account-documents';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { numbered } from '../testing/model-vault';
import { createMemoryStore } from './memory-store';
import { issuerMigrations } from './migrations';
import { createPostgresStore } from './postgres-store';
import { describeStore } from './store.contract';

async function openTables(databaseUrl?: string): Promise<Database<AccountTables>> {
  const database = await openDatabase<AccountTables>({ databaseUrl });
  await migrate(database.db, issuerMigrations);
  return database;
}

/** One database for all tests of a contract; its table is emptied for each. */
function storesOf(opening: Promise<Database<AccountTables>>) {
  afterAll(async () => (await opening).close());
  return async () => {
    const { db } = await opening;
    await db.deleteFrom('account').execute();
    return createPostgresStore(db);
  };
}

const postgres = createTestDatabase().then(openTables);

describeStore('memory store', async () => createMemoryStore());
describeStore('PGlite store', storesOf(openTables()));
describeStore('PostgreSQL store', storesOf(postgres));

it('does not believe a document that is no account', async () => {
  const { db } = await postgres;
  const row = { account_id: numbered(32, 77), version: 1, due_at_ms: null, document: '{"slots": []}' };
  await db.insertInto('account').values(row).execute();
  await expect(createPostgresStore(db).read(row.account_id)).rejects.toThrow();
});
