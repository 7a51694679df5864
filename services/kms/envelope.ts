import { encode, u32 } from '@/lib/bytes';
import { IV_BYTES, KEY_BYTES, open, refused, seal, TAG_BYTES } from '@/services/kms/aead';
import type { KeyProvider } from '@/services/kms/key-provider';

/** Where an encrypted value belongs. A record put anywhere else does not open. */
export interface RecordPlace {
  /** 32 bytes. */
  vaultId: Uint8Array;
  /** 32 bytes. */
  accountId: Uint8Array;
  generation: number;
  /** 16 bytes. */
  slot: Uint8Array;
  /** Name of the column, such as `backend-share`. */
  field: string;
}

/** An encrypted value as it is stored. */
export interface EnvelopeRecord {
  v: 1;
  kid: string;
  kver: string;
  wrappedDek: Uint8Array;
  /** 12 bytes. */
  iv: Uint8Array;
  ct: Uint8Array;
  /** 16 bytes. */
  tag: Uint8Array;
}

/** What both layers authenticate: the wrapping of the data key and the ciphertext under it. */
export function recordAad({ vaultId, accountId, generation, slot, field }: RecordPlace): Uint8Array {
  return encode('halfkey/kms/v1', vaultId, accountId, u32(generation), slot, field);
}

/** Encrypts values for a database under a key provider: a fresh data key and IV with each write. */
export interface Envelope {
  /** @throws KmsError `unavailable`. */
  seal(plaintext: Uint8Array, place: RecordPlace): Promise<EnvelopeRecord>;
  /** @throws KmsError `refused` for every change of record or place; `key-missing`, `unavailable`. */
  open(record: EnvelopeRecord, place: RecordPlace): Promise<Uint8Array>;
  /** The record with its data key under the provider's current version; the ciphertext stays. @throws as `open`. */
  rewrap(record: EnvelopeRecord, place: RecordPlace): Promise<EnvelopeRecord>;
}

/** @param random a cryptographic source of bytes */
export function createEnvelope(provider: KeyProvider, random: (length: number) => Uint8Array): Envelope {
  return {
    async seal(plaintext, place) {
      const aad = recordAad(place);
      const dek = random(KEY_BYTES);
      try {
        const { kid, version, blob } = await provider.wrap(dek, aad);
        return { v: 1, kid, kver: version, wrappedDek: blob, ...seal(dek, random(IV_BYTES), plaintext, aad) };
      } finally {
        dek.fill(0);
      }
    },
    async open(record, place) {
      requireShape(record);
      const aad = recordAad(place);
      const dek = await provider.unwrap(wrappedKeyOf(record), aad);
      try {
        if (dek.length !== KEY_BYTES) throw refused();
        return open(dek, record, aad);
      } finally {
        dek.fill(0);
      }
    },
    async rewrap(record, place) {
      requireShape(record);
      const { kid, version, blob } = await provider.rewrap(wrappedKeyOf(record), recordAad(place));
      return { ...record, kid, kver: version, wrappedDek: blob };
    },
  };
}

function wrappedKeyOf({ kid, kver, wrappedDek }: EnvelopeRecord) {
  return { kid, version: kver, blob: wrappedDek };
}

function requireShape({ v, iv, tag }: EnvelopeRecord): void {
  if (v !== 1 || iv.length !== IV_BYTES || tag.length !== TAG_BYTES) throw refused();
}
