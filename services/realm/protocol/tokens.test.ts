import { generateKeyPairSync, sign } from 'node:crypto';
import { CompactEncrypt, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { toBase64url, utf8 } from '@/lib/bytes';
import { createTenant, KEY_ID, type TokenOptions } from '../testing/tenant';
import { InvalidClaims, InvalidToken, readClaims, tenantKeysSchema, verifyToken } from './tokens';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const NOW_MS = 1_800_000_000_000;
const NOW_SECONDS = NOW_MS / 1000;
const tenant = createTenant();
const signed = (options: Partial<TokenOptions> = {}) =>
  tenant.sign({ realmId: REALM_ID, operation: 'recover', nowMs: NOW_MS, ...options });
const claimsOf = async (token: string) => readClaims(await verifyToken(token, tenant.keys, NOW_MS), REALM_ID);

/** A token whose header and payload are given as text, signed by the key or with the given signature. */
function assemble(header: unknown, payload: unknown, signature?: Uint8Array): string {
  const input = `${toBase64url(utf8(JSON.stringify(header)))}.${toBase64url(utf8(JSON.stringify(payload)))}`;
  return `${input}.${toBase64url(signature ?? new Uint8Array(sign(null, utf8(input), other.privateKey)))}`;
}

const other = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = [...tenant.keys.values()].map((key) => key.export({ type: 'spki', format: 'der' }))[0] ?? Buffer.of();
const goodPayload = {
  iss: 'acme',
  sub: 'user',
  aud: REALM_ID,
  scope: 'user',
  nbf: NOW_SECONDS,
  exp: NOW_SECONDS + 300,
  jti: 'id',
  op: 'recover',
};

describe('a token in order', () => {
  it('says tenant, user, operation, id and when it ends', async () => {
    const token = await signed({ subject: 'somebody', payload: { jti: 'id', exp: NOW_SECONDS + 300 } });
    expect(await claimsOf(token)).toEqual({
      tenant: 'acme',
      subject: 'somebody',
      operation: 'recover',
      tokenId: 'id',
      unusableAtMs: NOW_MS + 305_000,
    });
  });

  it.each<[string, Partial<TokenOptions>]>([
    ['without scope', { payload: { scope: undefined } }],
    ['without typ', { header: { typ: undefined } }],
    ['expired within the leeway', { payload: { exp: NOW_SECONDS - 4 } }],
    ['ahead within the leeway', { payload: { nbf: NOW_SECONDS + 5 } }],
  ])('is accepted %s', async (_what, options) => {
    expect(await claimsOf(await signed(options))).toMatchObject({ subject: 'user' });
  });

  it('can never be shown again from unusableAtMs on', async () => {
    const token = await signed();
    const { unusableAtMs } = await claimsOf(token);
    await expect(verifyToken(token, tenant.keys, unusableAtMs - 1000)).resolves.toBeDefined();
    await expect(verifyToken(token, tenant.keys, unusableAtMs)).rejects.toThrow(InvalidToken);
  });
});

describe('a token is refused before its claims are read', () => {
  const header = { alg: 'EdDSA', kid: KEY_ID, typ: 'JWT' };
  it.each<[string, () => string | Promise<string>]>([
    ['of another key', () => signed({ signWith: other.privateKey })],
    ['with an unknown key id', () => signed({ header: { kid: 'acme:2' } })],
    ['without a key id', () => signed({ header: { kid: undefined } })],
    ['with the key id of a path', () => signed({ header: { kid: '../acme:1' } })],
    ['with the key id of another tenant', () => signed({ header: { kid: 'other:1' } })],
    [
      'with its own key in the header',
      () => signed({ signWith: other.privateKey, header: { jwk: other.publicKey.export({ format: 'jwk' }) } }),
    ],
    ['with algorithm none', () => new UnsecuredJWT(goodPayload).encode()],
    ['with algorithm none and a key id', () => assemble({ ...header, alg: 'none' }, goodPayload, new Uint8Array())],
    ['with algorithm nOnE', () => assemble({ ...header, alg: 'nOnE' }, goodPayload)],
    ['with HS256 under the public key', () => signed({ header: { alg: 'HS256' }, signWith: new Uint8Array(spki) })],
    ['with RS256', () => signed({ header: { alg: 'RS256' }, signWith: rsa.privateKey })],
    ['with ES256', () => signed({ header: { alg: 'ES256' }, signWith: ec.privateKey })],
    ['with no signature', async () => (await signed()).replace(/[^.]*$/, '')],
    ['with a signature of zeros', () => assemble(header, goodPayload, new Uint8Array(64))],
    ['with one bit of the payload changed', async () => flip(await signed(), 1)],
    ['with one bit of the signature changed', async () => flip(await signed(), 2)],
    ['with a critical header', () => assemble({ ...header, crit: ['x'], x: 1 }, goodPayload)],
    ['of another type', () => signed({ header: { typ: 'dpop+jwt' } })],
    [
      'that is encrypted',
      () =>
        new CompactEncrypt(utf8('{}')).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(new Uint8Array(32)),
    ],
    ['in two parts', async () => (await signed()).replace(/\.[^.]*$/, '')],
    ['that is empty', () => ''],
    ['longer than 1000 characters', () => signed({ subject: 'u'.repeat(1000) })],
    ['expired', () => signed({ payload: { exp: NOW_SECONDS - 5 } })],
    ['not valid yet', () => signed({ payload: { nbf: NOW_SECONDS + 6 } })],
    ['without exp', () => signed({ payload: { exp: undefined } })],
    ['without nbf', () => signed({ payload: { nbf: undefined } })],
    ['with exp as text', () => signed({ payload: { exp: String(NOW_SECONDS + 300) } })],
  ])('%s', async (_what, make) => {
    const token = await make();
    await expect(verifyToken(token, tenant.keys, NOW_MS)).rejects.toThrow(InvalidToken);
  });
});

describe('a genuine token is refused for its claims', () => {
  it.each<[string, Record<string, unknown>]>([
    ['without issuer', { iss: undefined }],
    ['with the issuer of another tenant', { iss: 'other' }],
    ['with the key id as issuer', { iss: KEY_ID }],
    ['without subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['with a number as subject', { sub: 7 }],
    ['without audience', { aud: undefined }],
    ['of another realm', { aud: 'ff'.repeat(16) }],
    ['with the audience in capitals', { aud: REALM_ID.toUpperCase() }],
    ['with two audiences', { aud: [REALM_ID, 'ff'.repeat(16)] }],
    ['with the audience as a list', { aud: [REALM_ID] }],
    ['with scope audit', { scope: 'audit' }],
    ['with two scopes', { scope: 'user audit' }],
    ['with an empty scope', { scope: '' }],
    ['without operation', { op: undefined }],
    ['with an unknown operation', { op: 'admin' }],
    ['with two operations', { op: ['register', 'recover'] }],
    ['without id', { jti: undefined }],
    ['with an empty id', { jti: '' }],
    ['with a long id', { jti: 'x'.repeat(129) }],
    ['with a NUL in its id', { jti: 'a\u0000b' }],
    ['that lives longer than a day', { nbf: NOW_SECONDS - 1, exp: NOW_SECONDS + 86_400 }],
  ])('%s', async (_what, payload) => {
    await expect(claimsOf(await signed({ payload }))).rejects.toThrow(InvalidClaims);
  });
});

describe('tenant keys from configuration', () => {
  const entry = { data: tenant.publicKeyHex, encoding: 'Hex', algorithm: 'Edwards25519' };
  const parse = (value: unknown) => tenantKeysSchema.safeParse(JSON.stringify(value)).success;

  it('are read from JSON, several versions of several tenants', () => {
    expect(parse({ 'acme:1': entry, 'acme:18446744073709551615': entry, 'test-other:0': entry })).toBe(true);
  });

  it('are refused with a key id that cannot be, another algorithm or another key', () => {
    for (const keyId of [
      'ten:ant:32',
      'antenna:32x',
      'tenant:latest',
      'tenant:',
      'some-non-alphanumerics:2',
      'a:01',
      'a',
    ]) {
      expect(parse({ [keyId]: entry }), keyId).toBe(false);
    }
    expect(parse({ 'acme:1': { ...entry, algorithm: 'HmacSha256' } })).toBe(false);
    expect(parse({ 'acme:1': { ...entry, encoding: 'UTF8' } })).toBe(false);
    expect(parse({ 'acme:1': { ...entry, data: 'zz' } })).toBe(false);
    expect(
      parse({ 'acme:1': { ...entry, data: rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('hex') } }),
    ).toBe(false);
    expect(parse({})).toBe(false);
    expect(parse('acme')).toBe(false);
    expect(tenantKeysSchema.safeParse('{').success).toBe(false);
  });
});

/** The token with one bit of the middle of a part changed. */
function flip(token: string, part: number): string {
  const parts = token.split('.').map((text) => new Uint8Array(Buffer.from(text, 'base64url')));
  const bytes = parts[part] ?? new Uint8Array();
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return parts.map(toBase64url).join('.');
}
