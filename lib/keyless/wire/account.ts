/** Who an account is, and the nonce that ties a sign-in to one device (keyless protocol, section 2). */

import { encode, toBase64url } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';

/**
 * 32 bytes that stand for one sign-in. Personal data: never logged in clear.
 * @param iss the provider's canonical issuer, from configuration, not from the token
 * @param sub the provider's stable subject; never an e-mail address
 */
export function accountIdOf(iss: string, sub: string): Uint8Array {
  return sha256(encode('halfkey/account/v1', iss, sub));
}

/**
 * The OIDC nonce: opens to the device key, so that a stolen ID token is of no use to another key.
 * @param thumbprint the device key's JWK thumbprint, 32 bytes (RFC 7638, SHA-256)
 * @param random 32 fresh bytes, sent to vault and issuer with the token
 */
export function signInNonce(thumbprint: Uint8Array, random: Uint8Array): string {
  return toBase64url(sha256(encode('halfkey/nonce/v1', thumbprint, random)));
}
