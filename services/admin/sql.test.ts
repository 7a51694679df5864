/**
 * Every contract of every store again, on a database that records the statements and refuses each fifth as a cluster does
 * that is busy: what ran is portable SQL, reaches one account, and was run again.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AccountTables } from '@/services/http/database/account-documents';
import { migrate } from '@/services/http/database/database';
import { rateLimitContract } from '@/services/http/limits/rate-limit.contract';
import { databaseRateLimitStore, type RateLimitTables } from '@/services/http/limits/rate-limit-database';
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { sessionStoreContract } from '@/services/http/sessions/session-store.contract';
import { createRealmLogStore, type RealmLogTables } from '@/services/issuer/realms/realm-log-store';
import { createPostgresStore as createIssuerStore } from '@/services/issuer/store/postgres-store';
import { describeStore as describeIssuerStore } from '@/services/issuer/store/store.contract';
import {
  createPostgresStore as createRealmStore,
  eventOf,
  type RealmSchema,
} from '@/services/realm/store/postgres-store';
import { describeStore as describeRealmStore } from '@/services/realm/store/store.contract';
import { random } from '@/services/realm/testing/device';
import { createPostgresStore as createRelayStore, type RelayTables } from '@/services/relay/postgres-store';
import { describeStore as describeRelayStore } from '@/services/relay/store.contract';
import { type CanaryTables, createCanaryStore } from '@/services/vault/key-service/canary-store';
import { createPostgresStore as createVaultStore, type VaultTables } from '@/services/vault/store/postgres-store';
import type { VaultStore } from '@/services/vault/store/store';
import { describeStore as describeVaultStore } from '@/services/vault/store/store.contract';
import { TARGETS, type TargetName } from './targets';
import { foreignTo, reachOf } from './testing/portable-sql';
import { openRecording, type Recording } from './testing/recording';

/** What each table is distributed by: one account, one user of a realm, one token, one bucket. */
const KEYS = {
  account: 'account_id',
  feed: 'account_id',
  session_device: 'account_id',
  session_once: 'key',
  realm_log: 'user_id',
  realm_log_read: 'realm_id',
  rate_limit: 'name',
  relay_handoff: 'handle_hash',
  relay_notice: 'id',
  kms_canary: 'id',
  realm_record: 'record_id',
  realm_event: 'id',
  realm_mark: 'id',
};

/** The statements that reach more than one account, each by an index and with a reason that docs/sql.md gives. */
const ACROSS = [
  /^select "(account_id|record_id)" from "(account|realm_record)" where "(due_at_ms|erase_at_ms)" <= \$1 order by .* limit \$2$/,
  /^select \* from "session_device" where \("status_hash" = \$1 or "previous_status_hash" = \$2\)$/,
  /^delete from "(session_once|session_device|rate_limit|relay_handoff|realm_log)" where "\w+_at_ms" <= \$1$/,
  /^delete from "relay_notice" where "expires_at_ms" <= \$1 returning "id"$/,
  /^select \* from "relay_notice" where "due_at_ms" <= \$1 and "expires_at_ms" > \$2 order by "due_at_ms", "id" limit \$3$/,
  /^select \* from "realm_event" where "tenant" = \$1 and "acked_at_ms" is null order by "at_ms", "id" limit \$2$/,
  /^update "realm_event" set "acked_at_ms" = \$1 where "tenant" = \$2 and "id" in \(.*\) and "acked_at_ms" is null$/,
  /^select \* from "realm_log_read"$/,
  /^select "record" from "kms_canary"$/,
  /^select "account_id" from "account" (where "account_id" > \$1 )?order by "account_id" limit \$\d$/,
  /^select count\(\*\) as "count" from "account" where "document" like \$1$/,
];

const opened: Recording<never>[] = [];
const changes = new Set<string>();
afterAll(async () => {
  for (const recording of opened) await recording.close();
});

/** Migrated, and busy from then on. What the migrator itself says is not ours. */
async function open<Schema>(name: TargetName): Promise<Recording<Schema>> {
  const recording = await openRecording<Schema>();
  opened.push(recording as unknown as Recording<never>);
  await migrate(recording.db, TARGETS[name].migrations);
  for (const statement of recording.statements) if (!/kysely_|pg_|^select 1/i.test(statement)) changes.add(statement);
  recording.statements.clear();
  recording.beBusy();
  return recording;
}

const vault = open<VaultTables & SessionTables & CanaryTables & RateLimitTables>('vault');
const issuer = open<AccountTables & RealmLogTables>('issuer');
const relay = open<RelayTables>('relay');
const realm = open<RealmSchema>('realm');
const stays = async () => undefined;

describeVaultStore('a busy database', () => lazily(async () => createVaultStore((await vault).db)));
describeIssuerStore('a busy database', async () => {
  const { db, plain } = await issuer;
  await plain.deleteFrom('account').execute();
  return createIssuerStore(db);
});
describeRealmStore('a busy database', async () => {
  const { db, plain } = await realm;
  for (const table of ['realm_record', 'realm_event'] as const) await plain.deleteFrom(table).execute();
  const events = async () =>
    (await plain.selectFrom('realm_event').selectAll().orderBy('at_ms').execute()).map(eventOf);
  return { store: createRealmStore(db, random), events };
});
describeRelayStore('a busy database', async () => ({ store: createRelayStore((await relay).db), close: stays }));
sessionStoreContract('a busy database', async () => ({ store: databaseSessionStore((await vault).db), close: stays }));
rateLimitContract('a busy database', async () => ({ store: databaseRateLimitStore((await vault).db), close: stays }));

describe('what ran', () => {
  const everything = async () => [
    ...new Set([
      ...(await vault).statements,
      ...(await issuer).statements,
      ...(await relay).statements,
      ...(await realm).statements,
    ]),
  ];

  it('keeps the lines of the realms’ logs, once each', async () => {
    const log = createRealmLogStore((await issuer).db);
    const line = { realmId: 'a', id: '1', userId: 'mira', atMs: 5, numGuesses: 8, guessCount: 1 };
    const lines = [{ ...line, event: 'guess_used' } as const];
    for (let times = 0; times < 2; times++) await log.keep('a', lines, 7);
    expect(await log.ofUser('mira', 10)).toEqual(lines);
    expect([...(await log.readTimes())]).toEqual([['a', 7]]);
    await log.removeUntil(5);
    expect(await log.ofUser('mira', 10)).toEqual([]);
  });

  it('was refused often enough to mean something', async () => {
    const { db } = await vault;
    const [canary, store] = [createCanaryStore(db), createVaultStore(db)];
    for (let times = 0; times < 5; times++) {
      expect(await canary.read()).toBeUndefined();
      expect(await store.countUnderKey('no such version')).toBe(0);
      const [first] = await store.listAccounts(null, 1);
      expect(await store.listAccounts(first ?? null, 1000)).not.toContainEqual(first);
    }
    for (const recording of [await vault, await issuer, await relay, await realm])
      expect(recording.refused()).toBeGreaterThan(5);
  });

  it('is of the list, migrations included', async () => {
    const names = new Set(Object.keys(KEYS));
    for (const { plain } of [await vault, await issuer, await relay, await realm]) {
      const tables = await plain.introspection.getTables();
      for (const table of tables) for (const { name } of table.columns) names.add(name);
    }
    const ran = await everything();
    expect(ran.length).toBeGreaterThan(25);
    expect(changes.size).toBeGreaterThan(15);
    const created = [...changes].flatMap((text) => /(?:table|index|constraint) "?(\w+)"?/gi.exec(text)?.[1] ?? []);
    for (const name of created) names.add(name);
    const foreign = [...ran, ...changes].flatMap((text) => foreignTo(text, names).map((what) => `${what} in ${text}`));
    expect(foreign).toEqual([]);
  });

  it('reaches one account, or is one of the few that are listed', async () => {
    const wide = (await everything()).filter((text) => !reachOf(text, KEYS).keyed);
    expect(wide.filter((text) => !ACROSS.some((form) => form.test(text)))).toEqual([]);
    expect(ACROSS.filter((form) => !wide.some((text) => form.test(text)))).toEqual([]);
  });

  it('is described by the list that people read', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/sql.md'), 'utf8');
    for (const [table, key] of Object.entries(KEYS)) expect(text).toContain(`| \`${table}\` | \`${key}\` |`);
  });
});

describe('the list', () => {
  const names = new Set(['thing', 'id']);
  it.each([
    ['listen changes', 'form: listen changes'],
    ['select pg_advisory_lock($1)', 'pg_advisory_lock'],
    ['select nextval($1)', 'nextval'],
    ['with x as (select 1) select * from x', 'form: with x as (select 1) select * from x'],
    ['create table thing (id serial primary key)', 'serial'],
    ['create trigger t after insert on thing', 'form: create trigger t after insert on thing'],
    ['select * from thing for update skip locked', 'skip'],
    ['select id::text from thing', '::'],
    ['select * from thing where id = any($1)', 'any'],
    ['update thing set id = id || $1', '||'],
    ['truncate thing', 'form: truncate thing'],
  ])('refuses: %s', (statement, what) => {
    expect(foreignTo(statement, names)).toContain(what);
  });
});

/** The contract of the vault takes a store at once; ours is there a moment later. */
function lazily(opening: () => Promise<VaultStore>): VaultStore {
  const store = opening();
  return {
    read: async (...rest) => (await store).read(...rest),
    compareAndSwap: async (...rest) => (await store).compareAndSwap(...rest),
    feed: async (...rest) => (await store).feed(...rest),
    latestSlotFact: async (...rest) => (await store).latestSlotFact(...rest),
    listAccounts: async (...rest) => (await store).listAccounts(...rest),
    countUnderKey: async (...rest) => (await store).countUnderKey(...rest),
    listDue: async (...rest) => (await store).listDue(...rest),
  };
}
