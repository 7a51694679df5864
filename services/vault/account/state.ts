/**
 * Everything the vault knows of one account: one document, replaced as a whole by compare-and-swap. It is stored in the
 * JSON form of this schema. What a step drops from it is gone from the live row.
 */
import { z } from 'zod';
import { bytes, bytesBetween, generationNumber, timeMs, u32Number } from '@/lib/keyless/wire/schema';
import { ACTIVATION_BYTES } from '@/lib/keyless/wire/statement';
import { type BackupMetadata, pendingOrder } from '@/lib/keyless/wire/vault';
import { UNUSED } from './allowance';

/** JSON form of `EnvelopeRecord`. */
export const envelopeRecord = z.object({
  v: z.literal(1),
  kid: z.string().max(256),
  kver: z.string().max(256),
  wrappedDek: bytesBetween(1, 1024),
  iv: bytes(12),
  ct: bytesBetween(0, 64),
  tag: bytes(16),
});

/** What a device put under a reservation. The share is here only as the key service sealed it. */
const row = z.object({
  record: bytesBetween(1, 512),
  recordHash: bytes(32),
  /** As the record names it. */
  ownerPub: bytes(32),
  releasePub: bytes(32),
  /** Binds release key and share: `rowHashOf` the two. */
  rowHash: bytes(32),
  wrappedShare: envelopeRecord,
});
export type Row = z.output<typeof row>;

/** The one open reservation (R1). */
const reservation = z.object({
  slot: bytes(16),
  /** The number that it would become; always the last number and one. */
  to: generationNumber,
  realmSetId: bytes(16),
  /** Thumbprint of the device key that reserved. */
  jkt: bytes(32),
  reservedAtMs: timeMs,
  row: row.nullable(),
});
export type Reservation = z.output<typeof reservation>;

/** The backup. Its owner key is the pinned one; an order against it lives and ends with it. */
const active = z.object({
  generation: generationNumber,
  slot: bytes(16),
  realmSetId: bytes(16),
  row,
  /** S and its signature by the owner. */
  statement: bytes(ACTIVATION_BYTES),
  signature: bytes(64),
  createdAtMs: timeMs,
  order: pendingOrder.nullable(),
});
export type Active = z.output<typeof active>;
export type Order = z.output<typeof pendingOrder>;

const usage = z.object({ sinceMs: timeMs, count: u32Number });

export const accountState = z.object({
  /** Of the last generation, erased ones included (R6); 0 if there never was one. */
  lastNumber: generationNumber,
  active: active.nullable(),
  reservation: reservation.nullable(),
  /** Every order that was ever accepted (R7). */
  orderIds: z.array(bytes(16)),
  /** For their limits. A server of the version before writes neither deletions nor start-overs. */
  reservations: usage,
  deletions: usage.default(UNUSED),
  startOvers: usage.default(UNUSED),
  /** The last entry of the feed: its number and the hash of its signed bytes. */
  feedHead: z.object({ number: u32Number, hash: bytes(32) }).nullable(),
});
export type AccountState = z.output<typeof accountState>;

/** An account of which nothing is stored. */
export const EMPTY_STATE: AccountState = {
  lastNumber: 0,
  active: null,
  reservation: null,
  orderIds: [],
  reservations: UNUSED,
  deletions: UNUSED,
  startOvers: UNUSED,
  feedHead: null,
};

/** Versions of the key service's key under which shares of this account are. */
export const keyVersionsOf = ({ active, reservation }: AccountState): string[] =>
  [active?.row, reservation?.row].flatMap((held) => (held ? [held.wrappedShare.kver] : []));

/** What a session or a status token may see. */
export function metadataOf({ lastNumber, active }: AccountState): BackupMetadata {
  if (active === null) return { lastNumber, active: null, order: null };
  const { generation, slot, realmSetId, statement, signature, createdAtMs, order } = active;
  const { recordHash } = active.row;
  return { lastNumber, active: { generation, slot, realmSetId, recordHash, statement, signature, createdAtMs }, order };
}
