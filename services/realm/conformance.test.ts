/** What a realm answers on the wire, case by case: statuses, bodies, headers, and the order in which it looks. */
import { decode, encode } from 'cborg';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createRealmApp } from './app';
import { eventUserId, recordId } from './protocol/record';
import type { Operation } from './protocol/tokens';
import type { SecretsRequest } from './protocol/wire';
import { createMemoryStore, type MemoryStore } from './store/memory-store';
import { createPostgresStore } from './store/postgres-store';
import type { RealmStore } from './store/store';
import { openRealmDatabase } from './testing/database';
import { encodeRequest, makeRegistration, random, randomPoint, requestValue } from './testing/device';
import { createTenant, KEY_ID, type TokenOptions } from './testing/tenant';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const NOW_MS = 1_800_000_000_000;
const NOW_S = NOW_MS / 1000;
const IN_ORDER = { mapSorter: () => 0 };
const tenant = createTenant();
const registration = makeRegistration(8);
const { version, unlockKeyTag } = registration;

function openRealm(store: RealmStore = createMemoryStore(), tenants = tenant.keys) {
  const app = createRealmApp({ realmId: REALM_ID, tenants, store, now: () => NOW_MS, random });
  const post = async (path: string, token: string | null, body: Uint8Array | string, headers: object = {}) =>
    app.request(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'x-juicebox-version': '0.3.7', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    });
  const send = async (operation: Operation, request: SecretsRequest, options: Partial<TokenOptions> = {}) =>
    post('/req', await tokenFor(operation, options), encodeRequest(request));
  return { app, post, send };
}

const tokenFor = (operation: Operation, options: Partial<TokenOptions> = {}) =>
  tenant.sign({ realmId: REALM_ID, operation, nowMs: NOW_MS, ...options });
const auditToken = (payload: Record<string, unknown> = {}) =>
  tokenFor('recover', { payload: { scope: 'audit', op: undefined, jti: undefined, ...payload } });
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

/** Every request that a client can get wrong, one thing wrong in each. */
function malformed(): [what: string, body: Uint8Array][] {
  const whole = {
    Register2: requestValue({ kind: 'Register2', registration }),
    Recover2: requestValue({ kind: 'Recover2', version, blindedInput: randomPoint() }),
    Recover3: requestValue({ kind: 'Recover3', version, unlockKeyTag }),
  };
  const cases: [string, Uint8Array][] = [];
  for (const value of Object.values(whole)) {
    for (const [what, broken] of breakEach(value)) cases.push([what, encode(broken, IN_ORDER)]);
  }
  for (const kind of ['Register1', 'Recover1', 'Delete']) {
    cases.push(
      [`${kind} with a payload`, encode({ [kind]: null })],
      [`${kind} as bytes`, encode(new TextEncoder().encode(kind))],
    );
  }
  for (const kind of Object.keys(whole)) cases.push([`${kind} without a payload`, encode(kind)]);
  return cases;
}

type Value = Record<string, unknown>;

/** The value with one field missing, one more, one of each wrong kind, at every depth. */
function* breakEach(value: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  const fields = value as Value;
  yield [`${path || 'the request'} with a field more`, { ...fields, surplus: 1 }];
  for (const [name, field] of Object.entries(fields)) {
    const at = `${path}/${name}`;
    const { [name]: _, ...rest } = fields;
    if (path !== '') yield [`${at} missing`, rest];
    for (const [what, broken] of wrongKinds(field)) yield [`${at} ${what}`, { ...fields, [name]: broken }];
    for (const [what, broken] of breakEach(field, at)) yield [what, { ...fields, [name]: broken }];
  }
}

function* wrongKinds(field: unknown): Generator<[string, unknown]> {
  yield ['null', null];
  yield ['a list', [field]];
  if (field instanceof Uint8Array) {
    yield ['a byte short', field.slice(1)];
    yield ['a byte long', Uint8Array.of(...field, 0)];
    yield ['empty', new Uint8Array()];
    yield ['text', toHex(field)];
    yield ['a list of numbers', [...field]];
  }
  if (typeof field === 'number') for (const other of [-1, 65_536, 0.5, '8', true]) yield [`${other}`, other];
}

describe('every malformed request', () => {
  const cases = malformed();

  it('is one of more than a hundred', () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it('is 400 in text, changes nothing and counts nothing', async () => {
    const store: MemoryStore = createMemoryStore();
    const { post, send } = openRealm(store);
    await send('register', { kind: 'Register2', registration });
    const before = await store.read(recordId('acme', 'user'));
    for (const [what, body] of cases) {
      const kind = /(?:^|\/)(Register|Recover|Delete)/.exec(what)?.[1];
      const operation = kind === 'Register' ? 'register' : kind === 'Delete' ? 'delete' : 'recover';
      const response = await post('/req', await tokenFor(operation), body);
      expect([what, response.status]).toEqual([what, 400]);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    }
    expect(await store.read(recordId('acme', 'user'))).toEqual(before);
    expect(store.events).toHaveLength(1);
  });

  it.each<[string, string, 'private' | 'point' | 'scalar']>([
    ['a private key of zero', '00'.repeat(32), 'private'],
    [
      'a private key that is the order of the group',
      'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010',
      'private',
    ],
    ['a share beyond the order', 'ff'.repeat(32), 'scalar'],
    ['a public key that is no point', '01'.repeat(32), 'point'],
    ['a public key that is the identity', '00'.repeat(32), 'point'],
  ])('refuses %s', async (_what, hex, field) => {
    const { send } = openRealm();
    const value = fromHex(hex);
    const { oprfSignedPublicKey } = registration;
    const broken = {
      private: { ...registration, oprfPrivateKey: value },
      scalar: { ...registration, encryptionKeyScalarShare: value },
      point: { ...registration, oprfSignedPublicKey: { ...oprfSignedPublicKey, publicKey: value } },
    }[field];
    expect((await send('register', { kind: 'Register2', registration: broken })).status).toBe(400);
  });
});

describe('the bytes of every answer', () => {
  const answers: [string, Operation, SecretsRequest, string][] = [
    ['Register1', 'register', { kind: 'Register1' }, 'a169526567697374657231624f6b'],
    ['Recover1 of nobody', 'recover', { kind: 'Recover1' }, 'a1685265636f766572316d4e6f7452656769737465726564'],
    ['Register2', 'register', { kind: 'Register2', registration }, 'a169526567697374657232624f6b'],
    ['Recover1', 'recover', { kind: 'Recover1' }, `a1685265636f76657231a1624f6ba16776657273696f6e50${toHex(version)}`],
    [
      'Recover2 of another version',
      'recover',
      { kind: 'Recover2', version: random(16), blindedInput: randomPoint() },
      'a1685265636f766572326f56657273696f6e4d69736d61746368',
    ],
    [
      'Recover3 with a wrong tag',
      'recover',
      { kind: 'Recover3', version, unlockKeyTag: random(16) },
      'a1685265636f76657233a16f426164556e6c6f636b4b6579546167a17167756573736573',
    ],
    ['Delete', 'delete', { kind: 'Delete' }, 'a16644656c657465624f6b'],
    ['Delete of nobody', 'delete', { kind: 'Delete' }, 'a16644656c657465624f6b'],
  ];

  it('are those of the protocol, one after another', async () => {
    const { send } = openRealm();
    for (const [what, operation, request, hex] of answers) {
      const response = await send(operation, request);
      expect([what, response.status]).toEqual([what, 200]);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      const body = await bytesOf(response);
      expect([what, toHex(body).slice(0, hex.length)]).toEqual([what, hex]);
      if (what.includes('tag'))
        expect(decode(body)).toEqual({ Recover3: { BadUnlockKeyTag: { guesses_remaining: 8 } } });
    }
  });

  it('have the lengths of the protocol where they carry key material', async () => {
    const { send } = openRealm();
    await send('register', { kind: 'Register2', registration });
    const guess = await bytesOf(await send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() }));
    const proof = await bytesOf(await send('recover', { kind: 'Recover3', version, unlockKeyTag }));
    expect([guess.length, proof.length]).toEqual([433, 288]);
  });
});

describe('the order of checks on POST /req', () => {
  const tooBig = new Uint8Array(2049);
  const garbage = new Uint8Array(3);
  const old = { 'x-juicebox-version': '0.1.9' };
  const register1 = encodeRequest({ kind: 'Register1' });
  const wrongKey = () => tokenFor('recover', { header: { kid: 'acme:2' } });
  const expired = () => tokenFor('recover', { payload: { exp: NOW_S - 6 } });
  const otherRealm = () => tokenFor('recover', { payload: { aud: 'ff'.repeat(16) } });
  const cases: [string, () => Promise<string> | null, Uint8Array, object, number, RegExp][] = [
    ['size before a missing token', () => null, tooBig, old, 413, /^body too large$/],
    ['a missing token before the version', () => null, garbage, old, 401, /^\{"message":"missing or malformed jwt"\}$/],
    ['an unknown key before the version', wrongKey, garbage, old, 401, /^\{"message":"invalid or expired jwt"\}$/],
    ['expiry before the version', expired, garbage, old, 401, /^\{"message":"invalid or expired jwt"\}$/],
    ['the version before the claims', otherRealm, garbage, old, 426, /^SDK upgrade required$/],
    ['the claims before the encoding', otherRealm, garbage, {}, 401, /^token of another realm$/],
    ['the encoding before the state', () => tokenFor('recover'), garbage, {}, 400, /^not /],
    ['the operation last', () => tokenFor('recover'), register1, {}, 401, /^token does not allow this operation$/],
  ];

  it.each(cases)('%s', async (_what, token, body, headers, status, text) => {
    const response = await openRealm().post('/req', await token(), body, headers);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(text);
  });

  it.each([
    ['GET', '/req', 404],
    ['PUT', '/req', 404],
    ['POST', '/', 404],
    ['POST', '/req/', 404],
    ['GET', '/tenant_log', 404],
  ])('%s %s is %d', async (method, path, status) => {
    expect((await openRealm().app.request(path, { method })).status).toBe(status);
  });
});

describe('the log of a tenant', () => {
  let realm: ReturnType<typeof openRealm>;
  const read = async (body: object) =>
    (await realm.post('/tenant_log', await auditToken(), JSON.stringify(body))).json() as Promise<{ events: Value[] }>;

  beforeEach(async () => {
    realm = openRealm();
    await realm.send('register', { kind: 'Register2', registration });
    await realm.send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() });
    await realm.send('recover', { kind: 'Recover3', version, unlockKeyTag });
    await realm.send('delete', { kind: 'Delete' });
  });

  it('tells each change once, with counts where there are some', async () => {
    const { events } = await read({ acks: [], page_size: 200 });
    expect(events.map(({ event }) => event).sort()).toEqual(['deleted', 'guess_used', 'registered', 'share_recovered']);
    const guess = events.find(({ event }) => event === 'guess_used');
    expect(guess).toEqual({
      id: expect.any(String),
      ack: guess?.id,
      when: '2027-01-15T08:00:00.000Z',
      user_id: eventUserId('acme', 'user'),
      event: 'guess_used',
      num_guesses: 8,
      guess_count: 1,
    });
    for (const event of events.filter(({ event }) => event !== 'guess_used'))
      expect(Object.keys(event)).toEqual(['id', 'ack', 'when', 'user_id', 'event']);
  });

  it('tells an event again until it is acknowledged, by the next page or by itself', async () => {
    const first = (await read({ acks: [], page_size: 2 })).events;
    expect((await read({ acks: [], page_size: 2 })).events).toEqual(first);
    const second = (await read({ acks: first.map(({ ack }) => ack), page_size: 200 })).events;
    expect(second).toHaveLength(2);
    const acks = JSON.stringify({ acks: second.map(({ ack }) => ack) });
    const response = await realm.post('/tenant_log/ack', await auditToken(), acks);
    expect([response.status, await response.text()]).toEqual([200, '{}']);
    expect(await read({ acks: [], page_size: 200 })).toEqual({ events: [] });
  });

  it.each<[string, Record<string, unknown>]>([
    ['of a user', { scope: 'user' }],
    ['without a scope', { scope: undefined }],
    ['of another realm', { aud: 'ff'.repeat(16) }],
    ['of another issuer', { iss: 'other' }],
    ['of nobody', { sub: '' }],
    ['that lives longer than a day', { exp: NOW_S + 90_000 }],
  ])('is closed to a token %s', async (_what, payload) => {
    for (const path of ['/tenant_log', '/tenant_log/ack']) {
      const response = await realm.post(path, await auditToken(payload), '{"acks":[],"page_size":1}');
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    }
  });

  it('opens no user with its token', async () => {
    expect((await realm.post('/req', await auditToken(), encodeRequest({ kind: 'Recover1' }))).status).toBe(401);
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"acks":[]}',
    '{"page_size":1}',
    '{"acks":[],"page_size":0}',
    '{"acks":[],"page_size":201}',
    '{"acks":[],"page_size":"1"}',
    '{"acks":"id","page_size":1}',
    '{"acks":[1],"page_size":1}',
    '{"acks":[""],"page_size":1}',
  ])('answers the body %s with 400', async (body) => {
    expect((await realm.post('/tenant_log', await auditToken(), body)).status).toBe(400);
  });

  it('checks size, token, scope and body in this order', async () => {
    const big = 'x'.repeat(32 * 1024 + 1);
    const answers = [
      await realm.post('/tenant_log', null, big),
      await realm.post('/tenant_log', null, ''),
      await realm.post('/tenant_log', await tokenFor('recover'), ''),
      await realm.post('/tenant_log', await auditToken(), ''),
    ];
    expect(answers.map(({ status }) => status)).toEqual([413, 401, 401, 400]);
  });
});

describe('the rotation of a tenant key', () => {
  const next = createTenant();
  const [[, newKey] = []] = [...next.keys];
  const signNext = () =>
    next.sign({ realmId: REALM_ID, operation: 'register', nowMs: NOW_MS, header: { kid: 'acme:2' } });
  const status = async (keys: typeof tenant.keys, token: string) =>
    (await openRealm(createMemoryStore(), keys).post('/req', token, encodeRequest({ kind: 'Register1' }))).status;

  it('serves both versions while both are known, and ends the old one when it is taken out', async () => {
    if (newKey === undefined) throw new Error('no key');
    const both = new Map([...tenant.keys, ['acme:2', newKey] as const]);
    const onlyNew = new Map([['acme:2', newKey] as const]);
    expect(await status(tenant.keys, await signNext())).toBe(401);
    expect(await status(both, await tokenFor('register'))).toBe(200);
    expect(await status(both, await signNext())).toBe(200);
    expect(await status(onlyNew, await tokenFor('register'))).toBe(401);
    expect(await status(onlyNew, await signNext())).toBe(200);
  });

  it('names the same user before and after', async () => {
    if (newKey === undefined) throw new Error('no key');
    const store = createMemoryStore();
    const both = new Map([[KEY_ID, [...tenant.keys.values()][0] ?? newKey] as const, ['acme:2', newKey] as const]);
    const { post, send } = openRealm(store, both);
    await send('register', { kind: 'Register2', registration });
    const token = await next.sign({
      realmId: REALM_ID,
      operation: 'recover',
      nowMs: NOW_MS,
      header: { kid: 'acme:2' },
    });
    const response = await post('/req', token, encodeRequest({ kind: 'Recover1' }));
    expect(decode(await bytesOf(response))).toEqual({ Recover1: { Ok: { version } } });
  });
});

describe('a guess on PostgreSQL', () => {
  const opening = createTestDatabase().then(openRealmDatabase);
  afterAll(async () => (await opening).close());

  it('is answered after its commit: one that fails there gives no result, and is not counted', async () => {
    const { db } = await opening;
    const { send } = openRealm(createPostgresStore(db, random));
    await send('register', { kind: 'Register2', registration });
    await sql`
      CREATE FUNCTION fail_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space left'; END $$`.execute(
      db,
    );
    await sql`
      CREATE CONSTRAINT TRIGGER fail_at_commit AFTER INSERT ON realm_event
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_late()`.execute(db);
    const guess = () => send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() });
    const failed = await guess();
    expect([failed.status, await failed.text()]).toEqual([500, 'internal error']);
    await sql`DROP TRIGGER fail_at_commit ON realm_event`.execute(db);
    const counted = decode(await bytesOf(await guess()));
    expect(counted.Recover2.Ok.guess_count).toBe(1);
    const rows = await db.selectFrom('realm_event').select('event').orderBy('at_ms').execute();
    expect(rows.map(({ event }) => event).sort()).toEqual(['guess_used', 'registered']);
  });
});
