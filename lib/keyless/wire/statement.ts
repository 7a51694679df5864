/**
 * Everything that is signed, each under its own domain (keyless protocol, section 3). A signature is Ed25519 over
 * these bytes. Owner key unless said otherwise.
 */

import { decodeFixed, encode, readU32, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';

/** S: "this row is now the backup". */
export interface Activation {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly slot: Uint8Array;
  readonly recordHash: Uint8Array;
  readonly rowHash: Uint8Array;
  readonly realmSetId: Uint8Array;
  readonly ownerPub: Uint8Array;
  /** `statementHashOf` the S before, or of nothing. */
  readonly previousHash: Uint8Array;
}

const ACTIVATE = 'halfkey/activate/v1';

export const activateStatement = (s: Activation): Uint8Array =>
  encode(
    ACTIVATE,
    s.vaultId,
    s.accountId,
    u32(s.from),
    u32(s.to),
    s.slot,
    s.recordHash,
    s.rowHash,
    s.realmSetId,
    s.ownerPub,
    s.previousHash,
  );

const ACTIVATION_LENGTHS = [ACTIVATE.length, 32, 32, 4, 4, 16, 32, 32, 16, 32, 32] as const;

/** Length of S on the wire. */
export const ACTIVATION_BYTES = ACTIVATION_LENGTHS.reduce<number>((total, length) => total + 4 + length, 0);

/** @throws RangeError unless `bytes` is exactly one S. */
export function decodeActivation(bytes: Uint8Array): Activation {
  const [domain, vaultId, accountId, from, to, slot, recordHash, rowHash, realmSetId, ownerPub, previousHash] =
    decodeFixed(bytes, ACTIVATION_LENGTHS);
  if (new TextDecoder().decode(domain) !== ACTIVATE) throw new RangeError('not an activation');
  return {
    vaultId,
    accountId,
    from: readU32(from),
    to: readU32(to),
    slot,
    recordHash,
    rowHash,
    realmSetId,
    ownerPub,
    previousHash,
  };
}

/** 32 bytes; of nothing where there was no S before. */
export const statementHashOf = (statement: Uint8Array | null): Uint8Array => sha256(statement ?? new Uint8Array());

/** What S says of the row besides the record: who may release it, and which share lies there. */
export const rowHashOf = (releasePub: Uint8Array, backendShare: Uint8Array): Uint8Array =>
  sha256(encode('halfkey/row/v1', releasePub, sha256(backendShare)));

/** Asks the vault for the next generation on an account that has an active one. */
export const reserveStatement = (s: {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly slot: Uint8Array;
  readonly realmSetId: Uint8Array;
  /** Thumbprint of the device key, 32 bytes. */
  readonly jkt: Uint8Array;
}): Uint8Array =>
  encode('halfkey/reserve/v1', s.vaultId, s.accountId, u32(s.from), u32(s.to), s.slot, s.realmSetId, s.jkt);

/** Tells the issuer that a try was the owner's. */
export const successStatement = (s: {
  readonly accountId: Uint8Array;
  readonly slot: Uint8Array;
  readonly tryNumber: number;
}): Uint8Array => encode('halfkey/success/v1', s.accountId, s.slot, u32(s.tryNumber));

/** Orders the deletion of a backup, not before a time and never sooner than 72 hours after the vault's receipt. */
export const deleteStatement = (s: {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly generation: number;
  readonly slot: Uint8Array;
  readonly statementHash: Uint8Array;
  /** 16 random bytes. */
  readonly orderId: Uint8Array;
  /** Seconds since the epoch. */
  readonly notBeforeS: number;
}): Uint8Array =>
  encode(
    'halfkey/delete/v1',
    s.vaultId,
    s.accountId,
    u32(s.generation),
    s.slot,
    s.statementHash,
    s.orderId,
    u32(s.notBeforeS),
  );

interface OrderReference {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly orderId: Uint8Array;
}

/** Takes a deletion order back. */
export const undoStatement = (s: OrderReference): Uint8Array =>
  encode('halfkey/undo/v1', s.vaultId, s.accountId, s.orderId);

/** Stops a start-over that somebody else asked for. */
export const objectionStatement = (s: OrderReference): Uint8Array =>
  encode('halfkey/objection/v1', s.vaultId, s.accountId, s.orderId);

/** Ends the sessions of another device. */
export const signOutStatement = (s: { readonly accountId: Uint8Array; readonly jkt: Uint8Array }): Uint8Array =>
  encode('halfkey/sign-out/v1', s.accountId, s.jkt);

/** By the release key, once: hands record and share to the device whose key is named. */
export const releaseStatement = (s: {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly generation: number;
  readonly slot: Uint8Array;
  /** 32 bytes from the vault, single use. */
  readonly challenge: Uint8Array;
  readonly jkt: Uint8Array;
}): Uint8Array => encode('halfkey/release/v1', s.vaultId, s.accountId, u32(s.generation), s.slot, s.challenge, s.jkt);

/** By the issuer's witness key: "I keep this S". The vault activates nothing without it. */
export const keptStatement = (s: {
  readonly vaultId: Uint8Array;
  readonly accountId: Uint8Array;
  readonly statementHash: Uint8Array;
}): Uint8Array => encode('halfkey/kept/v1', s.vaultId, s.accountId, s.statementHash);
