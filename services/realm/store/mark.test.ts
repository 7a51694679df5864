import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '@/services/http/database/database';
import { NotDurable } from '@/services/http/database/durability';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { NotForProduction, requireProduction } from '../production';
import { eventUserId, recordId } from '../protocol/record';
import { openRealmDatabase } from '../testing/database';
import { makeRegistration, random } from '../testing/device';
import { catchUp, createMark, DatabaseWentBack } from './mark';
import { createPostgresStore, type RealmSchema } from './postgres-store';
import { countRestored, type LoggedLine, markRestored } from './restored';

const NOW_MS = 1_800_000_000_000;
let database: Database<RealmSchema>;
let databaseUrl = '';
let folder = '';
beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  database = await openRealmDatabase(databaseUrl);
  folder = await mkdtemp(join(tmpdir(), 'halfkey-mark-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  for (const table of ['realm_mark', 'realm_record', 'realm_event'] as const)
    await database.db.deleteFrom(table).execute();
});

describe('the mark of a realm', () => {
  const fileOf = (name: string) => join(folder, name);

  it('goes up in the database and in the file, also with several processes', async () => {
    const [one, other] = [createMark(database.db, fileOf('one')), createMark(database.db, fileOf('other'))];
    await one.check();
    for (const mark of [one, other, other, one]) await mark.advance();
    await one.check();
    await other.check();
    expect(await readFile(fileOf('one'), 'utf8')).toBe('4\n');
    expect(await readFile(fileOf('other'), 'utf8')).toBe('3\n');
  });

  it('notices a database that went back, at the start and while it runs, until an operator has dealt with it', async () => {
    const path = fileOf('back');
    const mark = createMark(database.db, path);
    for (let times = 0; times < 5; times++) await mark.advance();
    await database.db.updateTable('realm_mark').set({ number: 3 }).execute();
    await expect(mark.check()).rejects.toThrow(DatabaseWentBack);
    await expect(mark.advance()).rejects.toThrow(DatabaseWentBack);
    expect(await readFile(path, 'utf8')).toBe('5\n');
    await catchUp(database.db, path);
    await mark.check();
    await mark.advance();
  });

  it('does not take a damaged file for a new one', async () => {
    await writeFile(fileOf('damaged'), '');
    await expect(createMark(database.db, fileOf('damaged')).check()).rejects.toThrow('does not hold a number');
  });
});

describe('after a restore', () => {
  const userOf = (subject: string) => eventUserId('acme', subject);
  const line = (subject: string, event: LoggedLine['event'], atMs: number, guessCount?: number): LoggedLine => ({
    id: `${subject}-${event}-${atMs}`,
    when: new Date(atMs).toISOString(),
    user_id: userOf(subject),
    event,
    ...(guessCount !== undefined && { num_guesses: 2, guess_count: guessCount }),
  });

  async function register(subject: string): Promise<void> {
    const record = {
      state: 'registered' as const,
      registration: makeRegistration(2),
      guessCount: 0,
      recentGuesses: [],
      eraseAtMs: null,
    };
    const counts = { numGuesses: null, guessCount: null };
    const event = { tenant: 'acme', userId: userOf(subject), atMs: 1, event: 'registered' as const, ...counts };
    await createPostgresStore(database.db, random).compareAndSwap(recordId('acme', subject), null, record, event);
  }
  const recordOf = async (subject: string) =>
    (await createPostgresStore(database.db, random).read(recordId('acme', subject)))?.record;

  it('marks every row, and does again what the log tells', async () => {
    for (const subject of ['untouched', 'guessed', 'proved', 'used up', 'gone']) await register(subject);
    const events = [
      line('used up', 'guess_used', 20, 2),
      line('guessed', 'guess_used', 10, 1),
      line('proved', 'guess_used', 10, 1),
      line('proved', 'share_recovered', 11),
      line('gone', 'deleted', 12),
      line('new', 'registered', 13),
    ];
    const options = { nowMs: NOW_MS, tenant: 'acme', events, rows: 'keep' as const };
    expect(await markRestored(database.db, options)).toEqual({
      marked: 5,
      replayed: 6,
      lostRegistrations: 1,
      locked: 0,
    });
    expect(await recordOf('untouched')).toMatchObject({ guessCount: 0, eraseAtMs: null });
    expect(await recordOf('guessed')).toMatchObject({ guessCount: 1, eraseAtMs: null });
    expect(await recordOf('proved')).toMatchObject({ guessCount: 0 });
    expect(await recordOf('used up')).toMatchObject({ guessCount: 2, eraseAtMs: NOW_MS + 120_000 });
    expect(await recordOf('gone')).toBeUndefined();
    expect(await countRestored(database.db)).toBe(4);
    expect(await markRestored(database.db, options)).toMatchObject({ replayed: 0, lostRegistrations: 0 });
  });

  it('locks every row where that was asked for, more than one batch of them', async () => {
    const { db } = database;
    await register('one');
    await sql`
      INSERT INTO realm_record (record_id, revision, state, num_guesses, guess_count, recent_guesses)
      SELECT 'row-' || n, 'r', 'registered', 2, 0, '[]' FROM generate_series(1, 600) AS n`.execute(db);
    const report = await markRestored(db, { nowMs: NOW_MS, tenant: 'acme', events: [], rows: 'lock' });
    expect(report).toEqual({ marked: 601, replayed: 0, lostRegistrations: 0, locked: 601 });
    expect(await recordOf('one')).toEqual({ state: 'no-guesses' });
  });
});

describe('in production', () => {
  const production = { REALM_MODE: 'production' as const, REALM_MARK_FILE: '/mark', REALM_DATABASE_URL: 'postgres://' };
  const check = (parts: object) => requireProduction({ ...production, ...parts }, database.db);

  it('a realm starts on a PostgreSQL that keeps what it acknowledged', async () => {
    await check({});
    await expect(check({ REALM_DATABASE_URL: undefined })).rejects.toThrow(NotForProduction);
    await expect(check({ REALM_MARK_FILE: undefined })).rejects.toThrow(NotForProduction);
    await check({ REALM_MODE: 'development', REALM_DATABASE_URL: undefined, REALM_MARK_FILE: undefined });
  });

  it.each([
    ['synchronous_commit', 'off'],
    ['synchronous_commit', 'local'],
    ['transaction_read_only', 'on'],
  ])('it refuses one where %s is %s', async (name, value) => {
    const refused = database.db.transaction().execute(async (transaction) => {
      await sql`SELECT set_config(${name}, ${value}, true)`.execute(transaction);
      await requireProduction(production, transaction);
    });
    await expect(refused).rejects.toThrow(`${name} is ${value}`);
  });

  it('it refuses the embedded database, which does not flush, whatever its address says', async () => {
    const embedded = await openRealmDatabase();
    await expect(requireProduction(production, embedded.db)).rejects.toThrow(NotDurable);
    await expect(requireProduction(production, embedded.db)).rejects.toThrow('fsync is off');
    await embedded.close();
  });
});
