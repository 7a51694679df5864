/**
 * One generation of a backup: made and opened here, purely (keyless protocol, section 3). What leaves the device is
 * the record and one share each way; nothing alone opens anything.
 */
import { encode, equalBytes } from '@/lib/bytes';
import { NONCE_BYTES, open, seal } from '@/lib/crypto/aead';
import { hkdf } from '@/lib/crypto/kdf';
import { type SigningKey, signingKeyOf, verifySignature } from '@/lib/crypto/signature';
import { areShares, joinKey, splitKey } from '@/lib/crypto/split';
import { WalletError } from '@/lib/errors';
import { decodePayload, encodePayload, type Payload } from '../wire/payload';
import { type BackupRecord, decodeRecord, encodeRecord, recordAad, recordHashOf } from '../wire/record';
import { type Activation, decodeActivation, rowHashOf } from '../wire/statement';

export type Random = (length: number) => Uint8Array;

/** Where a generation belongs. */
export interface Place {
  /** As this device computed it. */
  readonly accountId: Uint8Array;
  readonly generation: number;
  readonly slot: Uint8Array;
  readonly realmSetId: Uint8Array;
}

/** A backup that stands. */
export interface Backup {
  readonly generation: number;
  readonly ownerPub: Uint8Array;
  /** S. */
  readonly statement: Uint8Array;
}

/** What is handed to the parties: the payload to the realms, the rest to the vault. */
export interface MadeGeneration {
  readonly payload: Uint8Array;
  readonly record: Uint8Array;
  readonly recordHash: Uint8Array;
  readonly backendShare: Uint8Array;
  readonly releasePub: Uint8Array;
  readonly ownerPub: Uint8Array;
}

/** A key that is derived where it is used. */
export interface DerivedKey extends SigningKey {
  /** Overwrites the seed: signs nothing that counts any more. */
  wipe(): void;
}

const derivedKeyOf = (seed: Uint8Array): DerivedKey => ({ ...signingKeyOf(seed), wipe: () => void seed.fill(0) });

/** Ed25519 from the entropy, one for each account that it is backed up under. */
export const ownerKeyOf = (entropy: Uint8Array, accountId: Uint8Array): DerivedKey =>
  derivedKeyOf(hkdf(entropy, encode('halfkey/owner/v1', accountId)));

/** Ed25519 from the realm share: proves the PIN to the vault. */
export const releaseKeyOf = (realmShare: Uint8Array): DerivedKey =>
  derivedKeyOf(hkdf(realmShare, 'halfkey/release/v1'));

/** The public half alone: the seed is gone. */
export function publicHalfOf({ publicKey, wipe }: DerivedKey): Uint8Array {
  wipe();
  return publicKey;
}

/** Seals `entropy` (32 bytes) under a fresh key, splits the key, and forgets it. */
export async function makeGeneration(entropy: Uint8Array, place: Place, random: Random): Promise<MadeGeneration> {
  const key = random(32);
  const ownerPub = publicHalfOf(ownerKeyOf(entropy, place.accountId));
  const fields = { ...place, ownerPub };
  const nonce = random(NONCE_BYTES);
  const encryptionKey = hkdf(key, 'halfkey/enc/v1');
  const ciphertext = seal(encryptionKey, nonce, entropy, recordAad(fields));
  const record: BackupRecord = { fields, nonce, ciphertext };
  const recordHash = recordHashOf(record);
  const [backendShare, realmShare] = await splitKey(key);
  const commitment = hkdf(key, 'halfkey/commit/v1');
  const payload = encodePayload({ generation: place.generation, realmShare, recordHash, commitment });
  const releasePub = publicHalfOf(releaseKeyOf(realmShare));
  for (const secret of [key, encryptionKey, realmShare, commitment]) secret.fill(0);
  return { payload, record: encodeRecord(record), recordHash, backendShare, releasePub, ownerPub };
}

/** What a device checks a generation against: what the servers said of it before the PIN was typed. */
export interface Expected extends Place {
  readonly recordHash: Uint8Array;
  /** S and its signature; null only while a generation is read back before S exists. */
  readonly activation: {
    readonly vaultId: Uint8Array;
    readonly statement: Uint8Array;
    readonly signature: Uint8Array;
  } | null;
}

/** The first check: the realms' payload is of this version and generation. @throws `payload-mismatch` */
export function openPayload(bytes: Uint8Array, generation: number): Payload {
  const payload = orThrow('payload-mismatch', () => decodePayload(bytes));
  if (payload.generation !== generation) throw new WalletError('payload-mismatch');
  return payload;
}

/**
 * The other checks, in the order of the protocol (section 5, Recover 6), each with its own code.
 * @returns the entropy, 32 bytes, for the caller to wipe
 * @throws `record-mismatch`, `share-malformed`, `commitment-mismatch`, `decrypt-failed`, `owner-mismatch`, `statement-invalid`
 */
export async function openGeneration(
  payload: Payload,
  row: { readonly record: Uint8Array; readonly backendShare: Uint8Array },
  expected: Expected,
): Promise<Uint8Array> {
  const record = openRecord(row.record, payload, expected);
  if (!areShares(row.backendShare, payload.realmShare)) throw new WalletError('share-malformed');
  const key = await joinKey(row.backendShare, payload.realmShare);
  const encryptionKey = hkdf(key, 'halfkey/enc/v1');
  let entropy: Uint8Array | null = null;
  try {
    if (!equalBytes(hkdf(key, 'halfkey/commit/v1'), payload.commitment)) throw new WalletError('commitment-mismatch');
    const { fields, nonce, ciphertext } = record;
    entropy = orThrow('decrypt-failed', () =>
      open(encryptionKey, nonce, ciphertext, recordAad({ ...expected, ownerPub: fields.ownerPub })),
    );
    if (!equalBytes(publicHalfOf(ownerKeyOf(entropy, expected.accountId)), fields.ownerPub))
      throw new WalletError('owner-mismatch');
    checkActivation(record, payload, row.backendShare, expected);
    return entropy;
  } catch (error) {
    entropy?.fill(0);
    throw error;
  } finally {
    for (const secret of [key, encryptionKey]) secret.fill(0);
  }
}

function openRecord(bytes: Uint8Array, payload: Payload, expected: Expected): BackupRecord {
  const record = orThrow('record-mismatch', () => decodeRecord(bytes));
  const { fields } = record;
  const hash = recordHashOf(record);
  const matches =
    equalBytes(hash, payload.recordHash) &&
    equalBytes(hash, expected.recordHash) &&
    equalBytes(fields.accountId, expected.accountId) &&
    fields.generation === expected.generation &&
    equalBytes(fields.slot, expected.slot) &&
    equalBytes(fields.realmSetId, expected.realmSetId);
  if (!matches) throw new WalletError('record-mismatch');
  return record;
}

function checkActivation(record: BackupRecord, payload: Payload, backendShare: Uint8Array, expected: Expected): void {
  if (!expected.activation) return;
  const { vaultId, statement, signature } = expected.activation;
  const s = orThrow('statement-invalid', () => decodeActivation(statement));
  const { ownerPub } = record.fields;
  const rowHash = rowHashOf(publicHalfOf(releaseKeyOf(payload.realmShare)), backendShare);
  const holds =
    activationNames(s, vaultId, expected, expected.recordHash) &&
    equalBytes(s.rowHash, rowHash) &&
    equalBytes(s.ownerPub, ownerPub) &&
    verifySignature(ownerPub, statement, signature);
  if (!holds) throw new WalletError('statement-invalid');
}

/** Whether S is about this vault, this place and this record. */
export function activationNames(s: Activation, vaultId: Uint8Array, place: Place, recordHash: Uint8Array): boolean {
  return (
    equalBytes(s.vaultId, vaultId) &&
    equalBytes(s.accountId, place.accountId) &&
    s.to === place.generation &&
    equalBytes(s.slot, place.slot) &&
    equalBytes(s.realmSetId, place.realmSetId) &&
    equalBytes(s.recordHash, recordHash)
  );
}

function orThrow<Result>(
  code: 'payload-mismatch' | 'record-mismatch' | 'decrypt-failed' | 'statement-invalid',
  work: () => Result,
): Result {
  try {
    return work();
  } catch {
    throw new WalletError(code);
  }
}
