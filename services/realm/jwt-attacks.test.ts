/** Tokens that a realm must refuse; the right one is let in. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  JWT_ATTACKS,
  type JwtAttack,
  KEY_ID_ATTACKS,
  timeAttacks,
  withClaims,
  withHeader,
} from '@/services/http/testing/jwt-attacks';
import { createRealmApp } from './app';
import { createMemoryStore } from './store/memory-store';
import { encodeRequest, random } from './testing/device';

const REALM_ID = '0a'.repeat(16);
const NOW_S = 1_800_000_000;
const HOUR_S = 3_600;
const { privateKey } = generateKeyPairSync('ed25519');
const tenants = new Map([['acme:1', createPublicKey(privateKey)]]);
const app = createRealmApp({
  realmId: REALM_ID,
  tenants,
  store: createMemoryStore(),
  now: () => NOW_S * 1000,
  random,
});

async function statusOf([, forge]: JwtAttack): Promise<number> {
  const claims = {
    iss: 'acme',
    sub: 'user',
    aud: REALM_ID,
    scope: 'user',
    nbf: NOW_S - 10,
    exp: NOW_S + 300,
    jti: 'one-token',
    op: 'recover',
  };
  const token = await forge({ claims, header: { alg: 'EdDSA', kid: 'acme:1', typ: 'JWT' }, key: privateKey });
  const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7' };
  const body = new Uint8Array(encodeRequest({ kind: 'Recover1' }));
  return (await app.request('/req', { method: 'POST', headers, body })).status;
}

const ATTACKS: readonly JwtAttack[] = [
  ...JWT_ATTACKS,
  ...KEY_ID_ATTACKS,
  ...timeAttacks('exp', NOW_S - 60),
  ...timeAttacks('nbf', NOW_S + 60),
  withClaims('a life without end', (claims) => JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e400')),
  withClaims('a life of two days', (claims) => ({ ...claims, exp: NOW_S + 48 * HOUR_S })),
  withClaims('no end', ({ exp: _, ...claims }) => claims),
  withClaims('no beginning', ({ nbf: _, ...claims }) => claims),
  withClaims('another realm', (claims) => ({ ...claims, aud: '0b'.repeat(16) })),
  withClaims('a list of realms', (claims) => ({ ...claims, aud: [REALM_ID, '0b'.repeat(16)] })),
  withClaims('another tenant', (claims) => ({ ...claims, iss: 'umbrella' })),
  withClaims('a list of tenants', (claims) => ({ ...claims, iss: ['acme'] })),
  withClaims('a number as user', (claims) => ({ ...claims, sub: 7 })),
  withClaims('an empty user', (claims) => ({ ...claims, sub: '' })),
  withClaims('another operation', (claims) => ({ ...claims, op: 'register' })),
  withClaims('a list of operations', (claims) => ({ ...claims, op: ['recover', 'register'] })),
  withClaims('another scope', (claims) => ({ ...claims, scope: 'audit' })),
  withClaims('no id', ({ jti: _, ...claims }) => claims),
  withHeader('the type of a proof', { typ: 'dpop+jwt' }),
  withHeader('the key id of another version', { kid: 'acme:2' }),
];

it('takes a right token', async () => {
  expect(await statusOf(withHeader('a right one', {}))).toBe(200);
});

it(`refuses ${ATTACKS.length} tokens, each wrong in one thing`, async () => {
  expect(new Set(ATTACKS.map(([name]) => name)).size).toBe(ATTACKS.length);
  expect(ATTACKS.length).toBeGreaterThanOrEqual(40);
  const answers = await Promise.all(ATTACKS.map(async (attack) => [attack[0], await statusOf(attack)]));
  expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
});
