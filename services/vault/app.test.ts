import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toBase64url, toHex } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { feedPage } from '@/lib/keyless/wire/feed';
import { sessionResponse } from '@/lib/keyless/wire/session';
import { deleteStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import {
  activateRequest,
  backupMetadata,
  challengeResponse,
  deletionRequest,
  pendingOrder,
  releaseRequest,
  releaseResponse,
  reserveRequest,
  rowRequest,
  vaultProblem,
  withdrawalRequest,
} from '@/lib/keyless/wire/vault';
import { createLogger } from '@/services/http/server/logger';
import { memorySessionStore } from '@/services/http/sessions/session-store';
import { createSessions } from '@/services/http/sessions/sessions';
import { createDevice } from '@/services/http/testing/device';
import { createTestProvider, sessionBody } from '@/services/http/testing/provider';
import type { Envelope } from '@/services/kms/envelope';
import type { Caller } from './account/outcome';
import { RESERVATIONS } from './account/reserve';
import { createVaultApp } from './app';
import { createMemoryStore } from './store/memory-store';
import { type Attempt, createRandom, newAttempt, signActivation, signRelease, statementOf } from './testing/actors';
import {
  challengesInMemory,
  type InProcessVault,
  SERVICE_KEY,
  sealWith,
  sessionHeader,
  startInProcessVault,
} from './testing/in-process';

const ORIGIN = 'chrome-extension://ifpfjkldbbnojgbdhlomhoknigpjajij';
let random: (length: number) => Uint8Array;
let nowMs: number;
let witness: SigningKey;
let owner: SigningKey;
let caller: Caller;
let envelope: Envelope;
let vault: InProcessVault;

beforeEach(() => {
  random = createRandom(21);
  nowMs = 1_800_000_000_000;
  witness = signingKeyOf(random(32));
  owner = signingKeyOf(random(32));
  caller = { accountId: random(32), jkt: random(32) };
  envelope = sealWith(random(32), random);
  const corsOrigins = [ORIGIN, 'moz-extension://*'];
  vault = startInProcessVault({ now: () => nowMs, random, witnessPub: witness.publicKey, envelope, corsOrigins });
});

const answers: string[] = [];
afterEach(() => {
  // Whatever is refused is one of the codes of the wire.
  for (const code of answers.splice(0)) expect(vaultProblem.options).toContain(code);
});

async function call(method: string, path: string, json?: unknown, as: Caller = caller): Promise<Response> {
  const headers: Record<string, string> = { authorization: sessionHeader(as), 'content-type': 'application/json' };
  const body = json === undefined ? null : JSON.stringify(json);
  const response = await vault.fetch(`http://vault.test${path}`, { method, headers, body });
  if (!response.ok) answers.push((await response.clone().json()).code);
  return response;
}

const codeOf = async (response: Response) => ({ status: response.status, ...(await response.json()) });

const makeAttempt = (from = 0, as = caller): Attempt =>
  newAttempt({ caller: as, owner, vaultId: vault.vaultId, from, random });

async function create(attempt: Attempt) {
  const statement = statementOf(attempt, vault.vaultId, null);
  const activation = signActivation(attempt, vault.vaultId, statement, witness);
  const { to } = attempt.reserve;
  expect((await call('POST', '/generations', z.encode(reserveRequest, attempt.reserve))).status).toBe(200);
  expect((await call('PUT', `/generations/${to}`, z.encode(rowRequest, attempt.row))).status).toBe(200);
  expect((await call('POST', '/activate', z.encode(activateRequest, activation))).status).toBe(200);
  return activation;
}

async function recover(attempt: Attempt, as: Caller): Promise<Response> {
  const generation = attempt.reserve.to;
  const asked = await call('POST', `/generations/${generation}/challenge`, undefined, as);
  const { challenge } = challengeResponse.parse(await asked.json());
  const request = signRelease(attempt, vault.vaultId, as, challenge);
  return call('POST', `/generations/${generation}/release`, z.encode(releaseRequest, request), as);
}

describe('the API', () => {
  it('creates a backup and releases it to another device of the account', async () => {
    expect(backupMetadata.parse(await (await call('GET', '/backup')).json())).toEqual({
      lastNumber: 0,
      active: null,
      order: null,
    });
    const attempt = makeAttempt();
    const { statement, signature } = await create(attempt);
    const device = { ...caller, jkt: random(32) };
    const metadata = backupMetadata.parse(await (await call('GET', '/backup', undefined, device)).json());
    expect(metadata).toMatchObject({ lastNumber: 1, active: { generation: 1, statement, signature } });
    expect(await (await call('GET', '/status')).json()).toEqual(z.encode(backupMetadata, metadata));
    const released = releaseResponse.parse(await (await recover(attempt, device)).json());
    expect(released).toEqual({ record: attempt.row.record, backendShare: attempt.row.backendShare });
  });

  it('takes an order to delete and its undo', async () => {
    const { statement } = await create(makeAttempt());
    const { accountId } = caller;
    const { vaultId } = vault;
    const metadata = backupMetadata.parse(await (await call('GET', '/backup')).json());
    const orderId = random(16);
    const order = {
      generation: 1,
      slot: metadata.active?.slot ?? random(16),
      statementHash: statementHashOf(statement),
      orderId,
      notBeforeS: 0,
    };
    const deletion = { ...order, signature: owner.sign(deleteStatement({ ...order, vaultId, accountId })) };
    const accepted = await call('POST', '/orders', z.encode(deletionRequest, deletion));
    expect(pendingOrder.parse(await accepted.json())).toMatchObject({ order: 'delete', orderId });
    const undo = { orderId, signature: owner.sign(undoStatement({ vaultId, accountId, orderId })) };
    const objected = await call('POST', '/orders/objection', z.encode(withdrawalRequest, undo));
    expect(await codeOf(objected)).toMatchObject({ status: 404, code: 'not-found' });
    expect((await call('POST', '/orders/undo', z.encode(withdrawalRequest, undo))).status).toBe(200);
    expect(backupMetadata.parse(await (await call('GET', '/backup')).json()).order).toBeNull();
  });

  it('tells anybody who it is', async () => {
    const about = await (await vault.fetch('http://vault.test/about')).json();
    const { publicKey } = vault.receiptKey;
    expect(about).toEqual({ vaultId: toBase64url(sha256(publicKey)), receiptPublicKey: toBase64url(publicKey) });
    expect((await vault.fetch('http://vault.test/livez')).status).toBe(200);
  });

  it('says when a reservation elsewhere ends', async () => {
    await call('POST', '/generations', z.encode(reserveRequest, makeAttempt().reserve));
    const other = { ...caller, jkt: random(32) };
    const refusal = await call('POST', '/generations', z.encode(reserveRequest, makeAttempt(0, other).reserve), other);
    expect(refusal.headers.get('content-type')).toBe('application/problem+json');
    expect(await codeOf(refusal)).toMatchObject({
      status: 409,
      code: 'reserved-elsewhere',
      nextAtMs: nowMs + 15 * 60_000,
    });
  });
});

describe('bad input', () => {
  it.each<[string, string, unknown]>([
    ['POST', '/generations', {}],
    ['POST', '/generations', { from: -1, to: 0, slot: '', realmSetId: '' }],
    ['POST', '/generations', 'text'],
    ['PUT', '/generations/1', { record: 'AA', backendShare: 'AA', releasePub: '!' }],
    ['PUT', '/generations/01', {}],
    ['PUT', '/generations/-1', {}],
    ['PUT', '/generations/4294967296', {}],
    ['POST', '/generations/1e0/challenge', undefined],
    ['POST', '/generations/1/release', { challenge: 'AA' }],
    ['POST', '/activate', { statement: 'AA', signature: 'AA', kept: 'AA' }],
    ['POST', '/orders', {}],
    ['POST', '/orders/undo', { orderId: 7 }],
  ])('is 400 at %s %s', async (method, path, json) => {
    expect(await codeOf(await call(method, path, json))).toMatchObject({ status: 400, code: 'bad-request' });
  });

  it('is 413 above 16 KiB', async () => {
    const refusal = await call('POST', '/generations', { slot: 'A'.repeat(17_000) });
    expect(await codeOf(refusal)).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('is 404 where there is no such path', async () => {
    expect(await codeOf(await call('GET', '/generations'))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('quotes no value of the request', async () => {
    const refusal = await call('PUT', '/generations/1', { record: 'c2VjcmV0', backendShare: 'c2VjcmV0!' });
    expect(await refusal.text()).not.toContain('c2VjcmV0');
  });
});

describe('who may call', () => {
  const paths = [
    ['GET', '/backup'],
    ['GET', '/status'],
    ['POST', '/generations'],
    ['PUT', '/generations/1'],
    ['POST', '/generations/1/challenge'],
    ['POST', '/generations/1/release'],
    ['POST', '/activate'],
    ['POST', '/orders'],
    ['POST', '/orders/undo'],
    ['POST', '/orders/objection'],
  ] as const;

  it.each([...paths, ['GET', `/feed/${'00'.repeat(32)}`] as const])(
    'nobody without a token: %s %s',
    async (method, path) => {
      const response = await vault.fetch(`http://vault.test${path}`, { method });
      expect(await codeOf(response)).toMatchObject({ status: 401, code: 'unauthenticated' });
    },
  );

  it('an account sees and changes only its own', async () => {
    const attempt = makeAttempt();
    await create(attempt);
    const stranger = { accountId: random(32), jkt: caller.jkt };
    const metadata = await (await call('GET', '/backup', undefined, stranger)).json();
    expect(metadata).toEqual({ lastNumber: 0, active: null, order: null });
    expect((await call('POST', '/generations/1/challenge', undefined, stranger)).status).toBe(404);
  });

  it('real sessions: access token for everything, status token for status alone', async () => {
    const now = () => nowMs;
    const provider = await createTestProvider(now);
    const sessions = createSessions({
      audience: 'vault',
      externalUrl: 'https://vault.example.test',
      secret: random(32),
      providers: [provider],
      store: memorySessionStore(),
      now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    });
    const { app } = createVaultApp({
      store: createMemoryStore(),
      envelope,
      sessions,
      receiptKey: owner,
      witnessPub: witness.publicKey,
      serviceKey: SERVICE_KEY,
      corsOrigins: [],
      challenges: challengesInMemory(random),
      now,
      logger: createLogger({ service: 'vault', level: 'silent' }),
    });
    const device = await createDevice();
    const send = (method: string, path: string, accessToken?: string, json?: unknown) =>
      device.send((url, init) => app.request(url, init), `https://vault.example.test${path}`, {
        method,
        ...(json !== undefined && { json }),
        ...(accessToken !== undefined && { accessToken }),
      });
    const signIn = await provider.signIn('someone', device.thumbprint);
    const opened = await send('POST', '/session', undefined, sessionBody(signIn));
    const { accessToken, statusToken } = sessionResponse.parse(await opened.json());
    expect((await send('GET', '/backup', accessToken)).status).toBe(200);
    expect((await send('GET', '/status', statusToken)).status).toBe(200);
    for (const [method, path] of paths.filter(([, path]) => path !== '/status'))
      expect((await send(method, path, statusToken, method === 'GET' ? undefined : {})).status).toBe(401);
    expect((await send('GET', '/status', accessToken)).status).toBe(401);
  });
});

describe('the feed over HTTP', () => {
  const read = (path: string, key = SERVICE_KEY) =>
    vault.fetch(`http://vault.test${path}`, { headers: { authorization: `Bearer ${key}` } });

  it('gives the issuer the entries behind a place, and the head', async () => {
    await create(makeAttempt());
    const account = toHex(caller.accountId);
    const whole = feedPage.parse(await (await read(`/feed/${account}`)).json());
    expect([whole.head, whole.entries.map(({ fact }) => fact.kind)]).toEqual([2, ['reserved', 'activated']]);
    const rest = feedPage.parse(await (await read(`/feed/${account}?after=1`)).json());
    expect([rest.head, rest.entries]).toEqual([2, whole.entries.slice(1)]);
    expect(await (await read(`/feed/${account}?after=9`)).json()).toEqual({ head: 2, entries: [] });
    expect(await (await read(`/feed/${'00'.repeat(32)}`)).json()).toEqual({ head: 0, entries: [] });
  });

  it('carries out what is due before it answers', async () => {
    await call('POST', '/generations', z.encode(reserveRequest, makeAttempt().reserve));
    nowMs += 24 * 3_600_000;
    const page = feedPage.parse(await (await read(`/feed/${toHex(caller.accountId)}`)).json());
    expect(page.entries.map(({ fact }) => fact.kind)).toEqual(['reserved', 'void']);
  });

  it('comes in pages of at most 200', async () => {
    for (let count = 0; count < 101; count += 1) {
      await call('POST', '/generations', z.encode(reserveRequest, makeAttempt().reserve));
      nowMs += RESERVATIONS.oneMoreAfterMs;
    }
    const page = feedPage.parse(await (await read(`/feed/${toHex(caller.accountId)}`)).json());
    expect([page.head, page.entries.length, page.entries.at(-1)?.number]).toEqual([201, 200, 200]);
  });

  it('is for the service key alone', async () => {
    const path = `/feed/${toHex(caller.accountId)}`;
    for (const key of ['', 'x', `${SERVICE_KEY}x`, SERVICE_KEY.slice(1)])
      expect((await read(path, key)).status).toBe(401);
    expect((await call('GET', path)).status).toBe(401);
    for (const bad of ['/feed/00', `/feed/${'zz'.repeat(32)}`, `${path}?after=-1`, `${path}?after=x`])
      expect(await codeOf(await read(bad))).toMatchObject({ status: 400, code: 'bad-request' });
  });
});

describe('a key service that fails', () => {
  it('is 503 with a time to wait, never "not found"; nothing is lost', async () => {
    const attempt = makeAttempt();
    const working = { ...envelope };
    const failing = async () => Promise.reject(new Error('key service is down'));
    await call('POST', '/generations', z.encode(reserveRequest, attempt.reserve));
    envelope.seal = failing;
    const put = () => call('PUT', '/generations/1', z.encode(rowRequest, attempt.row));
    const refusal = await put();
    expect(refusal.headers.get('retry-after')).toBe('5');
    expect(await codeOf(refusal)).toMatchObject({ status: 503, code: 'temporarily-unavailable' });
    envelope.seal = working.seal;
    await create(attempt);
    envelope.open = failing;
    expect(await codeOf(await recover(attempt, caller))).toMatchObject({ status: 503 });
    envelope.open = working.open;
    expect((await recover(attempt, caller)).status).toBe(200);
  });

  it('opens no share that was sealed for another place', async () => {
    const attempt = makeAttempt();
    await create(attempt);
    const victim = await vault.store.read(caller.accountId);
    if (!victim?.state.active) throw new Error('no backup');
    const stranger = { accountId: random(32), jkt: random(32) };
    await vault.store.compareAndSwap(stranger.accountId, null, victim.state, []);
    expect(await codeOf(await recover(attempt, stranger))).toMatchObject({ status: 503 });
    const active = { ...victim.state.active, generation: 2 };
    await vault.store.compareAndSwap(caller.accountId, victim.version, { ...victim.state, active }, []);
    const moved = { ...attempt, reserve: { ...attempt.reserve, to: 2 } };
    expect(await codeOf(await recover(moved, caller))).toMatchObject({ status: 503 });
  });
});

describe('cross-origin requests', () => {
  const preflight = (origin: string) =>
    vault.fetch('http://vault.test/generations/1', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,dpop',
      },
    });

  it.each([ORIGIN, 'moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc'])('are allowed from %s', async (origin) => {
    const response = await preflight(origin);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,dpop,content-type');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST,PUT');
    const answered = await vault.fetch('http://vault.test/about', { headers: { origin } });
    expect(answered.headers.get('access-control-expose-headers')).toBe(
      'dpop-nonce,retry-after,www-authenticate,x-request-id',
    );
  });

  it.each(['https://example.com', 'null', `${ORIGIN}.example.com`, 'chrome-extension://other', 'moz-extension://'])(
    'are not allowed from %s',
    async (origin) => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});
