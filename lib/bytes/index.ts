/** Bytes: text forms, the one length-prefixed encoding, and equality that takes the same time whatever differs. */
import { base64, base64urlnopad, hex } from '@scure/base';

export { readBody } from './body';
export { decode, decodeFixed, encode, readU32, u8, u32 } from './encode';

export const toHex = (bytes: Uint8Array): string => hex.encode(bytes);
/** @throws if `text` is not an even number of lower-case or upper-case hex digits. */
export const fromHex = (text: string): Uint8Array => hex.decode(text.toLowerCase());
/** Base64url without padding (RFC 4648, section 5). */
export const toBase64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);
/** @throws if `text` is not canonical base64url without padding. */
export const fromBase64url = (text: string): Uint8Array => base64urlnopad.decode(text);
/** @throws if `text` is not canonical base64 with padding (RFC 4648, section 4). */
export const fromBase64 = (text: string): Uint8Array => base64.decode(text);

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Equality of two byte strings; the time depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}
