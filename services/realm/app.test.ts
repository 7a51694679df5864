import { decode } from 'cborg';
import { afterAll, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { createLogger } from '@/services/http/server/logger';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createRealmApp } from './app';
import { recordId } from './protocol/record';
import type { Operation } from './protocol/tokens';
import type { SecretsRequest } from './protocol/wire';
import { sweep } from './realm';
import { createMemoryStore } from './store/memory-store';
import { createPostgresStore } from './store/postgres-store';
import type { RealmStore } from './store/store';
import { openRealmDatabase } from './testing/database';
import { encodeRequest, makeRegistration, random, randomPoint } from './testing/device';
import { createTenant, type TokenOptions } from './testing/tenant';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const REGISTER1 = encodeRequest({ kind: 'Register1' });

function openRealm(store: RealmStore = createMemoryStore()) {
  const tenant = createTenant();
  const clock = { nowMs: 1_800_000_000_000 };
  const realm = { store, now: () => clock.nowMs, random };
  const app = createRealmApp({ ...realm, realmId: REALM_ID, tenants: tenant.keys });
  const tokenFor = (operation: Operation, options: Partial<TokenOptions> = {}) =>
    tenant.sign({ realmId: REALM_ID, operation, nowMs: clock.nowMs, ...options });
  const post = (token: string, body: Uint8Array, headers: Record<string, string> = {}) =>
    app.request('/req', {
      method: 'POST',
      body: new Uint8Array(body),
      headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7', ...headers },
    });
  const send = async (operation: Operation, request: SecretsRequest, options: Partial<TokenOptions> = {}) =>
    post(await tokenFor(operation, options), encodeRequest(request));
  return { app, clock, realm, store, tokenFor, post, send };
}

const decoded = async (response: Response) => decode(new Uint8Array(await response.arrayBuffer()));

describe('GET /', () => {
  it('names the realm', async () => {
    const response = await openRealm().app.request('/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(`{"realmID":"${REALM_ID}"}`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('CORS', () => {
  it('answers a preflight with every header by name, for ten minutes', async () => {
    const response = await openRealm().app.request('/req', {
      method: 'OPTIONS',
      headers: {
        origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-juicebox-version',
      },
    });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'Authorization,X-Juicebox-Version,User-Agent,Content-Type',
    );
    expect(response.headers.get('access-control-max-age')).toBe('600');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('lets a page read every error', async () => {
    const { app, post, tokenFor } = openRealm();
    const answers = [
      await app.request('/nothing'),
      await app.request('/req', { method: 'POST' }),
      await post('a.b.c', REGISTER1),
      await post(await tokenFor('register'), new Uint8Array(2049)),
      await post(await tokenFor('register'), new Uint8Array(1)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 401, 401, 413, 400]);
    for (const answer of answers) expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('POST /req', () => {
  it('answers with the exact bytes and headers of the protocol', async () => {
    const { send } = openRealm();
    const response = await send('register', { kind: 'Register1' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('x-exec-time')).toMatch(/^\d+$/);
    expect(toHex(new Uint8Array(await response.arrayBuffer()))).toBe('a169526567697374657231624f6b');
  });

  it('needs no content type', async () => {
    const { post, tokenFor } = openRealm();
    for (const type of ['application/octet-stream', 'text/plain', 'application/json']) {
      expect((await post(await tokenFor('register'), REGISTER1, { 'content-type': type })).status).toBe(200);
    }
  });

  it.each<[string, number]>([
    ['0.2.0', 200],
    ['0.3.7', 200],
    ['1.0.0', 200],
    ['0.10.0-beta.1+build', 200],
    ['0.1.9', 426],
    ['0.0.0', 426],
    ['', 426],
    ['0.3', 426],
    ['v0.3.7', 426],
    ['00.3.7', 426],
    ['0.3.7 ,0.3.7', 426],
  ])('serves an SDK that says version "%s" with %d', async (version, status) => {
    const { post, tokenFor } = openRealm();
    const response = await post(await tokenFor('register'), REGISTER1, { 'x-juicebox-version': version });
    expect(response.status).toBe(status);
    if (status === 426) expect(await response.text()).toBe('SDK upgrade required');
  });

  it('checks size, signature, version, claims, encoding and state in this order', async () => {
    const { post, tokenFor } = openRealm();
    const old = { 'x-juicebox-version': '0.1.0' };
    const garbage = new Uint8Array(3);
    const otherRealm = await tokenFor('recover', { payload: { aud: 'ff'.repeat(16) } });
    const genuine = await tokenFor('recover');
    const answers = [
      await post('a.b.c', new Uint8Array(2049), old),
      await post('a.b.c', garbage, old),
      await post(otherRealm, garbage, old),
      await post(otherRealm, garbage),
      await post(genuine, garbage),
      await post(genuine, REGISTER1),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 401, 426, 401, 400, 401]);
  });

  it('tells a missing, a malformed and an invalid token by their bodies', async () => {
    const { app, post } = openRealm();
    const missing = { message: 'missing or malformed jwt' };
    expect(await (await app.request('/req', { method: 'POST', body: 'x' })).json()).toEqual(missing);
    expect(await (await post('not a token', REGISTER1)).json()).toEqual(missing);
    expect(await (await post('a.b.c', REGISTER1)).json()).toEqual({ message: 'invalid or expired jwt' });
  });

  it('takes 2048 bytes and not one more, announced or streamed', async () => {
    const { app, post, tokenFor } = openRealm();
    const token = await tokenFor('register');
    expect((await post(token, new Uint8Array(2048))).status).toBe(400);
    expect((await post(token, new Uint8Array(2049))).status).toBe(413);
    const endless = new ReadableStream<Uint8Array>({ pull: (sink) => sink.enqueue(new Uint8Array(1024)) });
    const init = { method: 'POST', body: endless, duplex: 'half', headers: { authorization: `Bearer ${token}` } };
    expect((await app.request('/req', init)).status).toBe(413);
  });

  it('never answers an error with something that parses as a response', async () => {
    const { app, post, send, tokenFor } = openRealm();
    await send('register', { kind: 'Register2', registration: makeRegistration(8) });
    const answers = [
      await app.request('/nothing', { method: 'POST' }),
      await post('a.b.c', REGISTER1),
      await post(await tokenFor('register'), REGISTER1, { 'x-juicebox-version': '0.1.0' }),
      await post(await tokenFor('register', { payload: { iss: 'other' } }), REGISTER1),
      await post(await tokenFor('register'), new Uint8Array(2049)),
      await post(await tokenFor('register'), new Uint8Array(0)),
      await send('recover', { kind: 'Delete' }),
      await send('register', { kind: 'Register2', registration: makeRegistration(8) }),
      await openRealm(brokenStore()).send('recover', { kind: 'Recover1' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 401, 426, 401, 413, 400, 401, 401, 500]);
    for (const answer of answers) {
      const body = new Uint8Array(await answer.arrayBuffer());
      expect(body.length).toBeGreaterThan(0);
      expect(readsAsResponse(body)).toBe(false);
    }
  });

  it('tells nothing of an error in the database', async () => {
    const response = await openRealm(brokenStore()).send('recover', { kind: 'Recover1' });
    expect(await response.text()).toBe('internal error');
  });

  it('logs an error of the database without the row that PostgreSQL adds to it, and no token', async () => {
    const written: string[] = [];
    const destination = { write: (line: string) => void written.push(line) };
    const logger = createLogger({ service: 'realm', destination });
    const failure = Object.assign(new Error('violates check constraint'), { code: '23514', detail: 'row (PLANTED)' });
    const store = { ...createMemoryStore(), read: () => Promise.reject(failure) };
    const tenant = createTenant();
    const app = createRealmApp({ realmId: REALM_ID, tenants: tenant.keys, store, now: Date.now, random, logger });
    const token = await tenant.sign({ realmId: REALM_ID, operation: 'recover', nowMs: Date.now(), subject: 'PLANTED' });
    const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' };
    const body = new Uint8Array(encodeRequest({ kind: 'Recover1' }));
    expect((await app.request('/req', { method: 'POST', headers, body })).status).toBe(500);
    const lines = written.join('');
    expect(lines).toContain('23514');
    expect(lines).toContain('"status":500');
    expect(lines).not.toContain('PLANTED');
    expect(lines).not.toContain(token);
  });
});

describe('a realm', () => {
  it('serves one user after another by tenant and subject alone', async () => {
    const { send } = openRealm();
    const registration = makeRegistration(8);
    await send('register', { kind: 'Register2', registration }, { subject: 'one' });
    expect(await decoded(await send('recover', { kind: 'Recover1' }, { subject: 'other' }))).toEqual({
      Recover1: 'NotRegistered',
    });
    expect(await decoded(await send('recover', { kind: 'Recover1' }, { subject: 'one' }))).toEqual({
      Recover1: { Ok: { version: registration.version } },
    });
  });

  it('answers no OPRF result when the guess could not be stored', async () => {
    const store = createMemoryStore();
    const { version, ...rest } = makeRegistration(8);
    await openRealm(store).send('register', { kind: 'Register2', registration: { version, ...rest } });
    const losing = openRealm({ ...store, compareAndSwap: async () => false });
    const failing = openRealm({ ...store, compareAndSwap: () => Promise.reject(new Error('disk full')) });
    for (const realm of [losing, failing]) {
      const response = await realm.send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() });
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('internal error');
    }
  });

  it('refuses a second guess under one token with 401, which the SDK does not repeat', async () => {
    const { send } = openRealm();
    const registration = makeRegistration(8);
    await send('register', { kind: 'Register2', registration });
    const guess = () => ({ kind: 'Recover2', version: registration.version, blindedInput: randomPoint() }) as const;
    const payload = { jti: 'the-same' };
    expect((await send('recover', guess(), { payload })).status).toBe(200);
    expect((await send('recover', guess(), { payload })).status).toBe(401);
  });

  it('sweeps the rows whose two minutes are over, and only those', async () => {
    const { clock, realm, send, store } = openRealm();
    const registration = makeRegistration(1);
    const { version } = registration;
    for (const subject of ['early', 'late', 'unused']) {
      await send('register', { kind: 'Register2', registration }, { subject });
    }
    await send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() }, { subject: 'early' });
    clock.nowMs += 60_000;
    await send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() }, { subject: 'late' });
    clock.nowMs += 60_000;
    expect(await sweep(realm)).toBe(1);
    expect(await sweep(realm)).toBe(0);
    const stateOf = async (subject: string) => (await store.read(recordId('acme', subject)))?.record.state;
    expect(await stateOf('early')).toBe('no-guesses');
    expect(await stateOf('late')).toBe('registered');
    expect(await stateOf('unused')).toBe('registered');
  });

  it('sweeps more rows than one batch', async () => {
    const { realm, send } = openRealm();
    const registration = makeRegistration(0);
    for (let user = 0; user < 101; user++) {
      await send('register', { kind: 'Register2', registration }, { subject: `user ${user}` });
    }
    expect(await sweep(realm)).toBe(101);
  });
});

describe('many guesses at once', () => {
  const opening = createTestDatabase().then(openRealmDatabase);
  afterAll(async () => (await opening).close());

  it('evaluate exactly the budget on PostgreSQL, 200 with a token each', async () => {
    const { db } = await opening;
    const { send } = openRealm(createPostgresStore(db, random));
    const registration = makeRegistration(8);
    const { version } = registration;
    await send('register', { kind: 'Register2', registration });
    const responses = await Promise.all(
      Array.from({ length: 200 }, () => send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() })),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const answers = await Promise.all(responses.map(decoded));
    const counts = answers.flatMap(({ Recover2 }) => Recover2.Ok?.guess_count ?? []);
    expect(counts.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(answers.filter(({ Recover2 }) => Recover2 === 'NoGuesses')).toHaveLength(192);
    const events = await db.selectFrom('realm_event').select('guess_count').where('event', '=', 'guess_used').execute();
    expect(events.map((event) => event.guess_count).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('evaluate one input a token on PostgreSQL, 50 under one token', async () => {
    const { db } = await opening;
    const { send } = openRealm(createPostgresStore(db, random));
    const registration = makeRegistration(8);
    const { version } = registration;
    await send('register', { kind: 'Register2', registration }, { subject: 'one token' });
    const options = { subject: 'one token', payload: { jti: 'the-same' } };
    const guess = () => send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() }, options);
    const statuses = (await Promise.all(Array.from({ length: 50 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(49);
  });
});

function brokenStore(): RealmStore {
  const broken = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  return {
    read: broken,
    compareAndSwap: broken,
    listDue: broken,
    readEvents: broken,
    acknowledgeEvents: broken,
  };
}

/** As the SDK would see it: a map of one variant. */
function readsAsResponse(body: Uint8Array): boolean {
  try {
    const value: unknown = decode(body);
    return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
  } catch {
    return false;
  }
}
