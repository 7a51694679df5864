import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createScene } from '../testing/scene';
import { createMemoryStore } from './memory-store';
import { vaultMigrations } from './migrations';
import { createPostgresStore, type VaultTables } from './postgres-store';
import type { VaultStore } from './store';
import { describeStore } from './store.contract';

const databases: Database<VaultTables>[] = [];

async function openMigrated(databaseUrl: string | undefined): Promise<Database<VaultTables>> {
  const database = await openDatabase<VaultTables>({ databaseUrl });
  databases.push(database);
  await migrate(database.db, vaultMigrations);
  return database;
}

let embedded: Database<VaultTables>;
let postgres: Database<VaultTables>;

beforeAll(async () => {
  embedded = await openMigrated(undefined);
  postgres = await openMigrated(await createTestDatabase());
}, 120_000);

afterAll(async () => {
  for (const database of databases) await database.close();
});

describeStore('memory', createMemoryStore);
describeStore('PGlite', () => createPostgresStore(embedded.db));
describeStore('PostgreSQL', () => createPostgresStore(postgres.db));

it('leaves no byte of a superseded row in the live rows of PostgreSQL', async () => {
  const store: VaultStore = createPostgresStore(postgres.db);
  const scene = createScene(5, store);
  const owner = scene.owner();
  const old = scene.attempt(scene.device(), owner);
  const { statement } = await scene.create(old);
  const row = (await store.read(scene.accountId))?.state.active?.row;
  const contents = async () => {
    const accounts = await postgres.db.selectFrom('account').select('document').execute();
    const feed = await postgres.db.selectFrom('feed').select('entry').execute();
    return [...accounts.map(({ document }) => document), ...feed.map(({ entry }) => entry)].join('\n');
  };
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url');
  expect(await contents()).toContain(text(row?.record));
  expect(await contents()).toContain(text(row?.wrappedShare.ct));
  await scene.create(scene.attempt(scene.device(), owner, 1), statement);
  expect(await contents()).not.toContain(text(row?.record));
  expect(await contents()).not.toContain(text(row?.wrappedShare.ct));
});
