/**
 * Records of the first version: the entropy of one keyless wallet, directly under a password. They are opened, and
 * written again as they are today.
 */
import { z } from 'zod';
import { encode, equalBytes, fromBase64url, u8 } from '@/lib/bytes';
import { NONCE_BYTES, open, TAG_BYTES } from '@/lib/crypto/aead';
import { sha256 } from '@/lib/crypto/hash';
import type { Argon2Parameters } from '@/lib/crypto/kdf';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { bytesText } from './contents';
import { parameters, stretching, stretchPassword } from './wraps';

const VERSION = 1;

const record = z.strictObject({
  version: z.literal(VERSION),
  stretching,
  salt: bytesText(16),
  nonce: bytesText(NONCE_BYTES),
  ciphertext: bytesText(32 + TAG_BYTES),
  checksum: bytesText(32),
});

const anyOfVersion1 = z.looseObject({ version: z.literal(VERSION) });
export const isVersion1 = (stored: unknown): boolean => anyOfVersion1.safeParse(stored).success;

/**
 * @param stored what storage gave, of whatever shape
 * @returns the entropy, 32 bytes
 * @throws WalletError `keyring-damaged` if the record is not as it was written, `password-wrong`
 */
export async function openVersion1(stored: unknown, password: Uint8Array): Promise<Secret> {
  const { hardness, salt, nonce, ciphertext } = undamaged(stored);
  const key = await stretchPassword(password, salt, hardness);
  try {
    const aad = encode('halfkey/keyring/v1', u8(VERSION), ...parameters(hardness), salt);
    return new Secret(open(key, nonce, ciphertext, aad));
  } catch {
    throw new WalletError('password-wrong');
  } finally {
    key.fill(0);
  }
}

function undamaged(stored: unknown) {
  const parsed = record.safeParse(stored);
  if (!parsed.success) throw new WalletError('keyring-damaged');
  try {
    const { stretching: hardness } = parsed.data;
    const [salt, nonce, ciphertext, expected] = [
      fromBase64url(parsed.data.salt),
      fromBase64url(parsed.data.nonce),
      fromBase64url(parsed.data.ciphertext),
      fromBase64url(parsed.data.checksum),
    ];
    if (!equalBytes(checksum(hardness, salt, nonce, ciphertext), expected)) throw new RangeError('checksum');
    return { hardness, salt, nonce, ciphertext };
  } catch {
    throw new WalletError('keyring-damaged');
  }
}

const checksum = (hardness: Argon2Parameters, salt: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array) =>
  sha256(encode('halfkey/keyring-checksum/v1', u8(VERSION), ...parameters(hardness), salt, nonce, ciphertext));
