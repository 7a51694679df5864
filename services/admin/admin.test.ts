import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '@/services/http/database/database';
import { createForgetfulDatabase, createTestDatabase } from '@/services/http/testing/postgres';
import { createKeys } from '@/services/issuer/keys';
import { recordId } from '@/services/realm/protocol/record';
import { tenantKeysSchema } from '@/services/realm/protocol/tokens';
import { createPostgresStore, type RealmSchema } from '@/services/realm/store/postgres-store';
import { makeRegistration, random } from '@/services/realm/testing/device';
import { createKeys as createVaultKeys } from '@/services/vault/keys';
import { COMMANDS } from './commands';
import { runAdmin, USAGE } from './run';
import { openTarget, TARGETS, type TargetName } from './targets';
import { fillTables } from './testing/fill';

const NOW_MS = 1_800_000_000_000;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-admin-'));
});
afterAll(() => rm(folder, { recursive: true }));

const environmentOf = (name: TargetName, url: string) => ({ [`${name.toUpperCase()}_DATABASE_URL`]: url });
const run = (line: string, environment: Record<string, string> = {}) =>
  runAdmin(line.split(' '), { environment, now: () => NOW_MS, random });

/** The value that `--json` printed. */
async function ask(line: string, environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = await run(`${line} --json`, environment);
  expect(stderr).toBe('');
  return { status, ...JSON.parse(stdout) };
}

describe('the command line', () => {
  it('tells how it is used when it does not understand', async () => {
    for (const line of ['', 'migrate', 'migrate vault vault', 'kms', 'drop vault', 'migrate vault --force']) {
      const { status, stdout, stderr } = await run(line);
      expect([line, status, stdout]).toEqual([line, 2, '']);
      expect(stderr).toContain(USAGE);
    }
    for (const { words } of COMMANDS) expect(USAGE).toContain(words);
  });

  it('says the same in JSON, in one value', async () => {
    expect(await ask('migrate')).toEqual({ status: 2, ok: false, error: 'There is no such command.' });
    expect(await ask('migrate identity')).toMatchObject({
      status: 2,
      ok: false,
      error: 'SERVICE should be vault, issuer, relay, realm',
    });
    expect(await ask('tenant-keys show . --tenant a:b')).toMatchObject({ status: 2, ok: false });
  });

  it('quotes no password of an address that does not answer', async () => {
    const environment = { VAULT_DATABASE_URL: 'postgres://vault:PLANTED@127.0.0.1:1/vault' };
    const printed = await run('migrate vault', environment);
    expect(printed.status).toBe(1);
    expect(printed.stderr).toContain('ECONNREFUSED');
    expect(JSON.stringify(printed)).not.toContain('PLANTED');
    expect((await run('migrate vault', { VAULT_DATABASE_URL: 'mysql://PLANTED' })).stderr).not.toContain('PLANTED');
  });
});

describe.each(['vault', 'issuer', 'relay', 'realm'] as const)('the database of %s', (name) => {
  let environment: Record<string, string>;
  beforeAll(async () => {
    environment = environmentOf(name, await createTestDatabase());
  });
  const names = Object.keys(TARGETS[name].migrations);

  it('is tried, then migrated, then in order', async () => {
    expect(await ask(`doctor ${name}`, environment)).toMatchObject({ status: 1, ok: false });
    expect(await ask(`migrate ${name} --dry-run`, environment)).toMatchObject({ dryRun: true, migrations: names });
    expect(await ask(`migrate ${name}`, environment)).toMatchObject({ ok: true, migrations: names });
    expect(await ask(`migrate ${name}`, environment)).toMatchObject({ migrations: [] });
    expect((await run(`migrate ${name}`, environment)).stdout).toBe('Nothing is missing.\n');
    const { findings } = await ask(`doctor ${name}`, environment);
    const wrong = findings.filter(({ ok }: { ok: boolean }) => !ok).map(({ check }: { check: string }) => check);
    expect(wrong).toEqual(name === 'realm' ? ['mark'] : []);
  });

  it('is said to forget what it acknowledged where it does', async () => {
    const { status, findings } = await ask(`doctor ${name}`, environmentOf(name, await createForgetfulDatabase()));
    const detail = 'The database may forget what it acknowledged: synchronous_commit is off.';
    expect(status).toBe(1);
    expect(findings).toContainEqual({ check: 'durability', ok: false, detail });
  });

  it('goes through a backup into an empty one, row by row', async () => {
    const database = await openTarget(name, environment);
    await fillTables(database.db, Object.keys(TARGETS[name].tables), 3);
    const contents = async (db: typeof database.db) => {
      const tables: Record<string, unknown[]> = {};
      for (const [table, key] of Object.entries(TARGETS[name].tables)) {
        const all = db.selectFrom(table).selectAll();
        tables[table] = await key.reduce((query, column) => query.orderBy(column), all).execute();
      }
      return tables;
    };
    const before = await contents(database.db);
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
    await database.close();

    const backup = join(folder, name);
    expect((await run(`export ${name} ${backup}`, environment)).status).toBe(0);
    for (const file of await readdir(backup)) expect((await stat(join(backup, file))).mode & 0o077).toBe(0);
    expect((await run(`export ${name} ${backup}`, environment)).stderr).toContain('new folder');

    const empty = environmentOf(name, await createTestDatabase());
    expect(await ask(`import ${name} ${backup}`, empty)).toMatchObject({ ok: true, service: name });
    const restored = await openTarget(name, empty);
    expect(await contents(restored.db)).toEqual(before);
    await restored.close();
    expect((await run(`import ${name} ${backup}`, empty)).stderr).toContain('is not empty');
  });

  it('takes nothing of a backup that is damaged, of another service, newer or unfinished', async () => {
    const empty = environmentOf(name, await createTestDatabase());
    const backup = join(folder, name);
    const [first = ''] = Object.keys(TARGETS[name].tables);
    const whole = await readFile(join(backup, `${first}.jsonl`), 'utf8');
    const manifest = await readFile(join(backup, 'manifest.json'), 'utf8');
    const errorOf = async () => (await ask(`import ${name} ${backup}`, empty)).error;

    await writeFile(join(backup, `${first}.jsonl`), whole.split('\n').slice(1).join('\n'));
    expect(await errorOf()).toContain('is not what the manifest says');
    await writeFile(join(backup, `${first}.jsonl`), whole.slice(0, -20));
    expect(await errorOf()).toContain('is damaged');
    await writeFile(join(backup, `${first}.jsonl`), whole);
    await writeFile(join(backup, 'manifest.json'), manifest.replace('0001', '9001'));
    expect(await errorOf()).toContain('newer version');
    await writeFile(join(backup, 'manifest.json'), manifest.replace(`"${name}"`, '"other"'));
    expect(await errorOf()).toContain('a backup of other');
    await rm(join(backup, 'manifest.json'));
    expect(await errorOf()).toContain('no finished backup');
    await writeFile(join(backup, 'manifest.json'), manifest);
    expect(await ask(`import ${name} ${backup}`, empty)).toMatchObject({ ok: true });
  });
});

describe('a realm', () => {
  it('gets an id once, on a database of its own', async () => {
    const environment = environmentOf('realm', await createTestDatabase());
    const { realmId } = await ask('realm init', environment);
    expect(realmId).toMatch(/^[0-9a-f]{32}$/);
    expect(await ask('realm init', environment)).toMatchObject({ status: 1, ok: false });
  });

  it('is marked after a restore, and the log does again what the backup does not know', async () => {
    const mark = join(folder, 'mark');
    const environment = { ...environmentOf('realm', await createTestDatabase()), REALM_MARK_FILE: mark };
    const database = await openTarget<RealmSchema>('realm', environment);
    const { db } = database;
    await migrate(db, TARGETS.realm.migrations);
    const record = {
      state: 'registered' as const,
      registration: makeRegistration(8),
      guessCount: 0,
      recentGuesses: [],
      eraseAtMs: null,
    };
    const event = { tenant: 'acme', userId: 'ab'.repeat(32), atMs: 1, event: 'registered' as const };
    const store = createPostgresStore(db, random);
    await store.compareAndSwap(recordId('acme', 'user'), null, record, {
      ...event,
      numGuesses: null,
      guessCount: null,
    });
    await writeFile(mark, '41\n');
    expect((await ask('doctor realm', environment)).findings).toContainEqual(
      expect.objectContaining({ check: 'mark', ok: false }),
    );

    const events = join(folder, 'events.jsonl');
    const line = { id: 'e1', ack: 'e1', when: '2027-01-15T08:00:00.000Z', user_id: event.userId, event: 'guess_used' };
    await writeFile(events, `${JSON.stringify({ ...line, num_guesses: 8, guess_count: 5 })}\n`);
    expect(await ask(`realm restored --events ${events} --tenant acme`, environment)).toMatchObject({
      ok: true,
      marked: 1,
      replayed: 1,
    });
    expect((await store.read(recordId('acme', 'user')))?.record).toMatchObject({ guessCount: 5 });
    const { findings } = await ask('doctor realm', environment);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'mark', ok: true }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'restored rows', ok: false }));
    await appendFile(events, 'not an event\n');
    expect(await ask(`realm restored --events ${events}`, environment)).toMatchObject({ status: 1, ok: false });
    await database.close();
  });
});

describe('keys', () => {
  it('of a vault are made once, rotated, and retired once nothing is under them', async () => {
    const [ring, keys] = [join(folder, 'ring'), join(folder, 'vault-keys')];
    await createVaultKeys(keys, random);
    const database = environmentOf('vault', await createTestDatabase());
    const environment = { ...database, VAULT_KEYS_DIR: keys, VAULT_KMS_DIR: ring };
    await ask('migrate vault', environment);
    expect(await ask('kms rotate', environment)).toMatchObject({ status: 1, ok: false });
    expect(await ask(`kms init ${ring}`)).toMatchObject({ ok: true, version: 1 });
    expect(await ask(`kms init ${ring}`)).toMatchObject({ status: 1, ok: false });
    expect(await ask('kms rewrap', environment)).toMatchObject({ ok: true });
    expect((await ask('kms rotate', environment)).reports).toEqual([{ done: 'rotate', version: '2' }]);
    expect(await ask('kms retire 2', environment)).toMatchObject({
      status: 1,
      error: expect.stringContaining('current'),
    });
    expect((await ask('kms rewrap', environment)).reports).toContainEqual(
      expect.objectContaining({ done: 'rewrap', version: '2' }),
    );
    expect(await ask('kms rewrap --after nonsense', environment)).toMatchObject({ status: 2 });
  });

  it('of a tenant rotate, and are told in the form that a realm reads', async () => {
    const keys = join(folder, 'issuer-keys');
    expect(await ask(`tenant-keys show ${keys}`)).toMatchObject({ status: 1, ok: false });
    await createKeys(keys, random);
    const shown = await ask(`tenant-keys show ${keys}`);
    const rotated = await ask(`tenant-keys rotate ${keys}`);
    expect([shown.versions, rotated.versions]).toEqual([[1], [1, 2]]);
    expect(rotated.realmTenantKeys['halfkey:1']).toEqual(shown.realmTenantKeys['halfkey:1']);
    const known = tenantKeysSchema.parse(JSON.stringify(rotated.realmTenantKeys));
    expect([...known.keys()]).toEqual(['halfkey:1', 'halfkey:2']);
    expect((await run(`tenant-keys show ${keys}`)).stdout).toContain('ISSUER_TENANT_KEY_VERSION=2');
  });
});

it('reads the database by the variables of the service, and says which is wrong', async () => {
  const missing = await run('migrate realm', { REALM_DATABASE_URL_FILE: join(folder, 'nowhere') });
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('REALM_DATABASE_URL_FILE')]);
});
