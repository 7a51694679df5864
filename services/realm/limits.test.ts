import { decode } from 'cborg';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryRateLimitStore } from '@/services/http/limits/rate-limit';
import { conformanceTo } from '@/services/http/testing/conformance';
import { createRealmApp } from './app';
import { createRealmLimits } from './limits';
import { realmDocument } from './openapi';
import type { Operation } from './protocol/tokens';
import type { SecretsRequest } from './protocol/wire';
import { createMemoryStore } from './store/memory-store';
import { encodeRequest, makeRegistration, random, randomPoint } from './testing/device';
import { createTenant } from './testing/tenant';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const PER_MINUTE = 6;
const tenant = createTenant();
const conforms = conformanceTo(realmDocument);
let nowMs: number;
let network: string;
let app: ReturnType<typeof createRealmApp>;

beforeEach(() => {
  nowMs = 1_800_000_000_000;
  network = '192.0.2.1';
  const now = () => nowMs;
  app = createRealmApp({
    realmId: REALM_ID,
    tenants: tenant.keys,
    store: createMemoryStore(),
    now,
    random,
    limits: createRealmLimits({
      store: memoryRateLimitStore(),
      addressOf: () => network,
      addressPerMinute: 20,
      tokenPerMinute: PER_MINUTE,
      now,
    }),
  });
});

async function send(operation: Operation, request: SecretsRequest, subject = 'user', token?: string) {
  const signed = token ?? (await tenant.sign({ realmId: REALM_ID, operation, subject, nowMs }));
  const response = await app.request('/req', {
    method: 'POST',
    headers: { authorization: `Bearer ${signed}`, 'x-juicebox-version': '0.3.7' },
    body: new Uint8Array(encodeRequest(request)),
  });
  await conforms({ method: 'POST', path: '/req' }, response);
  return response;
}

const tokenFor = (subject: string) => tenant.sign({ realmId: REALM_ID, operation: 'recover', subject, nowMs });
const answerOf = async (response: Response) => decode(new Uint8Array(await response.arrayBuffer()));
const guess = (version: Uint8Array): SecretsRequest => ({ kind: 'Recover2', version, blindedInput: randomPoint() });

describe('the limits of a realm', () => {
  it('refuse a guess without counting it: every one that was paid for is still there afterwards', async () => {
    const registration = makeRegistration(8);
    const { version, unlockKeyTag } = registration;
    await send('register', { kind: 'Register2', registration });
    const token = await tokenFor('user');
    for (let each = 0; each < PER_MINUTE; each += 1)
      expect((await send('recover', { kind: 'Recover1' }, 'user', token)).status).toBe(200);
    for (let each = 0; each < 20; each += 1) {
      network = `192.0.2.${each}`;
      const refused = await send('recover', guess(version), 'user', token);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    }
    nowMs += 60_000;
    const { Recover2 } = await answerOf(await send('recover', guess(version)));
    expect(Recover2.Ok).toMatchObject({ num_guesses: 8, guess_count: 1 });
    const { Recover3 } = await answerOf(await send('recover', { kind: 'Recover3', version, unlockKeyTag }));
    expect(Recover3.Ok).toBeDefined();
  });

  it('are for each token alone, and for the network of whoever shows no good one', async () => {
    const [thiefs, owners] = [await tokenFor('user'), await tokenFor('user')];
    for (let each = 0; each <= PER_MINUTE; each += 1) await send('recover', { kind: 'Recover1' }, 'user', thiefs);
    expect((await send('recover', { kind: 'Recover1' }, 'user', thiefs)).status).toBe(429);
    expect((await send('recover', { kind: 'Recover1' }, 'user', owners)).status).toBe(200);
    network = '198.51.100.7';
    const statuses: number[] = [];
    for (let each = 0; each < 22; each += 1)
      statuses.push((await send('recover', { kind: 'Recover1' }, 'user', 'a.b.c')).status);
    expect(statuses).toEqual([...Array(20).fill(401), 429, 429]);
    network = '198.51.100.8';
    expect((await send('recover', { kind: 'Recover1' }, 'user', 'a.b.c')).status).toBe(401);
  });

  it('of the address come before all that is wrong with a token, and use nothing of a good one up', async () => {
    const token = await tokenFor('user');
    for (let each = 0; each < 20; each += 1) await send('recover', { kind: 'Recover1' }, 'user', 'a.b.c');
    const body = new Uint8Array(encodeRequest({ kind: 'Recover1' }));
    for (const headers of [{}, { authorization: `Bearer ${token}` }, { authorization: 'Bearer a.b.c' }])
      expect((await app.request('/req', { method: 'POST', headers, body })).status).toBe(429);
    for (let each = 0; each < 20; each += 1) {
      const refused = await send('recover', { kind: 'Recover1' }, 'user', token);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    }
    network = '198.51.100.7';
    const statuses: number[] = [];
    for (let each = 0; each <= PER_MINUTE; each += 1)
      statuses.push((await send('recover', { kind: 'Recover1' }, 'user', token)).status);
    expect(statuses).toEqual([...Array(PER_MINUTE).fill(200), 429]);
  });

  it('say nothing that a client could take for a response of the realm', async () => {
    const token = await tokenFor('user');
    for (let each = 0; each < PER_MINUTE; each += 1) await send('recover', { kind: 'Recover1' }, 'user', token);
    const refused = await send('recover', { kind: 'Recover1' }, 'user', token);
    expect(await refused.clone().text()).toBe('too many requests');
    await expect(answerOf(refused)).rejects.toThrow();
  });
});

describe('the document of a realm', () => {
  it('has every route, and no other', () => {
    const served = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    const described = Object.entries(realmDocument.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(new Set(described)).toEqual(new Set(served));
  });

  it('is served, and foretells what anybody is answered', async () => {
    expect(await (await app.request('/openapi.json')).json()).toEqual(realmDocument);
    for (const path of ['/', '/livez', '/readyz', '/openapi.json'])
      await conforms({ method: 'GET', path }, await app.request(path));
    for (const path of ['/req', '/tenant_log', '/tenant_log/ack'])
      await conforms({ method: 'POST', path }, await app.request(path, { method: 'POST', body: 'x' }));
  });
});
