import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startInVain, startProcess } from '@/services/http/testing/process';
import { REALM_SET } from './testing/issuer';

const run = promisify(execFile);
const PROGRAM = 'services/issuer/main.ts';
const TSX = join(process.cwd(), 'node_modules/.bin/tsx');

it('makes its keys, starts alone, answers and stops', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-issuer-'));
  const keys = join(folder, 'keys');
  const { stdout } = await run(TSX, ['services/issuer/admin.ts', 'init', keys]);
  const { witnessPublicKey, realmTenantKeys } = JSON.parse(stdout);
  const issuer = await startProcess(PROGRAM, {
    ISSUER_PORT: '0',
    ISSUER_KEYS_DIR: keys,
    ISSUER_DATA_DIR: join(folder, 'data'),
    ISSUER_EXTERNAL_URL: 'http://127.0.0.1:7201',
    ISSUER_REALM_SETS: JSON.stringify([REALM_SET]),
    ISSUER_IDENTITY_PROVIDERS: JSON.stringify([
      { id: 'local', issuer: 'http://127.0.0.1:9', clientIds: ['client'], jwksUrl: 'http://127.0.0.1:9/jwks' },
    ]),
    ISSUER_VAULT_URL: 'http://127.0.0.1:9',
    ISSUER_VAULT_RECEIPT_KEY: 'ab'.repeat(32),
    ISSUER_VAULT_SERVICE_KEY: 'a service key of some length',
  });
  try {
    const { url } = issuer;
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const about = await (await fetch(`${url}/about`)).json();
    expect(about).toEqual({
      witnessPublicKey,
      tenantPublicKey: realmTenantKeys['halfkey:1'].data,
      kid: 'halfkey:1',
    });
    const unsigned = await fetch(`${url}/witness`);
    expect([unsigned.status, (await unsigned.json()).code]).toEqual([401, 'unauthenticated']);
  } finally {
    expect(await issuer.stop()).toBe(0);
  }
  await rm(folder, { recursive: true });
});

it('says what is wrong with its configuration and does not start', { timeout: 60_000 }, async () => {
  const { status, text } = await startInVain(PROGRAM, {});
  expect([status, text]).toEqual([2, expect.stringContaining('ISSUER_VAULT_RECEIPT_KEY: should be')]);
});
