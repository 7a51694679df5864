import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toBase64url } from '@/lib/bytes';
import { migrate, openDatabase } from '@/services/http/database/database';
import { createForgetfulDatabase, createTestDatabase } from '@/services/http/testing/postgres';
import { startInVain, startProcess } from '@/services/http/testing/process';
import { vaultMigrations } from './store/migrations';

const TSX = ['--import', 'tsx'];
const PROGRAM = 'services/vault/main.ts';
const run = promisify(execFile);
const NEWER = `${String(Object.keys(vaultMigrations).length + 1).padStart(4, '0')}-of-a-newer-version`;
let folder = '';
let publicSide: { vaultId: string; receiptPublicKey: string };

const at = (...names: string[]) => join(folder, ...names);
const admin = (service: string, ...args: string[]) =>
  run(process.execPath, [...TSX, `services/${service}/admin.ts`, ...args]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-vault-'));
  const made = await Promise.all([admin('vault', 'init', at('keys')), admin('kms', 'init', at('kms'))]);
  publicSide = JSON.parse(made[0].stdout);
  await admin('kms', 'init', at('other-kms'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const provider = {
  id: 'test',
  issuer: 'http://127.0.0.1:1',
  clientIds: ['extension'],
  jwksUrl: 'http://127.0.0.1:1/jwks',
};

const environment = (changes: Record<string, string> = {}) => ({
  VAULT_PORT: '0',
  VAULT_EXTERNAL_URL: 'http://127.0.0.1:7101',
  VAULT_KEYS_DIR: at('keys'),
  VAULT_KMS_DIR: at('kms'),
  VAULT_DATA_DIR: at('data'),
  VAULT_WITNESS_KEY: '5c6976e70c3746066604129797b61308502cc0ffb5bef269a123fb987d247303',
  VAULT_IDENTITY_PROVIDERS: JSON.stringify([provider]),
  ...changes,
});

const startVault = () => startProcess(PROGRAM, environment());
const startWith = (changes: Record<string, string>) => startInVain(PROGRAM, environment(changes));

describe('the vault as a process', { timeout: 120_000 }, () => {
  it('starts alone, twice on the same folder, and stops when told', async () => {
    for (const _ of ['first', 'second']) {
      const vault = await startVault();
      expect(await (await fetch(`${vault.url}/about`)).json()).toEqual({
        vaultId: toBase64url(fromHex(publicSide.vaultId)),
        receiptPublicKey: toBase64url(fromHex(publicSide.receiptPublicKey)),
      });
      expect((await fetch(`${vault.url}/backup`)).status).toBe(401);
      expect(await vault.stop()).toBe(0);
    }
  });

  it('refuses to start with a key ring that is not that of its database', async () => {
    const vault = await startVault();
    await vault.stop();
    const { status, text } = await startWith({ VAULT_KMS_DIR: at('other-kms') });
    expect([status, text]).toEqual([2, 'The keys are not those that encrypted this database.\n']);
  });

  it('refuses a database that a newer version has migrated, and is not started again and again', async () => {
    const databaseUrl = await createTestDatabase();
    const { db, close } = await openDatabase({ databaseUrl });
    await migrate(db, { ...vaultMigrations, [NEWER]: async () => undefined });
    await close();
    const { status, text } = await startWith({ VAULT_DATABASE_URL: databaseUrl });
    expect([status, text]).toEqual([2, expect.stringContaining(`newer version (${NEWER})`)]);
  });

  it('refuses keys that are missing or that others can read', async () => {
    const missing = await startWith({ VAULT_KEYS_DIR: at('nowhere') });
    expect(missing).toMatchObject({ status: 2, text: expect.stringContaining('receipt.key is missing') });
    await cp(at('keys'), at('open-keys'), { recursive: true });
    await chmod(at('open-keys', 'receipt.key'), 0o644);
    const open = await startWith({ VAULT_KEYS_DIR: at('open-keys') });
    expect(open).toMatchObject({ status: 2, text: expect.stringContaining('can be read by others') });
  });

  it('refuses keys in local files in production unless they are meant', async () => {
    const refused = await startWith({ VAULT_MODE: 'production' });
    expect(refused).toMatchObject({ status: 2, text: expect.stringContaining('VAULT_KMS_LOCAL_ACKNOWLEDGED') });
  });

  it('starts in production on a database that keeps what it acknowledged, and on no other', async () => {
    const production = { VAULT_MODE: 'production', VAULT_KMS_LOCAL_ACKNOWLEDGED: 'yes' };
    const forgetful = await startWith({ ...production, VAULT_DATABASE_URL: await createForgetfulDatabase() });
    expect(forgetful).toMatchObject({ status: 2, text: expect.stringContaining('synchronous_commit is off') });
    const changes = { ...production, VAULT_DATABASE_URL: await createTestDatabase() };
    const vault = await startProcess(PROGRAM, environment(changes));
    expect((await fetch(`${vault.url}/livez`)).status).toBe(200);
    expect(await vault.stop()).toBe(0);
  });

  it('names every variable that is wrong, and none of their values', async () => {
    const { status, text } = await startWith({ VAULT_WITNESS_KEY: 'secret!', VAULT_PORT: '70000' });
    expect(status).toBe(2);
    expect(text).toMatch(/VAULT_WITNESS_KEY: should be 64 hex digits/);
    expect(text).toMatch(/VAULT_PORT: should be/);
    expect(text).not.toContain('secret!');
  });
});

describe('admin', { timeout: 60_000 }, () => {
  it('makes keys that only their owner may read, and never replaces them', async () => {
    for (const name of ['receipt.key', 'session.key', 'issuer-service.key'])
      expect((await stat(at('keys', name))).mode & 0o777).toBe(0o600);
    await expect(admin('vault', 'init', at('keys'))).rejects.toMatchObject({ code: 1 });
    expect(JSON.parse((await admin('vault', 'show', at('keys'))).stdout)).toEqual(publicSide);
  });
});
