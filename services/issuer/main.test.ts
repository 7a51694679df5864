import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createForgetfulDatabase, createTestDatabase } from '@/services/http/testing/postgres';
import { startInVain, startProcess } from '@/services/http/testing/process';
import { REALM_SET } from './testing/issuer';

const run = promisify(execFile);
const PROGRAM = 'services/issuer/main.ts';
const TSX = join(process.cwd(), 'node_modules/.bin/tsx');

let folder = '';
let publicSide: { witnessPublicKey: string; realmTenantKeys: Record<string, { data: string }> };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-issuer-'));
  const { stdout } = await run(TSX, ['services/issuer/admin.ts', 'init', join(folder, 'keys')]);
  publicSide = JSON.parse(stdout);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const environment = (changes: Record<string, string> = {}) => ({
  ISSUER_PORT: '0',
  ISSUER_KEYS_DIR: join(folder, 'keys'),
  ISSUER_DATA_DIR: join(folder, 'data'),
  ISSUER_EXTERNAL_URL: 'http://127.0.0.1:7201',
  ISSUER_REALM_SETS: JSON.stringify([REALM_SET]),
  ISSUER_IDENTITY_PROVIDERS: JSON.stringify([
    { id: 'local', issuer: 'http://127.0.0.1:9', clientIds: ['client'], jwksUrl: 'http://127.0.0.1:9/jwks' },
  ]),
  ISSUER_VAULT_URL: 'http://127.0.0.1:9',
  ISSUER_VAULT_RECEIPT_KEY: 'ab'.repeat(32),
  ISSUER_VAULT_SERVICE_KEY: 'a service key of some length',
  ...changes,
});

it('starts alone, answers and stops', { timeout: 120_000 }, async () => {
  const { witnessPublicKey, realmTenantKeys } = publicSide;
  const issuer = await startProcess(PROGRAM, environment());
  try {
    const { url } = issuer;
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const about = await (await fetch(`${url}/about`)).json();
    expect(about).toEqual({
      witnessPublicKey,
      tenantPublicKey: realmTenantKeys['halfkey:1']?.data,
      kid: 'halfkey:1',
    });
    const unsigned = await fetch(`${url}/witness`);
    expect([unsigned.status, (await unsigned.json()).code]).toEqual([401, 'unauthenticated']);
  } finally {
    expect(await issuer.stop()).toBe(0);
  }
});

it('starts in production on a database that keeps what it acknowledged, and on no other', {
  timeout: 120_000,
}, async () => {
  const inProduction = async (url?: Promise<string>) =>
    environment({ ISSUER_MODE: 'production', ...(url && { ISSUER_DATABASE_URL: await url }) });
  const forgetful = await startInVain(PROGRAM, await inProduction(createForgetfulDatabase()));
  expect(forgetful).toMatchObject({ status: 2, text: expect.stringContaining('synchronous_commit is off') });
  const embedded = await startInVain(PROGRAM, await inProduction());
  expect(embedded).toMatchObject({ status: 2, text: expect.stringContaining('may forget what it acknowledged') });
  const issuer = await startProcess(PROGRAM, await inProduction(createTestDatabase()));
  expect((await fetch(`${issuer.url}/livez`)).status).toBe(200);
  expect(await issuer.stop()).toBe(0);
});

it('says what is wrong with its configuration and does not start', { timeout: 60_000 }, async () => {
  const { status, text } = await startInVain(PROGRAM, {});
  expect([status, text]).toEqual([2, expect.stringContaining('ISSUER_VAULT_RECEIPT_KEY: should be')]);
});
