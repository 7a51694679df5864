import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, migrate, NewerDatabase, openDatabase, parseInt8 } from '@/services/http/database/database';
import { isRepeatable, retryTransaction } from '@/services/http/database/retry';
import { createTestDatabase } from '@/services/http/testing/postgres';

interface Schema {
  thing: { id: Uint8Array; at_ms: number; note: string | null };
}

const migrations = {
  '0001-thing': async (db: Kysely<never>) => {
    await sql`CREATE TABLE thing (id bytea PRIMARY KEY, at_ms int8 NOT NULL)`.execute(db);
  },
  '0002-note': async (db: Kysely<never>) => {
    await sql`ALTER TABLE thing ADD COLUMN note text`.execute(db);
  },
};

const drivers = [
  { name: 'PGlite', address: async () => ({}) },
  { name: 'PostgreSQL', address: async () => ({ databaseUrl: await createTestDatabase() }) },
];

describe.each(drivers)('a database on $name', ({ address }) => {
  let database: Database<Schema>;
  beforeAll(async () => {
    database = await openDatabase<Schema>(await address());
    await migrate(database.db, migrations);
  });
  afterAll(() => database.close());

  it('applies each migration once, in order', async () => {
    expect(await migrate(database.db, migrations)).toEqual([]);
    const names = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(database.db);
    expect(names.rows.map((row) => row.name)).toEqual(['0001-thing', '0002-note']);
  });

  it('says which newer migration it does not know, and changes nothing', async () => {
    const [first] = Object.entries(migrations);
    const error = await migrate(database.db, Object.fromEntries([first ?? []])).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NewerDatabase);
    expect(String(error)).toContain('0002-note');
    expect(await migrate(database.db, migrations)).toEqual([]);
  });

  it('reads bytea as a plain Uint8Array and int8 as a number', async () => {
    const id = Uint8Array.of(0, 255, 92, 120);
    await database.db
      .insertInto('thing')
      .values({ id, at_ms: 2 ** 52, note: null })
      .execute();
    const row = await database.db.selectFrom('thing').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toEqual({ id, at_ms: 2 ** 52, note: null });
    expect(Object.getPrototypeOf(row.id)).toBe(Uint8Array.prototype);
  });

  it('refuses to round an int8 beyond the safe integers', async () => {
    await expect(sql`SELECT 9007199254740993::int8 AS big`.execute(database.db)).rejects.toThrow(RangeError);
  });

  it('keeps nothing of a migration that fails', async () => {
    const broken = {
      ...migrations,
      '0003-broken': async (db: Kysely<never>) => {
        await sql`CREATE TABLE half (id int)`.execute(db);
        await sql`SELECT nonsense FROM nowhere`.execute(db);
      },
    };
    await expect(migrate(database.db, broken)).rejects.toThrow();
    const found = await sql`SELECT 1 FROM pg_tables WHERE tablename = 'half'`.execute(database.db);
    expect(found.rows).toEqual([]);
  });

  it('isolates parallel transactions', async () => {
    const id = Uint8Array.of(7);
    await database.db.insertInto('thing').values({ id, at_ms: 0, note: null }).execute();
    const raise = () =>
      database.db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('thing')
          .select('at_ms')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirstOrThrow();
        await transaction
          .updateTable('thing')
          .set({ at_ms: row.at_ms + 1 })
          .where('id', '=', id)
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, raise));
    const row = await database.db.selectFrom('thing').select('at_ms').where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.at_ms).toBe(20);
  });
});

it('keeps an embedded database in its folder', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'halfkey-database-'));
  const dataDir = join(parent, 'data', 'vault');
  const first = await openDatabase<Schema>({ dataDir });
  await migrate(first.db, migrations);
  await first.db
    .insertInto('thing')
    .values({ id: Uint8Array.of(1), at_ms: 1, note: 'kept' })
    .execute();
  await first.close();
  const second = await openDatabase<Schema>({ dataDir });
  expect((await second.db.selectFrom('thing').select('note').executeTakeFirstOrThrow()).note).toBe('kept');
  await second.close();
  await rm(parent, { recursive: true });
});

it('runs a transaction again after a real serialization failure', async () => {
  const database = await openDatabase<Schema>({ databaseUrl: await createTestDatabase() });
  await migrate(database.db, migrations);
  await database.db
    .insertInto('thing')
    .values({ id: Uint8Array.of(1), at_ms: 0, note: null })
    .execute();
  let runs = 0;
  const reads: number[] = [];
  let openBarrier: () => void = () => undefined;
  const bothHaveRead = new Promise<void>((resolve) => {
    openBarrier = resolve;
  });
  const raise = () =>
    retryTransaction(() => {
      runs += 1;
      return database.db
        .transaction()
        .setIsolationLevel('serializable')
        .execute(async (transaction) => {
          const row = await transaction.selectFrom('thing').select('at_ms').executeTakeFirstOrThrow();
          if (reads.push(row.at_ms) === 2) openBarrier();
          await bothHaveRead;
          await transaction
            .updateTable('thing')
            .set({ at_ms: row.at_ms + 1 })
            .execute();
        });
    });
  await Promise.all([raise(), raise()]);
  expect((await database.db.selectFrom('thing').select('at_ms').executeTakeFirstOrThrow()).at_ms).toBe(2);
  expect(runs).toBe(3);
  await database.close();
});

it('gives up on other errors at once, and on serialization failures after five runs', async () => {
  let runs = 0;
  const failWith = (code: string) => () => {
    runs += 1;
    return Promise.reject(Object.assign(new Error(code), { code }));
  };
  await expect(retryTransaction(failWith('23505'))).rejects.toThrow('23505');
  expect(runs).toBe(1);
  await expect(retryTransaction(failWith('40001'))).rejects.toThrow('40001');
  expect(runs).toBe(6);
  expect(isRepeatable('40001')).toBe(false);
});

it('refuses an address that is not of PostgreSQL and migrations with a gap in their numbers', async () => {
  await expect(openDatabase({ databaseUrl: 'mysql://localhost/x' })).rejects.toThrow('postgres://');
  const database = await openDatabase<Schema>({});
  await expect(migrate(database.db, { '0002-note': async () => undefined })).rejects.toThrow('0001-');
  await database.close();
});

it('reads the whole range of safe integers', () => {
  expect(parseInt8('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
  expect(() => parseInt8('9007199254740992')).toThrow(RangeError);
});
