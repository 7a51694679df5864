import { migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createMemoryStore } from './memory-store';
import { relayMigrations } from './migrations';
import { createPostgresStore, type RelayTables } from './postgres-store';
import { describeStore } from './store.contract';

async function open(databaseUrl?: string) {
  const { db, close } = await openDatabase<RelayTables>({ databaseUrl });
  await migrate(db, relayMigrations);
  return { store: createPostgresStore(db), close };
}

describeStore('memory', async () => ({ store: createMemoryStore(), close: async () => undefined }));
describeStore('PGlite', () => open());
describeStore('PostgreSQL', async () => open(await createTestDatabase()));
