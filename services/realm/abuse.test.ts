/** Strangers and other users at every operation that the document of the realm names, on PostgreSQL. */
import { encode } from 'cborg';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { operationsOf, STACK } from '@/services/http/api/abuse.contract';
import { type Database, pingDatabase } from '@/services/http/database/database';
import { bodyFor, INJECTIONS, wellFormed } from '@/services/http/testing/bodies';
import { conformanceTo } from '@/services/http/testing/conformance';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createRealmApp } from './app';
import { realmDocument } from './openapi';
import { recordId } from './protocol/record';
import { ALLOWED_KINDS } from './protocol/step';
import type { Operation } from './protocol/tokens';
import type { SecretsRequest } from './protocol/wire';
import { createPostgresStore, type RealmSchema } from './store/postgres-store';
import { openRealmDatabase, readEvents } from './testing/database';
import { encodeRequest, makeRegistration, random, randomPoint, requestValue } from './testing/device';
import { createTenant, type TokenOptions } from './testing/tenant';

const REALM_ID = '0a'.repeat(16);
const NOW_MS = 1_800_000_000_000;
const BODIES = process.env.HALFKEY_LONG ? 20_000 : 2_000;
const conforms = conformanceTo(realmDocument);
const tenant = createTenant();

let database: Database<RealmSchema>;
let store: ReturnType<typeof createPostgresStore>;
let app: ReturnType<typeof createRealmApp>;
beforeAll(async () => {
  database = await openRealmDatabase(await createTestDatabase());
  store = createPostgresStore(database.db, random);
  app = createRealmApp({ realmId: REALM_ID, tenants: tenant.keys, store, now: () => NOW_MS, random });
});
afterEach(() => pingDatabase(database.db));
afterAll(() => database?.close());

const tokenFor = (operation: Operation, subject: string, parts: Partial<TokenOptions> = {}) =>
  tenant.sign({ realmId: REALM_ID, operation, subject, nowMs: NOW_MS, ...parts });
const auditToken = () => tokenFor('recover', 'auditor', { payload: { scope: 'audit' } });

/** Throws when the answer is not one of the document. */
async function post(path: string, token: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await app.request(path, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7', ...headers },
  });
  await conforms({ method: 'POST', path }, response);
  if (response.status >= 400) expect(await response.clone().text()).not.toMatch(STACK);
  return response;
}
const send = async (operation: Operation, subject: string, request: SecretsRequest) =>
  post('/req', await tokenFor(operation, subject), new Uint8Array(encodeRequest(request)));

const registration = makeRegistration(8);
const { version, unlockKeyTag } = registration;
const REQUESTS: readonly SecretsRequest[] = [
  { kind: 'Register1' },
  { kind: 'Register2', registration },
  { kind: 'Recover1' },
  { kind: 'Recover2', version, blindedInput: randomPoint() },
  { kind: 'Recover3', version, unlockKeyTag },
  { kind: 'Delete' },
];

describe('another user', () => {
  it('gets nothing and changes nothing with the very requests of an owner, with a token of every operation', async () => {
    expect((await send('register', 'owner', { kind: 'Register2', registration })).status).toBe(200);
    expect((await send('recover', 'owner', { kind: 'Recover2', version, blindedInput: randomPoint() })).status).toBe(
      200,
    );
    const before = await store.read(recordId('acme', 'owner'));
    const kinds = Object.values(ALLOWED_KINDS).flat();
    expect(REQUESTS.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    for (const operation of ['recover', 'delete', 'register'] as const) {
      for (const request of REQUESTS) {
        const response = await send(operation, 'stranger', request);
        const isAllowed = ALLOWED_KINDS[operation].includes(request.kind);
        expect([operation, request.kind, response.status]).toEqual([operation, request.kind, isAllowed ? 200 : 401]);
        const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
        if (operation === 'recover' && isAllowed) expect(text).toContain('NotRegistered');
      }
    }
    expect(await store.read(recordId('acme', 'owner'))).toEqual(before);
  });

  it('of another tenant is another user, and reads and acknowledges nothing of the log', async () => {
    const other = createTenant();
    const tenants = new Map([...tenant.keys, ['umbrella:1', [...other.keys.values()][0] as never]]);
    const both = createRealmApp({ realmId: REALM_ID, tenants, store, now: () => NOW_MS, random });
    const foreign = (payload: Record<string, unknown>, operation: Operation = 'recover') =>
      other.sign({
        realmId: REALM_ID,
        operation,
        subject: 'owner',
        nowMs: NOW_MS,
        header: { kid: 'umbrella:1' },
        payload: { iss: 'umbrella', ...payload },
      });
    const ask = async (path: string, token: string, body: BodyInit) =>
      both.request(path, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' },
      });
    const before = await readEvents(database);
    const open = await store.readEvents('acme', 200);
    expect(open.length).toBeGreaterThan(0);
    const recover1 = await ask('/req', await foreign({}), new Uint8Array(encodeRequest({ kind: 'Recover1' })));
    expect(Buffer.from(await recover1.arrayBuffer()).toString('latin1')).toContain('NotRegistered');
    const acks = open.map(({ id }) => id);
    const audit = await foreign({ scope: 'audit' });
    const page = await ask('/tenant_log', audit, JSON.stringify({ acks, page_size: 200 }));
    expect(await page.json()).toEqual({ events: [] });
    expect((await ask('/tenant_log/ack', audit, JSON.stringify({ acks }))).status).toBe(200);
    expect(await store.readEvents('acme', 200)).toEqual(open);
    expect(await readEvents(database)).toEqual(before);
  });

  it('has these operations to try, and no other', () => {
    const closed = operationsOf(realmDocument).filter(({ security }) => security !== '');
    expect(closed.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'POST /req',
      'POST /tenant_log',
      'POST /tenant_log/ack',
    ]);
  });
});

describe('strangers at the realm', { timeout: 240_000 }, () => {
  it(`put nothing into a claim that reaches further than its check: ${INJECTIONS.length} in each`, async () => {
    for (const claim of ['sub', 'jti', 'iss', 'aud', 'op', 'scope']) {
      for (const text of INJECTIONS) {
        const token = await tokenFor('recover', 'claimant', { payload: { [claim]: text } });
        const body = new Uint8Array(encodeRequest({ kind: 'Recover1' }));
        const { status } = await post('/req', token, body);
        expect([claim, text, status]).toEqual([claim, text, ['sub', 'jti'].includes(claim) ? expect.any(Number) : 401]);
        expect(status === 200 || status === 401).toBe(true);
      }
    }
  });

  it(`find the id of a token that was counted as it was written: ${INJECTIONS.length} of them`, async () => {
    for (const [index, text] of INJECTIONS.entries()) {
      const subject = `writer ${Math.floor(index / 8)}`;
      if (index % 8 === 0)
        expect((await send('register', subject, { kind: 'Register2', registration })).status).toBe(200);
      const token = await tokenFor('recover', subject, { payload: { jti: text } });
      const body = new Uint8Array(encodeRequest({ kind: 'Recover2', version, blindedInput: randomPoint() }));
      const { status } = await post('/req', token, body);
      const record = (await store.read(recordId('acme', subject)))?.record;
      const last = record?.state === 'registered' ? record.recentGuesses.at(-1)?.tokenId : undefined;
      if (status === 200) expect(last).toBe(text);
      else expect([text, status, last === text]).toEqual([text, 401, false]);
    }
  });

  it(`put nothing into a header or into the log that reaches further: ${INJECTIONS.length} in each place`, async () => {
    const audit = await auditToken();
    const before = await store.readEvents('acme', 200);
    for (const text of INJECTIONS) {
      const header = encodeURIComponent(wellFormed(text)).slice(0, 500);
      const body = new Uint8Array(encodeRequest({ kind: 'Recover1' }));
      const { status } = await post('/req', await tokenFor('recover', 'header'), body, {
        'x-juicebox-version': header,
      });
      expect([header, status]).toEqual([header, 426]);
      for (const path of ['/tenant_log', '/tenant_log/ack']) {
        const log = await post(path, audit, JSON.stringify({ acks: [text], page_size: 1 }));
        expect([text, log.status < 500]).toEqual([text, true]);
      }
    }
    expect(await store.readEvents('acme', 200)).toEqual(before);
  });

  it(`are refused, and nothing breaks, whatever their bodies: ${BODIES} of them`, async () => {
    await send('register', 'victim', { kind: 'Register2', registration });
    const before = await store.read(recordId('acme', 'victim'));
    const right = REQUESTS.map((request) => encodeRequest(request));
    const bent = fc
      .tuple(
        fc.constantFrom(...right),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom('set', 'cut', 'add'),
      )
      .map(([bytes, at, byte, how]) => bentBytes(bytes, at % bytes.length, byte, how));
    const values = fc
      .record(
        { version: fc.anything(), oprf_blinded_input: fc.anything(), policy: fc.jsonValue() },
        { requiredKeys: [] },
      )
      .map((parts) =>
        encodeOrNothing({
          Recover2: {
            ...(requestValue({ kind: 'Recover2', version, blindedInput: version }) as never as { Recover2: object })
              .Recover2,
            ...parts,
          },
        }),
      );
    const noise = fc.uint8Array({ maxLength: 2_100 });
    const token = await tokenFor('recover', 'nobody');
    const half = { numRuns: BODIES / 2, seed: 20_260_102 };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 6, arbitrary: bent }, { weight: 2, arbitrary: values }, noise),
        async (body) => {
          expect((await post('/req', token, new Uint8Array(body))).status).toBeLessThan(500);
        },
      ),
      half,
    );
    const schema = { properties: { acks: {}, page_size: { type: 'integer', maximum: 200 } } };
    const audit = await auditToken();
    await fc.assert(
      fc.asyncProperty(bodyFor(schema), fc.constantFrom('/tenant_log', '/tenant_log/ack'), async (body, path) => {
        expect((await post(path, audit, JSON.stringify(body))).status).toBeLessThan(500);
      }),
      half,
    );
    expect(await store.read(recordId('acme', 'victim'))).toEqual(before);
  });
});

function bentBytes(bytes: Uint8Array, at: number, byte: number, how: 'set' | 'cut' | 'add'): Uint8Array {
  if (how === 'cut') return bytes.slice(0, at);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(how === 'set' ? at + 1 : at)];
  return Uint8Array.of(...head, byte, ...tail);
}

function encodeOrNothing(value: unknown): Uint8Array {
  try {
    return encode(value);
  } catch {
    return new Uint8Array();
  }
}
