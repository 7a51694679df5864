/** Tokens that must be refused at each door of a server with sessions; the right one of each kind is let in. */
import {
  createHash,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { encode, fromBase64url } from '@/lib/bytes';
import { signInNonce } from '@/lib/keyless/wire/account';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { memorySessionStore } from '@/services/http/sessions/session-store';
import { createSessions } from '@/services/http/sessions/sessions';
import { createProviderKeys } from '@/services/http/sign-in/provider-keys';
import { createDevice, type TestDevice } from '@/services/http/testing/device';
import {
  JWT_ATTACKS,
  type JwtAttack,
  type JwtFacts,
  KEY_ID_ATTACKS,
  timeAttacks,
  withClaims,
  withHeader,
} from '@/services/http/testing/jwt-attacks';
import { sessionBody } from '@/services/http/testing/provider';

const URL = 'https://vault.example.test';
const ISSUER = 'https://accounts.example.test';
const NOW_MS = 1_800_000_000_000;
const NOW_S = NOW_MS / 1000;
const HOUR_S = 3_600;
const SECRET = new Uint8Array(32).fill(1);
const now = () => NOW_MS;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const strong = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
/** Published by the provider, and too short (RFC 7518, section 3.3). */
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const onCurve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const jwkOf = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' });
const published = [
  { ...jwkOf(strong), kid: 'strong', use: 'sig' },
  { ...jwkOf(weak), kid: 'weak', use: 'sig' },
  { ...jwkOf(onCurve), kid: 'curve', use: 'sig' },
];

/** Everything that was fetched: the provider's keys, and nothing that a token names. */
const fetched: string[] = [];
const fetch = async (input: unknown) => {
  fetched.push(String(input));
  return Response.json({ keys: published });
};
const { keyOf } = createProviderKeys({
  find: async () => `${ISSUER}/keys`,
  fetch: fetch as typeof globalThis.fetch,
  now,
});
const provider = {
  id: 'test',
  issuer: ISSUER,
  acceptedIssuers: [ISSUER],
  clientIds: ['extension'],
  algorithms: ['RS256', 'ES256'] as const,
  keys: keyOf,
};
const sessions = createSessions({
  audience: 'vault',
  externalUrl: URL,
  secret: SECRET,
  providers: [provider],
  store: memorySessionStore(),
  now,
  random,
});
sessions.routes.get('/backup', sessions.requireAccess, (c) => c.json({}));
const app = createServiceApp({ logger: createLogger({ service: 'test', level: 'silent' }) });
app.route('/', sessions.routes);
const send = (url: string, init: RequestInit) => app.request(url, init);

const rightly = withHeader('a right one', {});
/** What a token of the provider must not be, beyond its form. */
const OF_PROVIDERS: readonly JwtAttack[] = [
  ...JWT_ATTACKS,
  ...KEY_ID_ATTACKS.filter(([name]) => name !== 'no key id'),
  ...timeAttacks('iat', NOW_S + HOUR_S),
  [
    'a key of 1024 bits that the provider publishes',
    (facts) => rightly[1]({ ...facts, ...by('weak', 'RS256', weak, facts) }),
  ],
  [
    'a key of another kind that the provider publishes',
    (facts) => rightly[1]({ ...facts, ...by('curve', 'RS256', strong, facts) }),
  ],
  withClaims('another issuer', (claims) => ({ ...claims, iss: 'https://accounts.test' })),
  withClaims('a list of issuers', (claims) => ({ ...claims, iss: [ISSUER] })),
  withClaims('another audience', (claims) => ({ ...claims, aud: 'another-app' })),
  withClaims('an audience that is an object', (claims) => ({ ...claims, aud: { extension: true } })),
];
const by = (kid: string, alg: string, key: KeyObject, { header }: JwtFacts) => ({
  header: { ...header, kid, alg },
  key,
});

async function expectRefused(attacks: readonly JwtAttack[], status: (attack: JwtAttack) => Promise<number>) {
  const names = attacks.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
  const answers = await Promise.all(attacks.map(async (attack) => [attack[0], await status(attack)]));
  expect(answers.filter(([, answer]) => answer !== 401)).toEqual([]);
}

describe('an ID token', () => {
  const idTokenOf = async ([, forge]: JwtAttack, device: TestDevice, nonceOf: Uint8Array, how = {}) => {
    const nonce = signInNonce(device.thumbprint, nonceOf);
    const claims = { iss: ISSUER, aud: 'extension', sub: 'mira', nonce, iat: NOW_S, exp: NOW_S + HOUR_S };
    return forge({ claims, header: { alg: 'RS256', kid: 'strong' }, key: strong, ...how });
  };
  const statusOf = async (attack: JwtAttack, how = {}) => {
    const device = await createDevice();
    const nonceOf = random(32);
    const json = sessionBody({ idToken: await idTokenOf(attack, device, nonceOf, how), random: nonceOf });
    return (await device.send(send, `${URL}/session`, { method: 'POST', json })).status;
  };

  it('is taken where it is right, by either algorithm', async () => {
    expect(await statusOf(rightly)).toBe(201);
    expect(await statusOf(rightly, { header: { alg: 'ES256', kid: 'curve' }, key: onCurve })).toBe(201);
  });

  it('is refused for one thing that is wrong, and nothing is fetched that it names', async () => {
    const own: readonly JwtAttack[] = [
      ...OF_PROVIDERS,
      ...timeAttacks('exp', NOW_S - HOUR_S),
      ...timeAttacks('nbf', NOW_S + HOUR_S),
      withClaims('a time without end', (claims) => JSON.stringify(claims).replace(/"iat":\d+/, '"iat":1e400')),
      withClaims('no subject', ({ sub: _, ...claims }) => claims),
      withClaims('an empty subject', (claims) => ({ ...claims, sub: '' })),
      withClaims('a number as subject', (claims) => ({ ...claims, sub: 7 })),
      withClaims('a list as subject', (claims) => ({ ...claims, sub: ['mira'] })),
      withClaims('a NUL in the subject', (claims) => ({ ...claims, sub: 'mira\u0000' })),
      withClaims('letters beyond ASCII in the subject', (claims) => ({ ...claims, sub: 'mirа' })),
      withClaims('a subject of 4,000 characters', (claims) => ({ ...claims, sub: 'x'.repeat(4_000) })),
      withClaims('a subject of every object', ({ sub, ...claims }) =>
        JSON.stringify(claims).replace('{', `{"__proto__":{"sub":"${sub}"},`),
      ),
      withClaims('a list as nonce', (claims) => ({ ...claims, nonce: [claims.nonce] })),
      withClaims('another party authorized', (claims) => ({ ...claims, azp: 'another-app' })),
      withHeader('the type of an access token', { typ: 'at+jwt' }),
      withHeader('the type of a proof', { typ: 'dpop+jwt' }),
    ];
    await expectRefused(own, statusOf);
    expect(new Set(fetched)).toEqual(new Set([`${ISSUER}/keys`]));
  });
});

describe('a notice', () => {
  const statusOf = async ([, forge]: JwtAttack) => {
    const events = { type: 'consent-revoked', sub: 'somebody' };
    const claims = { iss: ISSUER, aud: 'extension', iat: NOW_S, jti: crypto.randomUUID(), events };
    const notice = await forge({ claims, header: { alg: 'RS256', kid: 'strong' }, key: strong });
    const headers = { 'content-type': 'application/json' };
    return (await send(`${URL}/notices`, { method: 'POST', headers, body: JSON.stringify({ notice }) })).status;
  };

  it('is taken where it is right', async () => {
    expect(await statusOf(rightly)).toBe(200);
  });

  it('is refused for one thing that is wrong', async () => {
    await expectRefused(OF_PROVIDERS, statusOf);
  });
});

/** The one device of what follows, whose key the forger has, too. */
const deviceKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const { kty, crv, x, y } = jwkOf(deviceKey);
const jwk = { kty, crv, x, y };
let nonce = '';
let accessToken = '';
let jkt = '';
beforeAll(async () => {
  jkt = await calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' });
  const nonceOf = random(32);
  const claims = { iss: ISSUER, aud: 'extension', sub: 'mira', iat: NOW_S, exp: NOW_S + HOUR_S };
  const idToken = await rightly[1]({
    claims: { ...claims, nonce: signInNonce(fromBase64url(jkt), nonceOf) },
    header: { alg: 'RS256', kid: 'strong' },
    key: strong,
  });
  nonce = (await send(`${URL}/session`, { method: 'POST' })).headers.get('dpop-nonce') ?? '';
  const opened = await send(`${URL}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', dpop: await proofBy(rightly, { htm: 'POST', path: '/session' }) },
    body: JSON.stringify({ ...sessionBody({ idToken, random: nonceOf }) }),
  });
  expect(opened.status).toBe(201);
  accessToken = (await opened.json()).accessToken;
});

async function proofBy(
  [, forge]: JwtAttack,
  { htm, path, token }: { htm: string; path: string; token?: string },
): Promise<string> {
  const ath = token && createHash('sha256').update(token).digest('base64url');
  const claims = { htm, htu: URL + path, iat: NOW_S, nonce, jti: crypto.randomUUID(), ...(ath && { ath }) };
  return forge({ claims, header: { alg: 'ES256', typ: 'dpop+jwt', jwk }, key: deviceKey });
}

describe('a proof', () => {
  const statusOf = async (attack: JwtAttack) => {
    const dpop = await proofBy(attack, { htm: 'GET', path: '/backup', token: accessToken });
    return (await send(`${URL}/backup`, { headers: { authorization: `DPoP ${accessToken}`, dpop } })).status;
  };

  it('is taken where it is right', async () => {
    expect(await statusOf(rightly)).toBe(200);
  });

  it('is refused for one thing that is wrong', async () => {
    const other = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
    const withKey = (name: string, key: KeyObject, alg: string): JwtAttack => [
      name,
      ({ claims, header }) => rightly[1]({ claims, key, header: { ...header, alg, jwk: jwkOf(key) } }),
    ];
    await expectRefused(
      [
        ...JWT_ATTACKS,
        withKey('a key of P-384', other('P-384'), 'ES384'),
        withKey('a key of P-521', other('P-521'), 'ES512'),
        withKey('a key of secp256k1', other('secp256k1'), 'ES256K'),
        withKey('a key of P-384 under the name of ES256', other('P-384'), 'ES256'),
        withKey('an Ed25519 key', generateKeyPairSync('ed25519').privateKey, 'EdDSA'),
        withKey('an RSA key', strong, 'RS256'),
        withKey('an RSA key of 1024 bits', weak, 'RS256'),
        withHeader('a key with its private half', { jwk: deviceKey.export({ format: 'jwk' }) }),
        withHeader('the key as a text', { jwk: JSON.stringify(jwk) }),
        withHeader('a list of keys', { jwk: [jwk] }),
        withHeader('another curve named', { jwk: { ...jwk, crv: 'P-384' } }),
        withHeader('another algorithm named in the key', { jwk: { ...jwk, alg: 'none' } }),
        withHeader('a shared secret as key', { jwk: { kty: 'oct', k: '' } }),
        withHeader('the point at infinity', { jwk: { ...jwk, x: 'A'.repeat(43), y: 'A'.repeat(43) } }),
        withHeader('the type of an ID token', { typ: 'JWT' }),
        withClaims('a time as a text', (claims) => ({ ...claims, iat: String(claims.iat) })),
      ],
      statusOf,
    );
  });
});

describe('an access token', () => {
  const signing = createSecretKey(
    Buffer.from(hkdfSync('sha256', SECRET, new Uint8Array(), encode('halfkey/access-token/v1', 'vault'), 32)),
  );
  const statusOf = async ([, forge]: JwtAttack) => {
    const [, payload = ''] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const token = await forge({ claims, header: { alg: 'HS256', typ: 'at+jwt' }, key: signing });
    const dpop = await proofBy(rightly, { htm: 'GET', path: '/backup', token });
    return (await send(`${URL}/backup`, { headers: { authorization: `DPoP ${token}`, dpop } })).status;
  };

  it('is taken where it is right', async () => {
    expect(await statusOf(rightly)).toBe(200);
  });

  it('is refused for one thing that is wrong', async () => {
    await expectRefused(
      [
        ...JWT_ATTACKS,
        ...timeAttacks('exp', NOW_S - 1),
        ...timeAttacks('nbf', NOW_S + HOUR_S),
        withHeader('the type of an ID token', { typ: 'JWT' }),
        withHeader('no type', { typ: undefined }),
        withClaims('another issuer', (claims) => ({ ...claims, iss: 'issuer' })),
        withClaims('another audience', (claims) => ({ ...claims, aud: 'issuer' })),
        withClaims('another device', (claims) => ({ ...claims, cnf: { jkt: 'A'.repeat(43) } })),
        withClaims('no device', ({ cnf: _, ...claims }) => claims),
        withClaims('another account', (claims) => ({ ...claims, sub: '00'.repeat(32) })),
        withClaims('an account in capitals', (claims) => ({ ...claims, sub: String(claims.sub).toUpperCase() })),
      ],
      statusOf,
    );
  });
});
