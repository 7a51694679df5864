/** Requests that must be refused because of their token or their proof (RFC 9449), each wrong in exactly one thing. */
import type { TestDevice } from '@/services/http/testing/device';

export interface AttackFacts {
  /** Whose token it is. */
  readonly device: TestDevice;
  readonly thief: TestDevice;
  readonly method: string;
  readonly url: string;
  /** The right token for this operation, the one of the other kind, and one of the thief's own. */
  readonly token: string;
  readonly otherKind: string;
  readonly thiefsToken: string;
  /** A good nonce of the server. */
  readonly nonce: string;
}

interface Forged {
  readonly authorization?: string;
  readonly dpop?: string;
}

type Attack = readonly [name: string, forge: (facts: AttackFacts) => Promise<Forged>];

const good = ({ device, method, url, token, nonce }: AttackFacts) =>
  device.proof({ method, url, nonce, accessToken: token });

/** A proof of the right device with some of its claims or headers replaced. */
const bent = (
  name: string,
  parts: (facts: AttackFacts) => { claims?: Record<string, unknown>; header?: Record<string, unknown> },
): Attack => [
  name,
  async (facts) => {
    const { device, method, url, token, nonce } = facts;
    const dpop = await device.proof({ method, url, nonce, accessToken: token, ...parts(facts) });
    return { authorization: `DPoP ${token}`, dpop };
  },
];

/** The right proof, cut or changed as text. */
const mangled = (name: string, change: (proof: string) => string): Attack => [
  name,
  async (facts) => ({ authorization: `DPoP ${facts.token}`, dpop: change(await good(facts)) }),
];

/** The right proof beside another `Authorization`. */
const presented = (name: string, authorization: (facts: AttackFacts) => string | undefined): Attack => [
  name,
  async (facts) => {
    const said = authorization(facts);
    return { dpop: await good(facts), ...(said !== undefined && { authorization: said }) };
  },
];

const reencoded = (part: string, change: (json: Record<string, unknown>) => void): string => {
  const json = JSON.parse(Buffer.from(part, 'base64url').toString());
  change(json);
  return Buffer.from(JSON.stringify(json)).toString('base64url');
};

const joined = (...parts: (string | undefined)[]): string => parts.map((part) => part ?? '').join('.');

export const PROOF_ATTACKS: readonly Attack[] = [
  presented('no token', () => undefined),
  presented('an empty token', () => 'DPoP '),
  presented('the token as a bearer', ({ token }) => `Bearer ${token}`),
  presented('two tokens', ({ token }) => `DPoP ${token} ${token}`),
  presented('half a token', ({ token }) => `DPoP ${token.slice(0, token.length / 2)}`),
  presented('a token with more behind it', ({ token }) => `DPoP ${token}x`),
  presented('the token of the other kind', ({ otherKind }) => `DPoP ${otherKind}`),
  presented("a thief's own token", ({ thiefsToken }) => `DPoP ${thiefsToken}`),
  ['no proof', async ({ token }) => ({ authorization: `DPoP ${token}` })],
  mangled('an empty proof', () => ''),
  mangled('garbage for a proof', () => 'a.b.c'),
  mangled('two proofs', (proof) => `${proof}, ${proof}`),
  mangled('a proof without its signature', (proof) => joined(...proof.split('.').slice(0, 2), '')),
  mangled('a signature that is cut', (proof) => proof.slice(0, -4)),
  mangled('a signature of zeros', (proof) => joined(...proof.split('.').slice(0, 2), 'A'.repeat(86))),
  mangled('a proof with a part more', (proof) => `${proof}.${proof.split('.')[2]}`),
  mangled('a giant proof', (proof) => `${proof}${'A'.repeat(5_000)}`),
  mangled('claims changed after signing', (proof) => {
    const [header, claims = '', signature] = proof.split('.');
    return joined(
      header,
      reencoded(claims, (json) => Object.assign(json, { jti: 'another-one' })),
      signature,
    );
  }),
  mangled('a header changed after signing', (proof) => {
    const [header = '', claims, signature] = proof.split('.');
    return joined(
      reencoded(header, (json) => Object.assign(json, { extra: 1 })),
      claims,
      signature,
    );
  }),
  mangled('none as algorithm', (proof) => {
    const [header = '', claims] = proof.split('.');
    return joined(
      reencoded(header, (json) => Object.assign(json, { alg: 'none' })),
      claims,
      '',
    );
  }),
  [
    'a proof of another device',
    async ({ thief, method, url, token, nonce }) => ({
      authorization: `DPoP ${token}`,
      dpop: await thief.proof({ method, url, nonce, accessToken: token }),
    }),
  ],
  [
    "a thief's signature under the key of the device",
    async ({ thief, device, method, url, token, nonce }) => ({
      authorization: `DPoP ${token}`,
      dpop: await thief.proof({ method, url, nonce, accessToken: token, header: { jwk: device.jwk } }),
    }),
  ],
  bent('the key of another device', ({ thief }) => ({ header: { jwk: thief.jwk } })),
  bent('no key', () => ({ header: { jwk: undefined } })),
  bent('a key with its private half', ({ device }) => ({ header: { jwk: { ...device.jwk, d: 'A'.repeat(43) } } })),
  bent('a shared secret as key', () => ({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })),
  bent('a key off the curve', ({ device }) => ({ header: { jwk: { ...device.jwk, y: 'A'.repeat(43) } } })),
  bent('the type of a token', () => ({ header: { typ: 'JWT' } })),
  bent('no type', () => ({ header: { typ: undefined } })),
  bent('an unknown critical header', () => ({ header: { crit: ['unknown'], unknown: 1 } })),
  bent('another method', ({ method }) => ({ claims: { htm: method === 'GET' ? 'POST' : 'GET' } })),
  bent('the method in small letters', ({ method }) => ({ claims: { htm: method.toLowerCase() } })),
  bent('no method', () => ({ claims: { htm: undefined } })),
  bent('another path', ({ url }) => ({ claims: { htu: `${url}/more` } })),
  bent('another host', ({ url }) => ({ claims: { htu: url.replace('//', '//evil.') } })),
  bent('another scheme', ({ url }) => ({ claims: { htu: url.replace('https:', 'http:') } })),
  bent('another port', ({ url }) => ({ claims: { htu: url.replace(/^(https:\/\/[^/]+)/, '$1:8443') } })),
  bent('no address', () => ({ claims: { htu: undefined } })),
  bent('no address but words', () => ({ claims: { htu: 'here' } })),
  bent('no token hash', () => ({ claims: { ath: undefined } })),
  bent('an empty token hash', () => ({ claims: { ath: '' } })),
  bent('the hash of another token', () => ({ claims: { ath: 'A'.repeat(43) } })),
  bent('no nonce', () => ({ claims: { nonce: undefined } })),
  bent('an invented nonce', () => ({ claims: { nonce: 'A'.repeat(43) } })),
  bent('a nonce that is no text', () => ({ claims: { nonce: 7 } })),
  bent('no identifier', () => ({ claims: { jti: undefined } })),
  bent('an identifier that is too short', () => ({ claims: { jti: '1' } })),
  bent('an identifier that is too long', () => ({ claims: { jti: 'x'.repeat(129) } })),
  bent('no time', () => ({ claims: { iat: undefined } })),
];
