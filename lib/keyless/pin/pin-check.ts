/**
 * Whether a typed PIN is the backup's, answered on this device without spending a try (keyless protocol, section 5).
 * Worth nothing without the entropy.
 */
import { encode, u32 } from '@/lib/bytes';
import { hmacSha256 } from '@/lib/crypto/hash';
import { hkdf } from '@/lib/crypto/kdf';
import { pinBytes } from './pin';

/** 32 bytes for `storage.local`. */
export function pinCheckOf(entropy: Uint8Array, accountId: Uint8Array, generation: number, pin: string): Uint8Array {
  const key = hkdf(entropy, 'halfkey/pin-check/v1');
  const bytes = pinBytes(pin);
  try {
    return hmacSha256(key, encode(accountId, u32(generation), bytes));
  } finally {
    key.fill(0);
    bytes.fill(0);
  }
}
