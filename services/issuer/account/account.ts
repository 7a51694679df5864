/**
 * What the issuer knows about one account, as one document: it changes as a whole or not at all. All of it about slots
 * follows from the vault's feed and from signed statements (keyless protocol, section 3).
 */

import { z } from 'zod';
import { equalBytes, toHex } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { feedEntryHash } from '@/lib/keyless/wire/feed';
import { accountEvent } from '@/lib/keyless/wire/issuer';
import { bytes, generationNumber, timeMs, u32Number } from '@/lib/keyless/wire/schema';

const common = {
  slot: bytes(16),
  /** The generation that the slot is for. */
  to: generationNumber,
  realmSetId: bytes(16),
  /** From then on no realm accepts a register token for the slot any more; 0 if none was given. */
  registerTokensEndMs: timeMs,
};

const reserved = z.object({
  ...common,
  state: z.literal('reserved'),
  from: generationNumber,
  /** The device key that reserved. */
  jkt: bytes(32),
});

const granted = z.object({
  ...common,
  state: z.literal('granted'),
  from: generationNumber,
  jkt: bytes(32),
  leaseEndsMs: timeMs,
  /** Sets of recover tokens given to read the row back. */
  readBacks: u32Number,
});

const kept = z.object({
  ...common,
  state: z.literal('kept'),
  recordHash: bytes(32),
  statementHash: bytes(32),
});

const current = z.object({ ...kept.shape, state: z.literal('current') });

const retired = z.object({
  ...common,
  state: z.literal('retired'),
  /** When the realms may be asked (again) to delete. */
  deleteAtMs: timeMs,
  /** Rounds of asking that left a realm unconfirmed. */
  rounds: u32Number,
  /** Ids of the realms that confirmed. */
  confirmed: z.array(z.string()),
});

const slot = z.discriminatedUnion('state', [reserved, granted, kept, current, retired]);
export type Slot = z.output<typeof slot>;
export type GrantedSlot = z.output<typeof granted>;
/** A row that recovery may use: witnessed, and not retired. */
export type WitnessedSlot = z.output<typeof kept> | z.output<typeof current>;
export type RetiredSlot = z.output<typeof retired>;

export const accountSchema = z.object({
  /** How far the vault's feed has been read: number and hash of the last entry. */
  place: z.object({ number: u32Number, hash: bytes(32) }),
  /** Number of the last generation, erased ones included; never falls. */
  lastNumber: generationNumber,
  /** Pinned when an activation is read, never before. */
  ownerPub: bytes(32).nullable(),
  slots: z.array(slot),
  /**
   * Slots that ended and are not among `slots` any more: none of them is granted (again). Not for ever, or whoever
   * reserves without a backup would let this list grow: see `ENDED_KEPT_MS`.
   */
  ended: z.array(z.object({ slot: bytes(16), atMs: timeMs })).default([]),
  tries: z.object({
    /** Sets of recover tokens given so far; never restarts. */
    lastNumber: u32Number,
    /** The newest set that an owner claimed as a success. */
    lastSuccess: u32Number,
    /** Sets given under the schedule since then. */
    sinceSuccess: u32Number,
    /** When the last of them was given. */
    lastAtMs: timeMs.nullable(),
  }),
  /** Most recently seen first. */
  devices: z.array(z.object({ jkt: bytes(32), name: z.string(), lastSeenAtMs: timeMs })),
  /** Newest first. */
  events: z.array(accountEvent),
  /** A deletion stands, which the vault carries out without a device. */
  ordered: z.boolean().default(false),
  /** A start-over stands: the vault counts its days, and waits for a word of this issuer. */
  startOver: z
    .object({
      orderId: bytes(16),
      slot: bytes(16),
      deadlineMs: timeMs,
      /** When the realms are to be asked (again). */
      askAtMs: timeMs,
    })
    .nullable()
    .default(null),
  /** When the feed is to be read although no device asks. */
  checkAtMs: timeMs,
});
export type Account = z.output<typeof accountSchema>;

export const NEW_ACCOUNT: Account = {
  place: { number: 0, hash: feedEntryHash(null) },
  lastNumber: 0,
  ownerPub: null,
  slots: [],
  ended: [],
  tries: { lastNumber: 0, lastSuccess: 0, sinceSuccess: 0, lastAtMs: null },
  devices: [],
  events: [],
  ordered: false,
  startOver: null,
  checkAtMs: 0,
};

export const findSlot = (account: Account, slot: Uint8Array): Slot | undefined =>
  account.slots.find((known) => equalBytes(known.slot, slot));

export const hasEnded = (account: Account, slot: Uint8Array): boolean =>
  findSlot(account, slot)?.state === 'retired' || account.ended.some((one) => equalBytes(one.slot, slot));

/** The account with this slot in place of the one of the same name, or added. */
export function withSlot(account: Account, changed: Slot): Account {
  const others = account.slots.filter((known) => !equalBytes(known.slot, changed.slot));
  return { ...account, slots: [...others, changed] };
}

/** A slot whose end only the feed can tell: reserved, granted or kept. */
export const isOpen = (slot: Slot): boolean => slot.state !== 'current' && slot.state !== 'retired';

/** Whether the feed may tell something that no device asks for. */
export const awaitsFeed = ({ ordered, slots }: Account): boolean => ordered || slots.some(isOpen);

/** When the account needs attention without a device, or null if it does not. */
export function dueAtMs(account: Account): number | null {
  const { slots, checkAtMs, startOver } = account;
  const deletions = slots.flatMap((slot) => (slot.state === 'retired' ? [slot.deleteAtMs] : []));
  const feed = awaitsFeed(account) ? [checkAtMs] : [];
  const earliest = Math.min(...deletions, ...feed, ...(startOver ? [startOver.askAtMs] : []));
  return Number.isFinite(earliest) ? earliest : null;
}

/** Names an account in a log, for an operator who has the id. */
export const accountTag = (accountId: Uint8Array): string => toHex(sha256(accountId).slice(0, 6));
