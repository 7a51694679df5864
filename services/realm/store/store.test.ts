import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import type { Database } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { openRealmDatabase, readEvents } from '../testing/database';
import { makeRegistration, random } from '../testing/device';
import { createMemoryStore } from './memory-store';
import { createPostgresStore, type RealmSchema } from './postgres-store';
import { describeStore, type StoreUnderTest } from './store.contract';

describeStore('memory store', async () => {
  const store = createMemoryStore();
  return { store, events: async () => [...store.events] };
});

describeStore('PGlite store', storesOf(openRealmDatabase()));

const postgres = createTestDatabase().then(openRealmDatabase);
describeStore('PostgreSQL store', storesOf(postgres));

/** One database for all tests of a contract; its tables are emptied for each. */
function storesOf(opening: Promise<Database<RealmSchema>>): () => Promise<StoreUnderTest> {
  afterAll(async () => (await opening).close());
  return async () => {
    const database = await opening;
    await database.db.deleteFrom('realm_record').execute();
    await database.db.deleteFrom('realm_event').execute();
    return { store: createPostgresStore(database.db, random), events: () => readEvents(database) };
  };
}

describe('PostgreSQL', () => {
  it('refuses a locked row that still has key material', async () => {
    const { db } = await postgres;
    const store = createPostgresStore(db, random);
    const record = {
      state: 'registered' as const,
      registration: makeRegistration(8),
      guessCount: 0,
      recentGuesses: [],
      eraseAtMs: null,
    };
    await store.compareAndSwap('whole', null, record, null);
    const halfErased = sql`update realm_record set state = 'no-guesses' where record_id = 'whole'`;
    await expect(halfErased.execute(db)).rejects.toThrow('realm_record_erased');
  });

  it('acknowledges a write only when it is on disk', async () => {
    const { db } = await postgres;
    for (const setting of ['synchronous_commit', 'fsync']) {
      const { rows } = await sql<Record<string, string>>`show ${sql.raw(setting)}`.execute(db);
      expect(rows).toEqual([{ [setting]: 'on' }]);
    }
  });
});
