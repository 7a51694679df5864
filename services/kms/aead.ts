import { createCipheriv, createDecipheriv } from 'node:crypto';
import { KmsError } from '@/services/kms/key-provider';

export const IV_BYTES = 12;
export const TAG_BYTES = 16;
export const KEY_BYTES = 32;

export interface Sealed {
  iv: Uint8Array;
  ct: Uint8Array;
  tag: Uint8Array;
}

/** AES-256-GCM (NIST SP 800-38D). `iv` must be fresh for each call with the same key: 12 random bytes. */
export function seal(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const ct = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { iv, ct: new Uint8Array(ct), tag: new Uint8Array(cipher.getAuthTag()) };
}

/** @throws KmsError `refused`, the same for every difference in key, iv, ciphertext, tag or AAD. */
export function open(key: Uint8Array, { iv, ct, tag }: Sealed, aad: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    return new Uint8Array(Buffer.concat([decipher.update(ct), decipher.final()]));
  } catch {
    throw refused();
  }
}

/** The one answer to whatever does not fit: it must not say which part. */
export function refused(): KmsError {
  return new KmsError('refused', 'The record does not fit its key and its place.');
}
