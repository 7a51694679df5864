/** Keys that devices sign proofs with: a device sends its key with every request, and is rarely seen once. */
import { calculateJwkThumbprint, importJWK } from 'jose';
import { z } from 'zod';
import { fromBase64url } from '@/lib/bytes';

/** The key that signed a proof. */
export interface ProofKey {
  /** RFC 7638 thumbprint (SHA-256), base64url. */
  jkt: string;
  /** The same, 32 bytes. */
  thumbprint: Uint8Array;
}

export interface DeviceKey extends ProofKey {
  publicKey: CryptoKey;
}

export interface DeviceKeys {
  /** @throws unless it is exactly the JWK of a public key on P-256 */
  read(jwk: unknown): Promise<DeviceKey>;
}

/** Some MB. */
const MOST_KEYS = 4_096;

const publicKeySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
});

/** Remembers the keys that it has read last, so that importing and naming one is not done again with each request. */
export function createDeviceKeys(): DeviceKeys {
  const known = new Map<string, DeviceKey>();
  return {
    read: async (jwk) => {
      const parsed = publicKeySchema.parse(jwk);
      const name = `${parsed.x}.${parsed.y}`;
      const found = known.get(name) ?? (await importKey(parsed));
      // Last in the order of the map is who came last.
      known.delete(name);
      known.set(name, found);
      const [oldest] = known.keys();
      if (known.size > MOST_KEYS && oldest !== undefined) known.delete(oldest);
      return found;
    },
  };
}

async function importKey(jwk: z.output<typeof publicKeySchema>): Promise<DeviceKey> {
  const jkt = await calculateJwkThumbprint(jwk, 'sha256');
  const publicKey = await importJWK(jwk, 'ES256');
  if (publicKey instanceof Uint8Array) throw new TypeError('not a public key');
  return { jkt, thumbprint: fromBase64url(jkt), publicKey };
}
