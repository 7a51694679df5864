/** Key derivation: HKDF for keys from keys, Argon2id for keys from passwords. */
import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { argon2id as wasmArgon2id } from 'hash-wasm';
import { utf8 } from '@/lib/bytes';

/** 32 bytes by HKDF-SHA-256 with an empty salt (RFC 5869; keyless protocol, section 1). */
export function hkdf(secret: Uint8Array, info: Uint8Array | string): Uint8Array {
  return nobleHkdf(sha256, secret, undefined, typeof info === 'string' ? utf8(info) : info, 32);
}

/** How hard a password is stretched; stored beside what it protects. */
export interface Argon2Parameters {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/**
 * 32 bytes by Argon2id version 0x13 (RFC 9106).
 * @param salt 16 bytes
 */
export async function argon2id(
  password: Uint8Array,
  salt: Uint8Array,
  parameters: Argon2Parameters,
): Promise<Uint8Array> {
  return wasmArgon2id({
    password,
    salt,
    memorySize: parameters.memoryKiB,
    iterations: parameters.passes,
    parallelism: parameters.lanes,
    hashLength: 32,
    outputType: 'binary',
  });
}
