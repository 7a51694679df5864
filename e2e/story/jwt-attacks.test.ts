/**
 * Tokens that must be refused, at the running servers. The forger here is stronger than a thief: he has the provider's
 * and the issuer's own signing keys, so that each token is wrong in exactly one thing; the first of each group is right.
 * What a token names in its header, no server asks.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { signInNonce } from '@/lib/keyless/wire/account';
import { createDevice, type TestDevice } from '@/services/http/testing/device';
import { JWT_ATTACKS, type JwtFacts, KEY_ID_ATTACKS } from '@/services/http/testing/jwt-attacks';
import { encodeRequest } from '@/services/realm/testing/device';
import { type Stack, startStack } from '../stack';
import { random } from './device';

let stack: Stack;
/** An address of the forger's, with a key set, and who asked it. */
let lure = '';
const asked: string[] = [];
const forgersServer = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end(JSON.stringify({ keys: [] }));
});
beforeAll(async () => {
  await once(forgersServer.listen(0, '127.0.0.1'), 'listening');
  lure = `http://127.0.0.1:${(forgersServer.address() as AddressInfo).port}`;
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  forgersServer.close();
  await stack?.stop();
});

/** The forms that every place refuses; `alg` is one of the headers above. */
const formsOf = <Facts extends Pick<JwtFacts, 'claims' | 'key'> & { readonly header: JWTHeaderParameters }>() =>
  [...JWT_ATTACKS, ...KEY_ID_ATTACKS.filter(([name]) => name !== 'no key id')].map(
    ([name, forge]): readonly [string, number, Forge<Facts>] => [
      name,
      401,
      ({ claims, header, key }) => forge({ claims, header: { ...header, alg: header.alg }, key, lure }),
    ],
  );

const nowS = () => Math.floor(Date.now() / 1000);
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const sign = (claims: JWTPayload, header: JWTHeaderParameters, key: KeyObject | Uint8Array) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key);
const unsigned = (claims: JWTPayload) => new UnsecuredJWT(claims).encode();

type Forge<Facts> = (facts: Facts) => Promise<string> | string;

interface SignInFacts {
  readonly claims: JWTPayload;
  readonly header: JWTHeaderParameters;
  /** The provider's. */
  readonly key: KeyObject;
}

/** What the provider would say of somebody who signs in on this device. */
async function signInFacts(device: TestDevice, nonceOf: Uint8Array): Promise<SignInFacts> {
  const { signingKey } = JSON.parse(await readFile(join(stack.dataOf('identity'), 'keys.json'), 'utf8'));
  const [provider] = stack.config.identityProviders;
  const claims = {
    iss: provider?.issuer ?? '',
    aud: provider?.clientId ?? '',
    sub: '1234567890',
    nonce: signInNonce(device.thumbprint, nonceOf),
    iat: nowS(),
    exp: nowS() + 3600,
  };
  const key = createPrivateKey({ key: signingKey, format: 'jwk' });
  return { claims, header: { alg: 'RS256', kid: signingKey.kid }, key };
}

const ID_TOKENS: readonly (readonly [string, number, Forge<SignInFacts>])[] = [
  ['a right one', 201, ({ claims, header, key }) => sign(claims, header, key)],
  ['none as algorithm', 401, ({ claims }) => unsigned(claims)],
  [
    'HS256 with the public key as secret',
    401,
    ({ claims, header, key }) => sign(claims, { ...header, alg: 'HS256' }, Buffer.from(pem(createPublicKey(key)))),
  ],
  [
    'another algorithm by the same key',
    401,
    ({ claims, header, key }) => sign(claims, { ...header, alg: 'RS512' }, key),
  ],
  [
    'another key under the same id',
    401,
    ({ claims, header }) => sign(claims, header, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  ],
  ['another audience', 401, ({ claims, header, key }) => sign({ ...claims, aud: 'another-app' }, header, key)],
  [
    'another audience besides ours',
    401,
    ({ claims, header, key }) => sign({ ...claims, aud: [String(claims.aud), 'another-app'] }, header, key),
  ],
  ['another party authorized', 401, ({ claims, header, key }) => sign({ ...claims, azp: 'another-app' }, header, key)],
  ['another issuer', 401, ({ claims, header, key }) => sign({ ...claims, iss: 'https://accounts.test' }, header, key)],
  [
    'the nonce of another device key',
    401,
    ({ claims, header, key }) => sign({ ...claims, nonce: signInNonce(random(32), random(32)) }, header, key),
  ],
  ['no nonce', 401, ({ claims: { nonce: _, ...claims }, header, key }) => sign(claims, header, key)],
  ['expired', 401, ({ claims, header, key }) => sign({ ...claims, exp: nowS() - 120 }, header, key)],
  ['made long ago', 401, ({ claims, header, key }) => sign({ ...claims, iat: nowS() - 900 }, header, key)],
  ['no subject', 401, ({ claims: { sub: _, ...claims }, header, key }) => sign(claims, header, key)],
  ...formsOf<SignInFacts>(),
];

describe.each(['vault', 'issuer'] as const)('an ID token at the %s', (party) => {
  it.each(ID_TOKENS)('%s: %i', async (_, status, forge) => {
    const device = await createDevice();
    const nonceOf = random(32);
    const idToken = await forge(await signInFacts(device, nonceOf));
    expect((await openSession(device, party, idToken, nonceOf)).status).toBe(status);
  });
});

function openSession(device: TestDevice, party: 'vault' | 'issuer', idToken: string, nonceOf: Uint8Array) {
  const json = { idToken, random: toBase64url(nonceOf), deviceName: 'forger' };
  return device.send(fetch, `${stack.urls[party]}/session`, { method: 'POST', json });
}

interface RealmFacts {
  readonly claims: JWTPayload;
  readonly header: JWTHeaderParameters;
  /** The issuer's. */
  readonly key: KeyObject;
  readonly otherRealmId: string;
}

const REALM_TOKENS: readonly (readonly [string, number, Forge<RealmFacts>])[] = [
  ['a right one', 200, ({ claims, header, key }) => sign(claims, header, key)],
  ['none as algorithm', 401, ({ claims }) => unsigned(claims)],
  [
    'HS256 with the public key as secret',
    401,
    ({ claims, header, key }) => sign(claims, { ...header, alg: 'HS256' }, Buffer.from(pem(createPublicKey(key)))),
  ],
  [
    'another algorithm and key',
    401,
    ({ claims, header }) =>
      sign(claims, { ...header, alg: 'RS256' }, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  ],
  [
    'another key under the same id',
    401,
    ({ claims, header }) => sign(claims, header, generateKeyPairSync('ed25519').privateKey),
  ],
  ['an unknown key id', 401, ({ claims, header, key }) => sign(claims, { ...header, kid: 'halfkey:2' }, key)],
  [
    'the token of another realm',
    401,
    ({ claims, header, key, otherRealmId }) => sign({ ...claims, aud: otherRealmId }, header, key),
  ],
  ['another issuer', 401, ({ claims, header, key }) => sign({ ...claims, iss: 'somebody' }, header, key)],
  ['no user', 401, ({ claims: { sub: _, ...claims }, header, key }) => sign(claims, header, key)],
  ['no operation', 401, ({ claims: { op: _, ...claims }, header, key }) => sign(claims, header, key)],
  ['another operation', 401, ({ claims, header, key }) => sign({ ...claims, op: 'register' }, header, key)],
  ['another scope', 401, ({ claims, header, key }) => sign({ ...claims, scope: 'audit' }, header, key)],
  ['expired', 401, ({ claims, header, key }) => sign({ ...claims, exp: nowS() - 60 }, header, key)],
  ['not yet valid', 401, ({ claims, header, key }) => sign({ ...claims, nbf: nowS() + 60 }, header, key)],
  ...formsOf<RealmFacts>(),
];

describe('a realm token at a realm', () => {
  it.each(REALM_TOKENS)('%s: %i', async (_, status, forge) => {
    const [realm, other] = stack.config.realmSets[0]?.realms ?? [];
    const claims = {
      iss: 'halfkey',
      sub: toBase64url(random(16)),
      aud: realm?.id ?? '',
      nbf: nowS() - 30,
      exp: nowS() + 300,
      jti: toBase64url(random(16)),
      scope: 'user',
      op: 'recover',
    };
    const key = createPrivateKey(await readFile(join(stack.dataOf('issuer'), 'keys', 'tenant.key'), 'utf8'));
    const header = { alg: 'EdDSA', kid: 'halfkey:1', typ: 'JWT' };
    const token = await forge({ claims, header, key, otherRealmId: other?.id ?? '' });
    expect((await ask(realm?.address ?? '', token)).status).toBe(status);
  });
});

function ask(address: string, token: string): Promise<Response> {
  return fetch(`${address}req`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' },
    body: new Uint8Array(encodeRequest({ kind: 'Recover1' })),
  });
}

describe('an access token', () => {
  const PATHS = { vault: '/backup', issuer: '/witness' } as const;
  const signedIn = async () => {
    const device = await createDevice();
    const nonceOf = random(32);
    const { claims, header, key } = await signInFacts(device, nonceOf);
    const idToken = await sign(claims, header, key);
    const [vault, issuer] = await Promise.all(
      (['vault', 'issuer'] as const).map(async (party) => {
        const answer = await openSession(device, party, idToken, nonceOf);
        return ((await answer.json()) as { accessToken: string }).accessToken;
      }),
    );
    return { device, vault: vault ?? '', issuer: issuer ?? '' };
  };
  const use = (device: TestDevice, party: 'vault' | 'issuer', accessToken: string) =>
    device.send(fetch, stack.urls[party] + PATHS[party], { method: 'GET', accessToken });

  it.each([
    ['vault', 'issuer'],
    ['issuer', 'vault'],
  ] as const)('of the %s is good there and refused by the %s', async (own, other) => {
    const tokens = await signedIn();
    expect((await use(tokens.device, own, tokens[own])).status).toBe(200);
    expect((await use(tokens.device, other, tokens[own])).status).toBe(401);
  });

  it.each(['vault', 'issuer'] as const)('of the %s is refused from another device, and unsigned', async (party) => {
    const tokens = await signedIn();
    const thief = await createDevice();
    expect((await use(thief, party, tokens[party])).status).toBe(401);
    const claims = JSON.parse(Buffer.from(tokens[party].split('.')[1] ?? '', 'base64url').toString());
    expect((await use(tokens.device, party, unsigned(claims))).status).toBe(401);
    expect((await use(tokens.device, party, tokens[party])).status).toBe(200);
  });

  it.each(['vault', 'issuer'] as const)('of the %s says nothing to a realm', async (party) => {
    const tokens = await signedIn();
    const [realm] = stack.config.realmSets[0]?.realms ?? [];
    expect((await ask(realm?.address ?? '', tokens[party])).status).toBe(401);
  });
});

it('no server asked an address that a token named', () => {
  expect(asked).toEqual([]);
});
