/**
 * The vault's feed: every fact that it commits about an account, one chain an account, numbered from 1, signed by the
 * receipt key, append-only (keyless protocol, section 3). The issuer's state about slots follows from it.
 */

import { z } from 'zod';
import { encode, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { bytes, generationNumber, timeMs, u32Number } from './schema';
import { ACTIVATION_BYTES } from './statement';

const reserved = z.object({
  kind: z.literal('reserved'),
  slot: bytes(16),
  from: generationNumber,
  to: generationNumber,
  realmSetId: bytes(16),
  /** The device key that reserved. */
  jkt: bytes(32),
});
const voided = z.object({ kind: z.literal('void'), slot: bytes(16) });
const activated = z.object({ kind: z.literal('activated'), statement: bytes(ACTIVATION_BYTES), signature: bytes(64) });
const ordered = z.object({
  kind: z.literal('ordered'),
  order: z.enum(['delete', 'start-over']),
  orderId: bytes(16),
  generation: generationNumber,
  slot: bytes(16),
  statementHash: bytes(32),
  deadlineMs: timeMs,
});
const undone = z.object({ kind: z.literal('undone'), orderId: bytes(16) });
/** Everything up to `number` is gone; `number` is the new last number. */
const erased = z.object({ kind: z.literal('erased'), number: generationNumber, orderId: bytes(16) });

export const feedFact = z.discriminatedUnion('kind', [reserved, voided, activated, ordered, undone, erased]);
export type FeedFact = z.output<typeof feedFact>;

export const feedEntry = z.object({
  number: u32Number,
  atMs: timeMs,
  /** SHA-256 of the signed bytes of the entry before, or of nothing. */
  previousHash: bytes(32),
  fact: feedFact,
  signature: bytes(64),
});
export type FeedEntry = z.output<typeof feedEntry>;

/** `GET /feed/{accountId}?after=N`, with the issuer's service key. At most 200 entries an answer. */
export const feedPage = z.object({ head: u32Number, entries: z.array(feedEntry).max(200) });
export type FeedPage = z.output<typeof feedPage>;

function factValues(fact: FeedFact): Array<Uint8Array | string> {
  switch (fact.kind) {
    case 'reserved':
      return [fact.kind, fact.slot, u32(fact.from), u32(fact.to), fact.realmSetId, fact.jkt];
    case 'void':
      return [fact.kind, fact.slot];
    case 'activated':
      return [fact.kind, fact.statement, fact.signature];
    case 'ordered':
      return [
        fact.kind,
        fact.order,
        fact.orderId,
        u32(fact.generation),
        fact.slot,
        fact.statementHash,
        u32(Math.floor(fact.deadlineMs / 1000)),
      ];
    case 'undone':
      return [fact.kind, fact.orderId];
    case 'erased':
      return [fact.kind, u32(fact.number), fact.orderId];
  }
}

/** The bytes that the receipt key signs. Times count in whole seconds. */
export function feedEntryBytes(
  vaultId: Uint8Array,
  accountId: Uint8Array,
  entry: Pick<FeedEntry, 'number' | 'atMs' | 'previousHash' | 'fact'>,
): Uint8Array {
  return encode(
    'halfkey/feed/v1',
    vaultId,
    accountId,
    u32(entry.number),
    u32(Math.floor(entry.atMs / 1000)),
    entry.previousHash,
    ...factValues(entry.fact),
  );
}

/** 32 bytes that the next entry names. */
export const feedEntryHash = (entryBytes: Uint8Array | null): Uint8Array => sha256(entryBytes ?? new Uint8Array());
