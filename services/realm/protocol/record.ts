/** What the realm keeps about one user of one tenant, and how that user is named in the database and the event log. */
import { blake2s } from '@noble/hashes/blake2.js';
import { encode as encodeCbor } from 'cborg';
import { toHex, utf8 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';

/** The fields of a Register2 request, all of them as the device made them. */
export interface Registration {
  /** 16 bytes, chosen anew by each registration; later requests must name it. */
  version: Uint8Array;
  /** 32 bytes, a canonical scalar other than zero: this realm's share of the OPRF key. */
  oprfPrivateKey: Uint8Array;
  oprfSignedPublicKey: SignedPublicKey;
  /** 32 bytes. */
  unlockKeyCommitment: Uint8Array;
  /** 16 bytes: whoever shows it has proved the PIN. */
  unlockKeyTag: Uint8Array;
  /** 32 bytes, a canonical scalar. */
  encryptionKeyScalarShare: Uint8Array;
  /** 145 bytes. */
  encryptedSecret: Uint8Array;
  /** 16 bytes. */
  encryptedSecretCommitment: Uint8Array;
  /** 0 to 65535: counted guesses between two successes. */
  numGuesses: number;
}

/** This realm's OPRF public key under the signing key of the registration (32, 32 and 64 bytes). Clients verify it. */
export interface SignedPublicKey {
  publicKey: Uint8Array;
  verifyingKey: Uint8Array;
  signature: Uint8Array;
}

/** A counted guess, remembered while its token could be shown again. */
export interface CountedGuess {
  tokenId: string;
  blindedInput: Uint8Array;
  tokenExpiresAtMs: number;
}

export interface RegisteredRecord {
  state: 'registered';
  registration: Registration;
  /** 0 to `numGuesses`: counted guesses since the registration or the last success. */
  guessCount: number;
  recentGuesses: readonly CountedGuess[];
  /** When a row without guesses left is to be erased; null while guesses are left. */
  eraseAtMs: number | null;
}

/** No row means "not registered"; `no-guesses` is a row whose material has been erased. */
export type RealmRecord = RegisteredRecord | { state: 'no-guesses' };

/** One line of the tenant's log, written together with the change that it tells of. */
export interface RealmEvent {
  tenant: string;
  /** As `eventUserId` gives it. */
  userId: string;
  atMs: number;
  event: 'registered' | 'guess_used' | 'share_recovered' | 'deleted';
  /** With `guess_used` only. */
  numGuesses: number | null;
  guessCount: number | null;
}

/** Key of a user's row: 64 hex digits of BLAKE2s-256 over CBOR `{"tenant_name", "user_id"}`, in this order. */
export function recordId(tenant: string, subject: string): string {
  return toHex(blake2s(encodeCbor({ tenant_name: tenant, user_id: subject }, { mapSorter: () => 0 })));
}

/** Name of a user in the event log: 64 hex digits of SHA-256 over `tenant:subject`. */
export function eventUserId(tenant: string, subject: string): string {
  return toHex(sha256(utf8(`${tenant}:${subject}`)));
}
