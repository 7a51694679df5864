/** The record that the vault keeps: the sealed entropy and everything it is bound to (keyless protocol, section 3). */

import { decodeFixed, encode, readU32, u8, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';

export const SUITE = 1;
/** 32 bytes of entropy and the tag. */
export const CIPHERTEXT_BYTES = 48;

export interface RecordFields {
  readonly accountId: Uint8Array;
  readonly generation: number;
  readonly slot: Uint8Array;
  readonly realmSetId: Uint8Array;
  readonly ownerPub: Uint8Array;
}

export interface BackupRecord {
  readonly fields: RecordFields;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

const values = (fields: RecordFields): Uint8Array[] => [
  fields.accountId,
  u8(SUITE),
  u32(fields.generation),
  fields.slot,
  fields.realmSetId,
  fields.ownerPub,
];

/** What AES-256-GCM authenticates beside the ciphertext. */
export const recordAad = (fields: RecordFields): Uint8Array => encode('halfkey/backup/v1', ...values(fields));

export const encodeRecord = ({ fields, nonce, ciphertext }: BackupRecord): Uint8Array =>
  encode(...values(fields), nonce, ciphertext);

/** 32 bytes. */
export const recordHashOf = ({ fields, nonce, ciphertext }: BackupRecord): Uint8Array =>
  sha256(encode('halfkey/record/v1', ...values(fields), nonce, ciphertext));

const LENGTHS = [32, 1, 4, 16, 16, 32, 12, CIPHERTEXT_BYTES] as const;

/** @throws RangeError unless `bytes` is exactly one record of suite 1. */
export function decodeRecord(bytes: Uint8Array): BackupRecord {
  const [accountId, suite, number, slot, realmSetId, ownerPub, nonce, ciphertext] = decodeFixed(bytes, LENGTHS);
  if (suite[0] !== SUITE) throw new RangeError('unknown suite');
  return { fields: { accountId, generation: readU32(number), slot, realmSetId, ownerPub }, nonce, ciphertext };
}
