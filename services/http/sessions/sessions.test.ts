import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url, toHex } from '@/lib/bytes';
import { accountIdOf, signInNonce } from '@/lib/keyless/wire/account';
import { sessionResponse } from '@/lib/keyless/wire/session';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { memorySessionStore, type SessionStore } from '@/services/http/sessions/session-store';
import { createSessions, type OpenedSession, type SessionEnv, type Sessions } from '@/services/http/sessions/sessions';
import { identityProvidersVariable, openProvider } from '@/services/http/sign-in/identity-providers';
import { createDevice, type Send, type TestDevice } from '@/services/http/testing/device';
import { createTestProvider, sessionBody, type TestProvider } from '@/services/http/testing/provider';

const DAY_MS = 86_400_000;
const logger = createLogger({ service: 'test', level: 'silent' });
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

let nowMs: number;
const now = () => nowMs;
let provider: TestProvider;
let store: SessionStore;
let opened: OpenedSession[];
let vault: Server;
let device: TestDevice;

interface Server {
  url: string;
  send: Send;
}

function serve(audience: string, secretByte: number, providers = [provider], sessionStore = store): Server {
  const url = `https://${audience}.example.test`;
  const onOpened = async (session: OpenedSession) => void opened.push(session);
  const secret = new Uint8Array(32).fill(secretByte);
  const sessions = createSessions({
    audience,
    externalUrl: url,
    secret,
    providers,
    store: sessionStore,
    now,
    random,
    onOpened,
  });
  const app = createServiceApp({ logger });
  app.route('/', sessions.routes);
  app.route('/', protectedRoutes(sessions));
  return { url, send: (to, init) => app.request(to, init) };
}

function protectedRoutes({ routes, requireAccess, requireStatus }: Sessions) {
  const answer = (session: SessionEnv['Variables']['session']) => ({
    account: toHex(session.accountId),
    jkt: session.jkt,
  });
  routes.get('/backup', requireAccess, (c) => c.json(answer(c.get('session'))));
  routes.get('/status', requireStatus, (c) => c.json(answer(c.get('session'))));
  return routes;
}

async function postSession(server: Server, who: TestDevice, body: unknown): Promise<Response> {
  return who.send(server.send, `${server.url}/session`, { method: 'POST', json: body });
}

async function openSession(server = vault, who = device, sub = 'mira') {
  const response = await postSession(server, who, sessionBody(await provider.signIn(sub, who.thumbprint)));
  expect(response.status).toBe(201);
  return sessionResponse.parse(await response.json());
}

function get(path: string, accessToken: string, who = device, server = vault): Promise<Response> {
  return who.send(server.send, server.url + path, { method: 'GET', accessToken });
}

async function refusal(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const { code, reason } = (await response.json()) as { code: string; reason?: string };
  return [response.status, code, reason].filter((part) => part !== undefined).join(' ');
}

beforeEach(async () => {
  nowMs = 1_800_000_000_123;
  provider = await createTestProvider(now);
  store = memorySessionStore();
  opened = [];
  vault = serve('vault', 1);
  device = await createDevice();
});

describe('a session', () => {
  it('opens with an ID token whose nonce opens to the device key', async () => {
    const { accessToken, statusToken, expiresInS } = await openSession();
    expect(expiresInS).toBe(1200);
    const me = { account: toHex(accountIdOf(provider.issuer, 'mira')), jkt: device.jkt };
    expect(await (await get('/backup', accessToken)).json()).toEqual(me);
    expect(await (await get('/status', statusToken)).json()).toEqual(me);
    expect(opened).toMatchObject([{ device: 'new', deviceName: 'Test device', jkt: device.jkt, atMs: nowMs }]);
  });

  it('of a known device is renewed, and the status token before it still works', async () => {
    const first = await openSession();
    nowMs += 1000;
    const second = await openSession();
    expect(opened.map((session) => session.device)).toEqual(['new', 'known']);
    for (const { statusToken } of [first, second]) expect((await get('/status', statusToken)).status).toBe(200);
  });

  it('keeps no token in the store', async () => {
    const { accessToken, statusToken } = await openSession();
    const kept = JSON.stringify(await store.listDevices(accountIdOf(provider.issuer, 'mira'), 10));
    expect(kept).not.toContain(statusToken);
    expect(kept).not.toContain(accessToken);
  });

  it('sends the nonce for the next proof with every answer', async () => {
    const { accessToken } = await openSession();
    expect((await get('/backup', accessToken)).headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
    expect((await postSession(vault, device, {})).headers.get('dpop-nonce')).toMatch(/^[\w-]{43}$/);
  });

  it('takes each ID token once, even after a sign-out', async () => {
    const body = sessionBody(await provider.signIn('mira', device.thumbprint));
    expect((await postSession(vault, device, body)).status).toBe(201);
    expect(await refusal(await postSession(vault, device, body))).toBe('401 unauthenticated id-token-used');
    await store.signOut(accountIdOf(provider.issuer, 'mira'), device.jkt, { signature: new Uint8Array(64), nowMs });
    expect(await refusal(await postSession(vault, device, body))).toBe('401 unauthenticated id-token-used');
    const issuer = serve('issuer', 2, [provider], memorySessionStore());
    expect((await postSession(issuer, device, body)).status).toBe(201);
  });

  it('refuses a stolen ID token to another device', async () => {
    const body = sessionBody(await provider.signIn('mira', device.thumbprint));
    expect(await refusal(await postSession(vault, await createDevice(), body))).toBe(
      '401 unauthenticated id-token-invalid',
    );
  });

  it('refuses bodies that are not as expected', async () => {
    const good = sessionBody(await provider.signIn('mira', device.thumbprint));
    const bodies = [
      undefined,
      [],
      {},
      { ...good, random: 'short' },
      { ...good, random: `${good.random.slice(0, 42)}?` },
      { ...good, random: `${good.random.slice(0, 42)}B` },
      { ...good, deviceName: '' },
      { ...good, deviceName: 'a\u0000b' },
      { ...good, deviceName: '\ud800' },
      { ...good, deviceName: 'n'.repeat(65) },
      { ...good, idToken: 'i'.repeat(8193) },
    ];
    for (const body of bodies) expect(await refusal(await postSession(vault, device, body))).toBe('400 bad-request');
  });
});

describe('an access token', () => {
  it('ends after 20 minutes', async () => {
    const { accessToken } = await openSession();
    nowMs += 1_198_000;
    expect((await get('/backup', accessToken)).status).toBe(200);
    nowMs += 2_000;
    expect(await refusal(await get('/backup', accessToken))).toBe('401 unauthenticated invalid-token');
  });

  it('is refused with the proof of another device', async () => {
    const { accessToken } = await openSession();
    const thief = await createDevice();
    expect(await refusal(await get('/backup', accessToken, thief))).toBe('401 unauthenticated invalid-token');
  });

  it('is refused without a proof, as bearer, or with a proof without its hash', async () => {
    const { accessToken } = await openSession();
    const url = `${vault.url}/backup`;
    const withHeaders = async (headers: Record<string, string>) => refusal(await vault.send(url, { headers }));
    expect(await withHeaders({})).toBe('401 unauthenticated invalid-token');
    expect(await withHeaders({ authorization: `Bearer ${accessToken}` })).toBe('401 unauthenticated invalid-token');
    expect(await withHeaders({ authorization: `DPoP ${accessToken}` })).toBe('401 unauthenticated invalid-dpop-proof');
    const nonce = (await get('/backup', accessToken)).headers.get('dpop-nonce') ?? '';
    const dpop = await device.proof({ method: 'GET', url, nonce });
    expect(await withHeaders({ authorization: `DPoP ${accessToken}`, dpop })).toBe(
      '401 unauthenticated invalid-dpop-proof',
    );
  });

  it('of one server is refused by the other, even with the same secret', async () => {
    const { accessToken } = await openSession();
    for (const issuer of [serve('issuer', 2), serve('issuer', 1)]) {
      expect(await refusal(await get('/backup', accessToken, device, issuer))).toBe(
        '401 unauthenticated invalid-token',
      );
    }
  });

  it('works across processes that share secret and store', async () => {
    const { accessToken } = await openSession();
    expect((await get('/backup', accessToken, device, serve('vault', 1))).status).toBe(200);
  });

  it('and a status token cannot stand for each other', async () => {
    const { accessToken, statusToken } = await openSession();
    expect(await refusal(await get('/backup', statusToken))).toBe('401 unauthenticated invalid-token');
    expect(await refusal(await get('/status', accessToken))).toBe('401 unauthenticated invalid-token');
  });

  it('forged without signature or with another key is refused', async () => {
    const { accessToken } = await openSession();
    const [, payload] = accessToken.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as JWTPayload;
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .sign(new Uint8Array(32));
    for (const token of [none, forged, `${accessToken}x`]) {
      expect(await refusal(await get('/backup', token))).toBe('401 unauthenticated invalid-token');
    }
  });

  it('ends when the access of the account is ended, and a new one works; status tokens stay', async () => {
    const { accessToken, statusToken } = await openSession();
    nowMs += 1;
    await store.endAccess(accountIdOf(provider.issuer, 'mira'), nowMs, { key: 'order', expiresAtMs: nowMs + 1 });
    expect(await refusal(await get('/backup', accessToken))).toBe('401 unauthenticated invalid-token');
    expect((await get('/status', statusToken)).status).toBe(200);
    nowMs += 1;
    expect((await get('/backup', (await openSession()).accessToken)).status).toBe(200);
  });

  it('ends with the status token when the device is signed out, which is told with the signature', async () => {
    const { accessToken, statusToken } = await openSession();
    const signature = new Uint8Array(64).fill(9);
    await store.signOut(accountIdOf(provider.issuer, 'mira'), device.jkt, { signature, nowMs });
    for (const [path, token] of [
      ['/backup', accessToken],
      ['/status', statusToken],
    ] as const) {
      const told = await get(path, token);
      expect([told.status, await told.json()]).toMatchObject([
        401,
        { reason: 'signed-out', signature: toBase64url(signature) },
      ]);
    }
    nowMs += 1;
    const renewed = await openSession();
    expect(opened.map((session) => session.device)).toEqual(['new', 'new']);
    expect(await refusal(await get('/status', statusToken))).toBe('401 unauthenticated invalid-token');
    expect(await refusal(await get('/backup', accessToken))).toBe('401 unauthenticated invalid-token');
    expect((await get('/status', renewed.statusToken)).status).toBe(200);
    expect((await get('/backup', renewed.accessToken)).status).toBe(200);
  });

  it('is told of no sign-out to whoever has only its token', async () => {
    const { accessToken } = await openSession();
    const accountId = accountIdOf(provider.issuer, 'mira');
    await store.signOut(accountId, device.jkt, { signature: new Uint8Array(64), nowMs });
    expect(await refusal(await get('/backup', accessToken, await createDevice()))).toBe(
      '401 unauthenticated invalid-token',
    );
  });
});

describe('a status token', () => {
  it('lives 90 days from its last use', async () => {
    const { statusToken } = await openSession();
    for (let uses = 0; uses < 3; uses += 1) {
      nowMs += 89 * DAY_MS;
      expect((await get('/status', statusToken)).status).toBe(200);
    }
    nowMs += 90 * DAY_MS;
    expect(await refusal(await get('/status', statusToken))).toBe('401 unauthenticated invalid-token');
  });

  it('does not live longer because a thief without the device key sends it', async () => {
    const { statusToken } = await openSession();
    const thief = await createDevice();
    nowMs += 80 * DAY_MS;
    expect(await refusal(await get('/status', statusToken, thief))).toBe('401 unauthenticated invalid-token');
    nowMs += 11 * DAY_MS;
    expect(await refusal(await get('/status', statusToken))).toBe('401 unauthenticated invalid-token');
  });
});

describe('an ID token', () => {
  const clearlyBad: Array<[string, Record<string, unknown>]> = [
    ['another issuer', { iss: 'https://evil.example.test' }],
    ['an issuer with a slash more', { iss: 'https://accounts.example.test/' }],
    ['another audience', { aud: 'other-client' }],
    ['a second, foreign audience', { aud: ['extension', 'other-client'] }],
    ['no audience', { aud: undefined }],
    ['a foreign authorized party', { azp: 'other-client' }],
    ['a strange authorized party', { azp: ['extension'] }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject with NUL', { sub: 'mira\u0000' }],
    ['a subject beyond ASCII', { sub: 'mìra' }],
    ['a giant subject', { sub: 's'.repeat(256) }],
    ['no expiry', { exp: undefined }],
    ['no time of issue', { iat: undefined }],
    ['a time of issue in the future', { iat: 1_800_000_000 + 120 }],
    ['a start in the future', { nbf: 1_800_000_000 + 120 }],
    ['no nonce', { nonce: undefined }],
    ['another nonce', { nonce: 'x'.repeat(43) }],
  ];
  const withClaims = async (claims: Record<string, unknown>, header?: Record<string, unknown>) => {
    const bytes = random(32);
    const all = { nonce: signInNonce(device.thumbprint, bytes), ...claims };
    return sessionBody({ idToken: await provider.idToken({ claims: all, ...(header && { header }) }), random: bytes });
  };

  it.each(clearlyBad)('with %s is refused', async (_, claims) => {
    const response = await postSession(vault, device, await withClaims(claims));
    expect(await refusal(response)).toBe('401 unauthenticated id-token-invalid');
  });

  it('that has expired, or is older than ten minutes, is told apart so that it is renewed silently', async () => {
    for (const claims of [{ exp: 1_800_000_000 - 61 }, { iat: 1_800_000_000 - 661 }]) {
      const response = await postSession(vault, device, await withClaims(claims));
      expect(await refusal(response)).toBe('401 unauthenticated id-token-expired');
    }
  });

  it('with several audiences of ours and a known authorized party is accepted', async () => {
    const response = await postSession(vault, device, await withClaims({ aud: ['extension'], azp: 'extension' }));
    expect(response.status).toBe(201);
  });

  it('of either spelling of the issuer means the same account', async () => {
    const both = { ...provider, acceptedIssuers: [provider.issuer, 'accounts.example.test'] };
    const server = serve('vault', 1, [both as TestProvider]);
    for (const iss of both.acceptedIssuers) {
      expect((await postSession(server, device, await withClaims({ iss, sub: 'mira' }))).status).toBe(201);
    }
    expect(opened.map(({ accountId }) => toHex(accountId))).toEqual(
      Array(2).fill(toHex(accountIdOf(provider.issuer, 'mira'))),
    );
  });

  const headers: Array<[string, Record<string, unknown>]> = [
    ['an unknown key id', { kid: 'unknown' }],
    ['a key id that is a path', { kid: '../../../dev/null' }],
    ['the type of an access token', { typ: 'at+jwt' }],
    ['the type of a proof', { typ: 'dpop+jwt' }],
    ['an unknown critical header', { crit: ['unknown'], unknown: 1 }],
  ];
  it.each(headers)('with %s is refused', async (_, header) => {
    const body = await withClaims({}, header);
    expect(await refusal(await postSession(vault, device, body))).toBe('401 unauthenticated id-token-invalid');
  });

  it.each(['none', 'None', 'nOnE'])('with algorithm %s is refused', async (alg) => {
    const body = await withClaims({});
    const idToken = `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${body.idToken.split('.')[1]}.`;
    expect(await refusal(await postSession(vault, device, { ...body, idToken }))).toBe(
      '401 unauthenticated id-token-invalid',
    );
  });

  it('signed by another key, or with the public key as a shared secret, is refused', async () => {
    const body = await withClaims({});
    const claims = JSON.parse(Buffer.from(body.idToken.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwk = await exportJWK(publicKey);
    const forged = [
      await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', jwk, jku: 'https://evil.example.test' })
        .sign(privateKey),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(fromBase64url(jwk.n ?? '')),
      'nonsense',
      'a.b.c',
      `${body.idToken}x`,
      body.idToken.slice(0, -10),
    ];
    for (const idToken of forged) {
      const response = await postSession(vault, device, { ...body, idToken });
      expect(await refusal(response)).toBe('401 unauthenticated id-token-invalid');
    }
  });

  it('cannot be checked while the keys of the provider are out of reach: said as such', async () => {
    const unused = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => unused.once('listening', resolve));
    const address = unused.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => unused.close(resolve));
    const row = {
      id: 'down',
      issuer: provider.issuer,
      clientIds: ['extension'],
      jwksUrl: `http://127.0.0.1:${port}/jwks`,
    };
    const rows = identityProvidersVariable.parse(JSON.stringify([row]));
    const server = serve(
      'vault',
      1,
      rows.map((each) => ({ ...provider, ...openProvider(each, { fetch, now }) })),
    );
    const response = await postSession(server, device, await withClaims({}));
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await refusal(response)).toBe('503 temporarily-unavailable provider-unreachable');
  });
});
