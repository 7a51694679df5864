import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServiceApp } from '@/services/http/api/app';
import { type Database, openDatabase } from '@/services/http/database/database';
import { isConnectionLost } from '@/services/http/database/retry';
import { createLogger } from '@/services/http/server/logger';
import { startPostgres, type TestPostgres } from '@/services/http/testing/postgres';

const UNAVAILABLE = { status: 503, retryAfter: '5', code: 'temporarily-unavailable', reason: 'database' };

describe('a server whose PostgreSQL goes away', () => {
  let postgres: TestPostgres;
  let database: Database<unknown>;
  const lines: string[] = [];
  let ask: (path: string) => Promise<unknown>;

  beforeAll(async () => {
    postgres = await startPostgres();
    database = await openDatabase<unknown>({ databaseUrl: postgres.url });
    const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
    const app = createServiceApp({ logger });
    const answer = async (run: (db: Kysely<unknown>) => Promise<unknown>) => {
      await run(database.db);
      return new Response('{}');
    };
    app.get('/one', () => answer((db) => sql`SELECT 1`.execute(db)));
    app.get('/ended', () => answer((db) => sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(db)));
    app.get('/killed', () =>
      answer((db) =>
        db.transaction().execute(async (transaction) => {
          await sql`SELECT 1`.execute(transaction);
          await postgres.kill();
          await sql`SELECT 2`.execute(transaction);
        }),
      ),
    );
    app.get('/wrong', () => answer((db) => sql`SELECT nonsense`.execute(db)));
    ask = async (path) => {
      const response = await app.request(path);
      if (response.status === 200) return 200;
      const { status, headers } = response;
      const { code, reason } = await response.json();
      return { status, retryAfter: headers.get('retry-after'), code, reason };
    };
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  it('asks to come again when its connection is ended, until the pool has another one', async () => {
    expect(await ask('/ended')).toEqual(UNAVAILABLE);
    let answer = await ask('/one');
    // The pool may give the ended connection out once more before it hears of its end.
    while (answer !== 200) {
      expect(answer).toEqual(UNAVAILABLE);
      answer = await ask('/one');
    }
    expect(answer).toBe(200);
  });

  it('asks to come again when the database dies under a transaction, and until it is back', async () => {
    expect(await ask('/killed')).toEqual(UNAVAILABLE);
    expect(await ask('/one')).toEqual(UNAVAILABLE);
    await postgres.start();
    expect(await ask('/one')).toBe(200);
    // What exactly was lost is for the operator alone.
    const logged = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request failed');
    expect(logged.length).toBeGreaterThanOrEqual(2);
    for (const { code, err } of logged.slice(-2)) {
      expect(code).toBe('temporarily-unavailable');
      expect(err.message).toMatch(/connect|terminat/i);
    }
  });

  it('takes what the database refuses for its own fault still', async () => {
    expect(await ask('/wrong')).toMatchObject({ status: 500, retryAfter: null, code: 'unexpected' });
  });
});

it.each([
  ['08006', 'anything', true],
  ['08P01', 'anything', true],
  ['57P01', 'terminating connection due to administrator command', true],
  ['57P02', 'terminating connection because of crash of another server process', true],
  ['57P03', 'the database system is starting up', true],
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432', true],
  ['ECONNRESET', 'read ECONNRESET', true],
  ['57014', 'canceling statement due to user request', false],
  ['57P04', 'the database was dropped', false],
  ['23505', 'duplicate key', false],
  ['40001', 'Connection terminated', false],
  [undefined, 'Connection terminated unexpectedly', true],
  [undefined, 'Client has encountered a connection error and is not queryable', true],
  [undefined, 'a message that says Connection terminated', false],
])('tells of %s, "%s", that the connection was lost: %s', (code, message, isLost) => {
  expect(isConnectionLost(Object.assign(new Error(message), code !== undefined && { code }))).toBe(isLost);
});

it('does not take a failed request to another server for a lost database', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(isConnectionLost(new TypeError('fetch failed', { cause }))).toBe(false);
  expect(isConnectionLost('Connection terminated')).toBe(false);
});
