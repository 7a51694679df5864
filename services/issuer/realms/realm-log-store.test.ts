import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { loggedLine } from '@/services/realm/store/restored';
import { issuerMigrations } from '../store/migrations';
import type { RealmLogLine } from './realm-log';
import { createRealmLogStore, memoryRealmLogStore, type RealmLogStore, type RealmLogTables } from './realm-log-store';

const [FIRST, SECOND] = ['a'.repeat(32), 'b'.repeat(32)] as const;

const line = (id: string, atMs: number, changes: Partial<RealmLogLine> = {}): RealmLogLine => ({
  realmId: FIRST,
  id,
  userId: 'mira',
  atMs,
  event: 'guess_used',
  numGuesses: 8,
  guessCount: 1,
  ...changes,
});

async function openTables(databaseUrl?: string): Promise<Database<RealmLogTables>> {
  const database = await openDatabase<RealmLogTables>({ databaseUrl });
  await migrate(database.db, issuerMigrations);
  return database;
}

function storesOf(opening: Promise<Database<RealmLogTables>>) {
  afterAll(async () => (await opening).close());
  return async () => {
    const { db } = await opening;
    await db.deleteFrom('realm_log').execute();
    await db.deleteFrom('realm_log_read').execute();
    return createRealmLogStore(db);
  };
}

function storeContract(name: string, open: () => Promise<RealmLogStore>): void {
  describe(`log of the realms in ${name}`, () => {
    it('keeps each line once, also when a page comes again, and gives those of one user, newest first', async () => {
      const store = await open();
      const page = [line('1', 10), line('2', 20), line('3', 15, { userId: 'tom' })];
      await store.keep(FIRST, page, 100);
      await store.keep(FIRST, [...page, line('4', 30, { event: 'share_recovered', guessCount: null })], 200);
      await store.keep(SECOND, [line('1', 25, { realmId: SECOND })], 300);
      const found = await store.ofUser('mira', 10);
      expect(found.map(({ realmId, id }) => [realmId, id])).toEqual([
        [FIRST, '4'],
        [SECOND, '1'],
        [FIRST, '2'],
        [FIRST, '1'],
      ]);
      expect(found[0]).toEqual(line('4', 30, { event: 'share_recovered', guessCount: null }));
      expect(await store.ofUser('mira', 2)).toHaveLength(2);
      expect(await store.ofUser('nobody', 10)).toEqual([]);
    });

    it('says when each realm was read last, also where there was nothing to read', async () => {
      const store = await open();
      expect([...(await store.readTimes())]).toEqual([]);
      await store.keep(FIRST, [], 100);
      await store.keep(SECOND, [], 150);
      await store.keep(FIRST, [], 200);
      expect(new Map(await store.readTimes())).toEqual(
        new Map([
          [FIRST, 200],
          [SECOND, 150],
        ]),
      );
    });

    it('forgets what is old, and nothing else', async () => {
      const store = await open();
      await store.keep(FIRST, [line('1', 10), line('2', 11)], 100);
      await store.removeUntil(10);
      expect((await store.ofUser('mira', 10)).map(({ id }) => id)).toEqual(['2']);
    });
  });
}

storeContract('memory', async () => memoryRealmLogStore());
storeContract('PGlite', storesOf(openTables()));
const postgres = createTestDatabase().then(openTables);
storeContract('PostgreSQL', storesOf(postgres));

it('is what a realm that was restored is given, by the statement of the runbook', async () => {
  const { db } = await postgres;
  await db.deleteFrom('realm_log').execute();
  const atMs = Date.UTC(2026, 4, 3, 9, 0, 0, 7);
  const user = { userId: 'f'.repeat(64) };
  const success = line('2', atMs + 1, { ...user, event: 'share_recovered', numGuesses: null, guessCount: null });
  await createRealmLogStore(db).keep(FIRST, [success, line('1', atMs, user)], atMs);
  await createRealmLogStore(db).keep(SECOND, [line('3', atMs, { ...user, realmId: SECOND })], atMs);
  const runbook = await readFile(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  const statement = /```sql\n(.*?from realm_log.*?);\n/s.exec(runbook)?.[1]?.replace('<32 hex digits>', FIRST);
  if (!statement) throw new Error('the runbook has no such statement');
  const { rows } = await sql.raw<{ json_build_object: unknown }>(statement).execute(db);
  expect(rows.map(({ json_build_object: told }) => loggedLine.parse(told))).toMatchObject([
    { id: '1', when: '2026-05-03T09:00:00.007Z', event: 'guess_used', num_guesses: 8, guess_count: 1 },
    { id: '2', event: 'share_recovered' },
  ]);
});
