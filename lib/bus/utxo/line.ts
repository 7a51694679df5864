/**
 * What crosses between the background and the engine of Bitcoin and its relatives, which lives in a document of its own
 * (in Firefox beside the background). The background has the keys, the storage and the pages; the engine does the rest.
 */
import '../jitless';
import { z } from 'zod';
import { utxoSummary } from './summary';

const hexBytes = (most: number) =>
  z
    .string()
    .regex(/^([0-9a-f]{2})*$/)
    .max(2 * most);
const path = z.array(z.int().min(0).max(0xffff_ffff)).min(3).max(6);
const walletId = z.string().max(40);

/** What a page said, as it came; the engine parses it. */
export const utxoCall = z.strictObject({ name: z.string(), input: z.unknown() });

const ended = z.strictObject({
  txid: z.string().max(64),
  outcome: z.enum(['confirmed', 'replaced']),
  /** Of the coin. */
  name: z.string().max(40),
  /** With its unit. */
  amount: z.string().max(60),
  to: z.string().max(120),
});
export type UtxoEnded = z.infer<typeof ended>;

/** Said by the engine after every change. */
export const utxoNews = z.strictObject({
  /** Whether there is any account. */
  active: z.boolean(),
  pending: z.strictObject({ count: z.int().min(0), youngestMs: z.number().min(0) }),
  balances: utxoSummary.shape.balances,
  /** What came to an end, and nobody was told of. */
  ended: z.array(ended).max(200),
});
export type UtxoNews = z.infer<typeof utxoNews>;

/** A stored value by its name. */
const place = { area: z.enum(['local', 'session']), name: z.string().regex(/^[A-Za-z0-9._-]{1,80}$/) };

/** What the engine asks the background. */
export const engineAsks = {
  get: z.strictObject(place),
  set: z.strictObject({ ...place, value: z.unknown() }),
  remove: z.strictObject(place),
  'signs-by': z.strictObject({ walletId }),
  extended: z.strictObject({ walletId, paths: z.array(path).min(1).max(50) }),
  /** Taken only while a page waits for what it has confirmed. */
  sign: z.strictObject({
    walletId,
    requests: z
      .array(z.strictObject({ path, digest: hexBytes(32).length(64), kind: z.enum(['der', 'recovered', 'taproot']) }))
      .min(1)
      .max(2_000),
  }),
  news: utxoNews,
  /** It works on: whoever sleeps without a message stays awake. */
  alive: z.strictObject({}),
} as const;
export type EngineAsk = keyof typeof engineAsks;

export const extendedAnswer = z.strictObject({
  fingerprint: z.int().min(0).max(0xffff_ffff),
  keys: z.array(
    z.strictObject({ publicKey: hexBytes(33), chainCode: hexBytes(32), parentFingerprint: z.int().min(0) }),
  ),
});
export const signAnswer = z.array(hexBytes(100));
export const signsByAnswer = z.enum(['seed', 'device', 'nothing']);

/** Messages of pages that may sign something with keys of the wallet. */
export const SIGNING: ReadonlySet<string> = new Set(['send.confirm', 'message.sign', 'psbt.sign']);
