/** The code that two devices show, so that a person sees that they hold the same wallet (keyless protocol, section 5, Drill). */
import { encode, readU32, u32 } from '@/lib/bytes';
import { hkdf } from '@/lib/crypto/kdf';

/** 30 bits, 0 to 2^30 - 1: the first 30 bits of HKDF(entropy, encode("halfkey/compare/v1", accountId, generation)). */
export function compareCodeOf(entropy: Uint8Array, accountId: Uint8Array, generation: number): number {
  const bytes = hkdf(entropy, encode('halfkey/compare/v1', accountId, u32(generation)));
  return readU32(bytes) >>> 2;
}

/** Crockford's base 32: no letter that looks like a digit. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Six characters with a hyphen in the middle: `K7M-2QP`. @param code 30 bits */
export function compareText(code: number): string {
  const text = Array.from({ length: 6 }, (_, place) => LETTERS[(code >>> (25 - 5 * place)) & 31]).join('');
  return `${text.slice(0, 3)}-${text.slice(3)}`;
}
