/** The key that ties sessions to one device (keyless protocol, section 2). */
import { calculateJwkThumbprint, exportJWK, type JWK, SignJWT } from 'jose';
import { fromBase64url, toBase64url, utf8 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import type { Random } from '../backup/generation';

/** A P-256 pair whose private half WebCrypto keeps. */
export interface DeviceKey {
  readonly publicJwk: JWK;
  /** JWK thumbprint (RFC 7638, SHA-256), 32 bytes. */
  readonly thumbprint: Uint8Array;
  readonly privateKey: CryptoKey;
}

/** A new pair, not extractable. @param subtle WebCrypto of the context */
export const generateKeyPair = (subtle: SubtleCrypto): Promise<CryptoKeyPair> =>
  subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);

export async function deviceKeyOf(pair: CryptoKeyPair): Promise<DeviceKey> {
  const { kty, crv, x, y } = await exportJWK(pair.publicKey);
  const publicJwk = { kty, crv, x, y } as JWK;
  const thumbprint = fromBase64url(await calculateJwkThumbprint(publicJwk, 'sha256'));
  return { publicJwk, thumbprint, privateKey: pair.privateKey };
}

export interface DpopRequest {
  readonly method: string;
  /** Without query and fragment. */
  readonly url: string;
  /** The token that the proof goes with, if there is one yet. */
  readonly accessToken?: string | undefined;
  /** The server's nonce, once it has named one. */
  readonly nonce?: string | undefined;
}

/** A DPoP proof (RFC 9449, section 4.2). @param nowMs this device's clock, which the server's nonce makes irrelevant */
export async function dpopProof(key: DeviceKey, request: DpopRequest, random: Random, nowMs: number): Promise<string> {
  const { accessToken, nonce } = request;
  return new SignJWT({
    htm: request.method,
    htu: request.url,
    jti: toBase64url(random(16)),
    ...(accessToken ? { ath: toBase64url(sha256(utf8(accessToken))) } : {}),
    ...(nonce ? { nonce } : {}),
  })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    .setIssuedAt(Math.floor(nowMs / 1000))
    .sign(key.privateKey);
}
