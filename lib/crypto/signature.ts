/** Ed25519 (RFC 8032), verified strictly: what one implementation accepts, all accept (ZIP-215 is off). */
import { ed25519 } from '@noble/curves/ed25519.js';

export interface SigningKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** @param seed 32 bytes, kept by reference until the key is dropped */
export function signingKeyOf(seed: Uint8Array): SigningKey {
  return { publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) };
}

/** False for a wrong signature and for anything that is no signature or no key. */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
