import { createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { juiceboxUserOf } from '@/lib/keyless/wire/realm-set';
import { importTenantKey, readClaims, verifyToken } from '@/services/realm/protocol/tokens';
import { spkiHexOf } from '../app';
import { ACCOUNT, countingRandom, REALM_SET, SLOT, START_MS, TENANT_KEY } from '../testing/issuer';
import { createRealmTokens, REGISTER_TOKENS_USABLE_MS } from './realm-tokens';

const sign = createRealmTokens(TENANT_KEY, countingRandom());
const request = { accountId: ACCOUNT, slot: SLOT, realmSet: REALM_SET, issuedAtMs: START_MS };

it('signs one token a realm, by realm id', async () => {
  const tokens = await sign({ ...request, operation: 'recover' });
  expect(Object.keys(tokens)).toEqual(REALM_SET.realms.map(({ id }) => id));
  for (const [realmId, token] of Object.entries(tokens)) {
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: 'acme:1', typ: 'JWT' });
    expect(decodeJwt(token)).toEqual({
      iss: 'acme',
      sub: juiceboxUserOf(ACCOUNT, SLOT),
      aud: realmId,
      nbf: START_MS / 1000 - 30,
      exp: START_MS / 1000 + 300,
      scope: 'user',
      op: 'recover',
      jti: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(token.length).toBeLessThan(1000);
    const key = createPublicKey(TENANT_KEY.privateKey);
    await jwtVerify(token, key, { algorithms: ['EdDSA'], currentDate: new Date(START_MS) });
  }
});

it('never uses a jti twice', async () => {
  const sets = await Promise.all(Array.from({ length: 20 }, () => sign({ ...request, operation: 'recover' })));
  const ids = sets.flatMap((tokens) => Object.values(tokens).map((token) => decodeJwt(token).jti));
  expect(new Set(ids).size).toBe(60);
});

it.each(['register', 'recover', 'delete'] as const)('is understood by our realm: %s', async (operation) => {
  const [realm] = REALM_SET.realms;
  const token = (await sign({ ...request, operation }))[realm?.id ?? ''] ?? '';
  const keys = new Map([['acme:1', importTenantKey(spkiHexOf(TENANT_KEY))]]);
  const claims = readClaims(await verifyToken(token, keys, START_MS), realm?.id ?? '');
  expect(claims).toMatchObject({ tenant: 'acme', subject: juiceboxUserOf(ACCOUNT, SLOT), operation });
  expect(claims.unusableAtMs).toBeLessThanOrEqual(START_MS + REGISTER_TOKENS_USABLE_MS);
  await expect(verifyToken(token, keys, START_MS + REGISTER_TOKENS_USABLE_MS)).rejects.toThrow();
});

it('gives the tenant key as realms are configured with it', () => {
  expect(fromHex(spkiHexOf(TENANT_KEY))).toHaveLength(44);
});
