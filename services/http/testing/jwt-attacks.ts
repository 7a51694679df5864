/**
 * JSON Web Tokens (RFC 7519) that must be refused wherever one is taken. The forger has the right key, so that a token is
 * wrong in one thing alone, unless the thing is the key.
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { CompactEncrypt } from 'jose';

export interface JwtFacts {
  /** Of a token that would be taken. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>> & { readonly alg: string };
  /** What signs it: a private key, or the secret of an HMAC. */
  readonly key: KeyObject;
  /** An address of the forger, which nobody may ask. */
  readonly lure?: string;
}

export type JwtAttack = readonly [name: string, forge: (facts: JwtFacts) => string | Promise<string>];

const SECRET = createSecretKey(Buffer.alloc(32, 7));
const LURE = 'https://forger.example.test';
const THIEVES = new Map<string, KeyObject>();
/** The forger's own key of a kind. */
function thiefOf(alg: string): KeyObject {
  const known = THIEVES.get(alg) ?? newKeyFor(alg);
  THIEVES.set(alg, known);
  return known;
}

const CURVES: Readonly<Record<string, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  ES256K: 'secp256k1',
};

function newKeyFor(alg: string): KeyObject {
  if (alg.startsWith('HS')) return SECRET;
  if (alg === 'EdDSA') return generateKeyPairSync('ed25519').privateKey;
  const namedCurve = CURVES[alg];
  return namedCurve === undefined
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    : generateKeyPairSync('ec', { namedCurve }).privateKey;
}

const encoded = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url');

/** RFC 7518, section 3.1; by hand, because a library does not sign what it would refuse. */
function signatureOf(alg: string, key: KeyObject, data: string): Buffer {
  const hash = `sha${alg.slice(2, 5)}`;
  if (alg === 'EdDSA') return sign(null, Buffer.from(data), key);
  if (alg.startsWith('HS')) return createHmac(hash, key).update(data).digest();
  if (alg.startsWith('ES')) return sign(hash, Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' });
  const padding = alg.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return sign(hash, Buffer.from(data), { key, padding, ...(alg.startsWith('PS') && { saltLength: 32 }) });
}

/** @param how the algorithm and the key in the place of the right ones */
function compact(header: unknown, claims: unknown, how: { alg: string; key: KeyObject }): string {
  const asText = (part: unknown) =>
    typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part);
  const data = `${encoded(asText(header))}.${encoded(asText(claims))}`;
  return `${data}.${encoded(signatureOf(how.alg, how.key, data))}`;
}

const right = ({ header, claims, key }: JwtFacts): string => compact(header, claims, { alg: header.alg, key });
const partsOf = (token: string): [string, string, string] => token.split('.') as [string, string, string];

/** The right token with more in its header, or less, signed with the right key. */
export const withHeader = (name: string, more: Readonly<Record<string, unknown>>): JwtAttack => [
  name,
  ({ header, claims, key }) => compact({ ...header, ...more }, claims, { alg: header.alg, key }),
];
/** The right token with other claims, signed with the right key. */
export const withClaims = (name: string, change: (claims: JwtFacts['claims']) => unknown): JwtAttack => [
  name,
  ({ header, claims, key }) => compact(header, change(claims), { alg: header.alg, key }),
];
/** What the forger signs with a key of his own, and something in the header that leads to it. */
const byThief = (name: string, more: (thief: KeyObject, facts: JwtFacts) => object): JwtAttack => [
  name,
  (facts) => {
    const key = thiefOf(facts.header.alg);
    return compact({ ...facts.header, ...more(key, facts) }, facts.claims, { alg: facts.header.alg, key });
  },
];
const mangled = (name: string, change: (parts: [string, string, string], token: string) => string): JwtAttack => [
  name,
  (facts) => change(partsOf(right(facts)), right(facts)),
];
/** Signed by a secret that is public. */
const bySecret = (name: string, secretOf: (facts: JwtFacts) => string | Uint8Array, more: object = {}): JwtAttack => [
  name,
  (facts) => {
    const key = createSecretKey(Buffer.from(secretOf(facts)));
    return compact({ ...facts.header, ...more, alg: 'HS256' }, facts.claims, { alg: 'HS256', key });
  },
];

const publicJwk = (key: KeyObject) => (key.type === 'private' ? createPublicKey(key).export({ format: 'jwk' }) : {});
const spki = (key: KeyObject, format: 'pem' | 'der') =>
  key.type === 'private' ? createPublicKey(key).export({ type: 'spki', format } as never) : Buffer.alloc(32);
const zeros = (signature: string): string => encoded(Buffer.alloc(Buffer.from(signature, 'base64url').length));
const flipped = (signature: string): string => {
  const bytes = Buffer.from(signature, 'base64url');
  bytes[8] = (bytes[8] ?? 0) ^ 1;
  return encoded(bytes);
};

const UNSIGNED: readonly JwtAttack[] = [
  ...['none', 'None', 'nOnE', 'NONE'].map(
    (alg): JwtAttack => [
      `${alg} as algorithm`,
      ({ header, claims }) => `${encoded(JSON.stringify({ ...header, alg }))}.${encoded(JSON.stringify(claims))}.`,
    ],
  ),
  withHeader('none as algorithm, with a right signature', { alg: 'none' }),
  withHeader('no algorithm', { alg: undefined }),
  withHeader('an empty algorithm', { alg: '' }),
  withHeader('a list of algorithms', { alg: ['RS256', 'ES256', 'EdDSA', 'HS256', 'none'] }),
  mangled('no signature', ([header, claims]) => `${header}.${claims}.`),
  mangled('a signature of zeros', ([header, claims, signature]) => `${header}.${claims}.${zeros(signature)}`),
  mangled(
    'one bit of the signature flipped',
    ([header, claims, signature]) => `${header}.${claims}.${flipped(signature)}`,
  ),
  mangled('a signature that is cut', (_, token) => token.slice(0, -8)),
  mangled('the signature twice', (parts) => `${parts.join('.')}${parts[2]}`),
];

const FOREIGN_KEYS: readonly JwtAttack[] = [
  byThief('another key under the same name', () => ({})),
  byThief('a key in the header', (thief) => ({ jwk: publicJwk(thief), kid: undefined })),
  byThief('a key in the header under the right name', (thief) => ({ jwk: publicJwk(thief) })),
  byThief('the address of a key set', (_, { lure = LURE }) => ({ jku: `${lure}/keys` })),
  byThief('the address of a certificate', (_, { lure = LURE }) => ({ x5u: `${lure}/certificate` })),
  byThief('a certificate in the header', (thief) => ({ x5c: [spki(thief, 'der').toString('base64')] })),
  ...['HS256', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'ES256K', 'EdDSA'].map(
    (alg): JwtAttack => [
      `${alg} with another key`,
      ({ header, claims }) => compact({ ...header, alg }, claims, { alg, key: thiefOf(alg) }),
    ],
  ),
  bySecret('the public key as a shared secret, PEM', ({ key }) => spki(key, 'pem')),
  bySecret('the public key as a shared secret, DER', ({ key }) => spki(key, 'der')),
  bySecret('the public key as a shared secret, JWK', ({ key }) => JSON.stringify(publicJwk(key))),
  bySecret('an empty secret', () => ''),
];

const KEY_IDS: readonly JwtAttack[] = [
  bySecret('a path as key id', () => '', { kid: '../../../../../../dev/null' }),
  bySecret('SQL as key id', () => 'AAAA', { kid: "x' UNION SELECT 'AAAA' --" }),
  bySecret('a command as key id', () => 'AAAA', { kid: '$(echo AAAA)|echo AAAA' }),
  byThief('an address as key id', (_, { lure = LURE }) => ({ kid: `${lure}/keys` })),
  byThief('a key id with a NUL', (_, { header }) => ({ kid: `${header.kid}\u0000` })),
  byThief('a key id of 3,000 characters', () => ({ kid: 'x'.repeat(3_000) })),
  byThief('a name of every object as key id', () => ({ kid: '__proto__' })),
];

/** Rightly signed, but not in the one form that is taken, or with a demand that nobody here understands. */
const FORMS: readonly JwtAttack[] = [
  [
    'two signatures, of which one is right',
    (facts) => {
      const [header, payload, signature] = partsOf(right(facts));
      const [, , foreign] = partsOf(
        compact(facts.header, facts.claims, { alg: facts.header.alg, key: thiefOf(facts.header.alg) }),
      );
      return JSON.stringify({
        payload,
        signatures: [
          { protected: header, signature: foreign },
          { protected: header, signature },
        ],
      });
    },
  ],
  mangled('one signature in JSON', ([header, payload, signature]) =>
    JSON.stringify({ payload, protected: header, signature }),
  ),
  mangled('four parts', (parts) => [...parts, parts[2]].join('.')),
  mangled('five parts', (parts) => [...parts, '', ''].join('.')),
  mangled('two tokens', (_, token) => `${token}, ${token}`),
  mangled('detached claims', ([header, , signature]) => `${header}..${signature}`),
  [
    'claims that are not encoded',
    ({ header, claims, key }) => {
      const said = encoded(JSON.stringify({ ...header, b64: false, crit: ['b64'] }));
      const data = `${said}.${JSON.stringify({ ...claims, dot: undefined })}`;
      return `${data}.${encoded(signatureOf(header.alg, key, data))}`;
    },
  ],
  withHeader('b64: false over encoded claims', { b64: false, crit: ['b64'] }),
  withHeader('a demand that nobody knows', { crit: ['unknown'], unknown: 1 }),
  withHeader('a demand for a claim', { crit: ['exp'], exp: 1 }),
  withHeader('a demand that is not there', { crit: ['absent'] }),
  withHeader('an empty list of demands', { crit: [] }),
  withHeader('a demand that is no list', { crit: 'exp' }),
  [
    'encrypted for whoever has the public key',
    async ({ header, claims, key }) => {
      const cek = createHash('sha256').update(spki(key, 'der')).digest();
      return new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ ...header, alg: 'dir', enc: 'A256GCM' })
        .encrypt(cek);
    },
  ],
  [
    'a right token within an encrypted one',
    async (facts) => {
      const recipient = createPublicKey(thiefOf('RS256'));
      return new CompactEncrypt(Buffer.from(right(facts)))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' })
        .encrypt(recipient);
    },
  ],
  [
    'a right token within another',
    (facts) => compact({ ...facts.header, cty: 'JWT' }, right(facts), { alg: facts.header.alg, key: facts.key }),
  ],
  withClaims('claims that are a list', (claims) => [claims]),
  withClaims('claims that are a text', (claims) => JSON.stringify(JSON.stringify(claims))),
  withClaims('null for claims', () => 'null'),
  withClaims('claims that are no JSON', (claims) => `${JSON.stringify(claims)}}`),
  withClaims('claims that are no UTF-8', (claims) =>
    Buffer.concat([
      Buffer.from(`{"more":"`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`",${JSON.stringify(claims).slice(1)}`),
    ]),
  ),
  withClaims('a claim twice', (claims) => twice(claims, Object.keys(claims)[0] ?? '')),
  withClaims('the last claim twice, once spelled with an escape', (claims) => {
    const name = Object.keys(claims).at(-1) ?? '';
    const spelled = `\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}`;
    return `{"${spelled}":null,${JSON.stringify(claims).slice(1)}`;
  }),
  ['the algorithm twice', ({ header, claims, key }) => compact(twice(header, 'alg'), claims, { alg: header.alg, key })],
];

/** JSON that names a member twice; who takes the last one finds the right one. */
const twice = (members: Readonly<Record<string, unknown>>, name: string): string =>
  `{"${name}":"another",${JSON.stringify(members).slice(1)}`;

/** For every place that takes a token; `claims` and `header` must be right there. */
export const JWT_ATTACKS: readonly JwtAttack[] = [...UNSIGNED, ...FOREIGN_KEYS, ...FORMS];
/** Besides, where the header names the key. */
export const KEY_ID_ATTACKS: readonly JwtAttack[] = [
  ...KEY_IDS,
  [
    'a list as key id',
    ({ header, claims, key }) => compact({ ...header, kid: [header.kid] }, claims, { alg: header.alg, key }),
  ],
  withHeader('no key id', { kid: undefined }),
];

/** Besides, where this claim is a time that is looked at. */
export const timeAttacks = (claim: 'exp' | 'nbf' | 'iat', farS: number): readonly JwtAttack[] => [
  withClaims(`${claim} as a text`, (claims) => ({ ...claims, [claim]: String(claims[claim] ?? farS) })),
  withClaims(`${claim} as a list`, (claims) => ({ ...claims, [claim]: [claims[claim]] })),
  withClaims(`${claim} as null`, (claims) => ({ ...claims, [claim]: null })),
  withClaims(`${claim} as yes`, (claims) => ({ ...claims, [claim]: true })),
  withClaims(`${claim} out of its time`, (claims) => ({ ...claims, [claim]: farS })),
];
