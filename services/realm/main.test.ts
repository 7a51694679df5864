import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'cborg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { startInVain, startProcess } from '@/services/http/testing/process';
import { createRealmApp } from './app';
import type { Operation } from './protocol/tokens';
import type { SecretsRequest } from './protocol/wire';
import { createMemoryStore } from './store/memory-store';
import { encodeRequest, makeRegistration, random } from './testing/device';
import { createTenant, KEY_ID } from './testing/tenant';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const PROGRAM = 'services/realm/main.ts';
const tenant = createTenant();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-realm-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const settings = () => ({
  REALM_ID,
  REALM_TENANT_KEYS: JSON.stringify({
    [KEY_ID]: { data: tenant.publicKeyHex, encoding: 'Hex', algorithm: 'Edwards25519' },
  }),
  REALM_PORT: '0',
  REALM_DATA_DIR: join(folder, 'data'),
});

const startRealm = () => startProcess(PROGRAM, settings());

async function send(url: string, operation: Operation, request: SecretsRequest) {
  const token = await tenant.sign({ realmId: REALM_ID, operation, nowMs: Date.now() });
  const response = await fetch(new URL('req', url), {
    method: 'POST',
    body: new Uint8Array(encodeRequest(request)),
    headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' },
  });
  return decode(new Uint8Array(await response.arrayBuffer()));
}

const NEW_EACH_TIME = ['connection', 'content-length', 'date', 'keep-alive', 'x-exec-time', 'x-request-id'];
const steady = async (response: Response) => ({
  status: response.status,
  headers: [...response.headers].filter(([name]) => !NEW_EACH_TIME.includes(name)).sort(),
  body: await response.text(),
});

/** A process answers with objects of the adapter's own: status, headers and body have to be those that the suites see. */
async function answersAsWithinAProcess(url: string) {
  const app = createRealmApp({
    realmId: REALM_ID,
    tenants: tenant.keys,
    store: createMemoryStore(),
    now: Date.now,
    random,
  });
  const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
  const token = await tenant.sign({ realmId: REALM_ID, operation: 'recover', nowMs: Date.now() });
  const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' };
  const body = new Uint8Array(encodeRequest({ kind: 'Register1' }));
  const requests: (readonly [string, RequestInit])[] = [
    ['/', {}],
    ['/nothing', {}],
    ['/livez', { method: 'HEAD' }],
    ['/req', { method: 'OPTIONS', headers: preflight }],
    ['/req', { method: 'POST' }],
    ['/req', { method: 'POST', headers, body: new Uint8Array(3000) }],
    ['/req', { method: 'POST', headers, body: new Uint8Array(1) }],
    ['/req', { method: 'POST', headers, body }],
    ['/req', { method: 'POST', headers: { authorization: `Bearer ${token}` }, body }],
  ];
  for (const [path, init] of requests)
    expect(await steady(await fetch(new URL(path, url), init))).toEqual(await steady(await app.request(path, init)));
}

describe('the realm as a process', () => {
  it('keeps what it stored over a stop and a start', async () => {
    const first = await startRealm();
    expect(await (await fetch(first.url)).json()).toEqual({ realmID: REALM_ID });
    const registration = makeRegistration(8);
    expect(await send(first.url, 'register', { kind: 'Register2', registration })).toEqual({ Register2: 'Ok' });
    await answersAsWithinAProcess(first.url);
    expect(await first.stop()).toBe(0);
    const second = await startRealm();
    expect(await send(second.url, 'recover', { kind: 'Recover1' })).toEqual({
      Recover1: { Ok: { version: registration.version } },
    });
    expect(await second.stop()).toBe(0);
  }, 120_000);

  it('does not start without its configuration, and says what is missing', async () => {
    const { status, text } = await startInVain(PROGRAM, {});
    expect(status).toBe(2);
    expect(text).toContain('REALM_ID: should be 32 lower-case hex digits');
    expect(text).toContain('REALM_TENANT_KEYS: should be JSON');
  }, 60_000);

  it('does not start in production on a database that forgets, nor on one that went back in time', async () => {
    const markFile = join(folder, 'mark');
    await writeFile(markFile, '7\n');
    const production = { ...settings(), REALM_MODE: 'production', REALM_MARK_FILE: markFile };
    const embedded = await startInVain(PROGRAM, production);
    expect(embedded).toMatchObject({ status: 2, text: expect.stringContaining('REALM_DATABASE_URL must name') });
    const behind = await startInVain(PROGRAM, { ...production, REALM_DATABASE_URL: await createTestDatabase() });
    expect(behind).toMatchObject({ status: 2, text: expect.stringContaining('halfkey-admin realm restored') });
  }, 60_000);
});
