/** AES-256-GCM (NIST SP 800-38D): 12-byte nonce, 16-byte tag behind the ciphertext. */
import { gcm } from '@noble/ciphers/aes.js';

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/**
 * @param key 32 bytes
 * @param nonce 12 bytes, never used twice with one key
 * @param aad authenticated, not encrypted
 * @returns ciphertext, `plaintext.length + 16` bytes
 */
export function seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  return gcm(key, nonce, aad).encrypt(plaintext);
}

/** @throws if key, nonce, ciphertext or aad are not those of `seal`. */
export function open(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array {
  return gcm(key, nonce, aad).decrypt(ciphertext);
}
