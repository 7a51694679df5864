/** SHA-256 and the code made of it. */
import { hmac as nobleHmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** 32 bytes (FIPS 180-4). */
export const sha256 = (bytes: Uint8Array): Uint8Array => nobleSha256(bytes);

/** 32 bytes by HMAC-SHA-256 (RFC 2104). */
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Uint8Array => nobleHmac(nobleSha256, key, message);
