import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createForgetfulDatabase, createTestDatabase } from '@/services/http/testing/postgres';
import { startInVain, startProcess } from '@/services/http/testing/process';

const run = promisify(execFile);
const PROGRAM = 'services/relay/main.ts';
const admin = (...args: string[]) => run(process.execPath, ['--import', 'tsx', 'services/relay/admin.ts', ...args]);
const pem = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let folder = '';
const at = (...names: string[]) => join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-relay-'));
  await admin('init', at('keys'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const environment = () => ({
  RELAY_PORT: '0',
  RELAY_EXTERNAL_URL: 'http://127.0.0.1:7401',
  RELAY_KEYS_DIR: at('keys'),
  RELAY_DATA_DIR: at('data'),
  RELAY_EXTENSION_URLS: 'https://a.chromiumapp.org/',
  RELAY_PROVIDERS: JSON.stringify([
    { id: 'apple', kind: 'apple', issuer: 'http://127.0.0.1:9', clientId: 'client', teamId: 'TEAM', keyId: 'KEY' },
  ]),
});
const writeKey = (text: string, mode = 0o600) =>
  writeFile(at('keys', 'apple.key'), text, { mode }).then(() => chmod(at('keys', 'apple.key'), mode));

describe('the relay as a process', { timeout: 120_000 }, () => {
  it('does not start without the key of a provider, with another kind of key, or with one that others can read', async () => {
    expect(await startInVain(PROGRAM, environment())).toMatchObject({
      status: 2,
      text: expect.stringContaining('apple.key is missing'),
    });
    await writeKey(pem('secp384r1'));
    const text = expect.stringContaining('private P-256 key');
    expect(await startInVain(PROGRAM, environment())).toMatchObject({ status: 2, text });
    await writeKey(pem('P-256'), 0o644);
    const open = await startInVain(PROGRAM, environment());
    expect(open).toMatchObject({ status: 2, text: expect.stringContaining('can be read by others') });
  });

  it('starts alone, says that its provider does not answer, and stops when told', async () => {
    await writeKey(pem('P-256'));
    const relay = await startProcess(PROGRAM, environment());
    try {
      expect((await fetch(`${relay.url}/livez`)).status).toBe(200);
      const whatIsWrong = async () => (await (await fetch(`${relay.url}/readyz`)).json()).detail;
      // A database that just started may be slow to answer the first time.
      await expect.poll(whatIsWrong, { timeout: 60_000 }).toBe('Not in order: providers.');
      expect((await fetch(`${relay.url}/redeem`, { method: 'POST' })).status).toBe(400);
    } finally {
      expect(await relay.stop()).toBe(0);
    }
  });

  it('starts in production on a database that keeps what it acknowledged, and on no other', async () => {
    await writeKey(pem('P-256'));
    const production = { ...environment(), RELAY_MODE: 'production' };
    const forgetful = await startInVain(PROGRAM, {
      ...production,
      RELAY_DATABASE_URL: await createForgetfulDatabase(),
    });
    expect(forgetful).toMatchObject({ status: 2, text: expect.stringContaining('synchronous_commit is off') });
    const relay = await startProcess(PROGRAM, { ...production, RELAY_DATABASE_URL: await createTestDatabase() });
    expect((await fetch(`${relay.url}/livez`)).status).toBe(200);
    expect(await relay.stop()).toBe(0);
  });
});

describe('admin', { timeout: 60_000 }, () => {
  it('makes a key that only its owner may read, and never replaces it', async () => {
    expect((await stat(at('keys', 'session.key'))).mode & 0o777).toBe(0o600);
    await expect(admin('init', at('keys'))).rejects.toMatchObject({ code: 1 });
  });
});
