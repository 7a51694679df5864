import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { createDeviceKeys } from './device-keys';

async function publicJwk(): Promise<JWK> {
  const { kty, crv, x, y } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);
  return { kty, crv, x, y } as JWK;
}

it('names a key by its thumbprint, the same each time it is read', async () => {
  const [keys, jwk] = [createDeviceKeys(), await publicJwk()];
  const first = await keys.read(jwk);
  expect(toBase64url(first.thumbprint)).toBe(first.jkt);
  expect(await keys.read({ ...jwk })).toBe(first);
  expect((await keys.read(await publicJwk())).jkt).not.toBe(first.jkt);
});

it('takes no private key, no other curve, no further member and no point that is none, also of a key that it knows', async () => {
  const [keys, jwk] = [createDeviceKeys(), await publicJwk()];
  await keys.read(jwk);
  const wrong = [
    { ...jwk, d: jwk.x },
    { ...jwk, crv: 'P-384' },
    { ...jwk, use: 'sig' },
    { ...jwk, kty: 'RSA' },
    undefined,
  ];
  for (const one of wrong) await expect(keys.read(one)).rejects.toThrow();
  await expect(keys.read({ ...jwk, y: jwk.x })).rejects.toThrow();
});
