/** The statements that requests run, caught as the stores send them, and how PostgreSQL would run each. */
import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import pg from 'pg';
import { parseInt8 } from '@/services/http/database/database';
import { databaseRateLimitStore, type RateLimitTables } from '@/services/http/limits/rate-limit-database';
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { createPostgresStore as createRealmStore, type RealmSchema } from '@/services/realm/store/postgres-store';
import { createPostgresStore as createVaultStore, type VaultTables } from '@/services/vault/store/postgres-store';

export type Plans = ReadonlyMap<string, string>;

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/** Node types and indexes, without costs and row counts. */
const shapeOf = ({ 'Node Type': type, 'Index Name': index, Plans: below = [] }: PlanNode): string =>
  `${type}${index ? ` ${index}` : ''}${below.length > 0 ? `(${below.map(shapeOf).join(', ')})` : ''}`;

/** Runs `work` on a database and explains every statement that it sent. */
async function plansOf<Schema>(databaseUrl: string, work: (db: Kysely<Schema>) => Promise<void>): Promise<Plans> {
  const sent = new Map<string, readonly unknown[]>();
  const types = new pg.TypeOverrides();
  types.setTypeParser(20, parseInt8);
  types.setTypeParser(17, (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex')));
  const pool = new pg.Pool({ connectionString: databaseUrl, types });
  const log = ({ query }: LogEvent) => void sent.set(query.sql, query.parameters);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), log });
  try {
    await work(db);
    const plans = new Map<string, string>();
    for (const [text, values] of sent) {
      if (!/^(select|insert|update|delete|with)/.test(text)) continue;
      const { rows } = await pool.query(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
      plans.set(text, shapeOf(rows[0]['QUERY PLAN'][0].Plan));
    }
    return plans;
  } finally {
    await db.destroy();
  }
}

const BUCKET = { capacity: 1_000, refillMs: 1 };

export const vaultPlans = (databaseUrl: string, accountId: Uint8Array, jkt: string): Promise<Plans> =>
  plansOf<VaultTables & SessionTables & RateLimitTables>(databaseUrl, async (db) => {
    const [store, sessions] = [createVaultStore(db as never), databaseSessionStore(db as never)];
    const found = await store.read(accountId);
    if (!found) throw new Error('there is no such account');
    await store.compareAndSwap(accountId, found.version, found.state, []);
    await store.feed(accountId, 0, 200);
    await store.latestSlotFact(accountId, new Uint8Array(16));
    await store.listDue(1, 500);
    await sessions.deviceByKey(accountId, jkt);
    await sessions.deviceByStatus(new Uint8Array(32));
    await sessions.insertOnce(`plan ${performance.now()}`, 1);
    await databaseRateLimitStore(db as never).take([{ name: 'plan', bucket: BUCKET }], Date.now());
  });

export const realmPlans = (databaseUrl: string, recordId: string): Promise<Plans> =>
  plansOf<RealmSchema & RateLimitTables>(databaseUrl, async (db) => {
    const store = createRealmStore(db as never, (length) => crypto.getRandomValues(new Uint8Array(length)));
    const found = await store.read(recordId);
    if (!found) throw new Error('there is no such record');
    const event = {
      tenant: 'plan',
      userId: 'plan',
      atMs: 1,
      event: 'deleted',
      numGuesses: null,
      guessCount: null,
    } as const;
    await store.compareAndSwap(recordId, found, found.record, event);
    const takes = ['address', 'token'].map((name) => ({ name, bucket: BUCKET }));
    await databaseRateLimitStore(db as never).take(takes, Date.now());
    await store.listDue(1, 100);
    await store.readEvents('halfkey', 200);
  });

/** Statements whose plan is another one now. */
export const changedPlans = (before: Plans, after: Plans): string[] =>
  [...before].flatMap(([text, plan]) =>
    after.get(text) === plan ? [] : [`${text}\n    before: ${plan}\n    after: ${after.get(text)}`],
  );
