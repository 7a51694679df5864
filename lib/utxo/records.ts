/** What is kept of Bitcoin and its relatives. No secret: extended public keys, outputs, transactions that were sent. */
import { z } from 'zod';
import { coinId, purpose, txid, walletId } from '@/lib/bus/utxo/shapes';
import { fromHex, toHex } from '@/lib/bytes';

const bytes = z.codec(
  z.string().regex(/^([0-9a-f]{2})*$/),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  {
    decode: fromHex,
    encode: toHex,
  },
);
const sats = z.codec(z.string().regex(/^\d{1,20}$/), z.bigint(), { decode: BigInt, encode: String });
const timeMs = z.int().min(0);
const index = z.int().min(0).max(0x7fff_ffff);
const path = z.array(z.int().min(0).max(0xffff_ffff)).max(10).readonly();
const scriptType = z.enum(['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']);

/** Which server a coin is asked of, by coin; in `storage.local`. */
export const serversRecord = z.partialRecord(
  coinId,
  z.object({
    kind: z.enum(['blockbook', 'esplora']),
    url: z.string(),
    /** Whether the user runs it: then it is asked by the keys of accounts. */
    own: z.boolean().default(false),
  }),
);

const account = z.object({
  purpose,
  coinType: index,
  account: index,
  publicKey: bytes,
  chainCode: bytes,
  parentFingerprint: z.int().min(0),
  /** As the user has named it; empty until then. */
  name: z.string(),
  /** Indices of addresses that were used, of each chain. */
  receive: z.array(index),
  change: z.array(index),
});
export type KeptAccount = z.output<typeof account>;

/** A coin of a wallet; in `storage.local`. */
export const coinRecord = z.object({
  /** Of the master key (BIP-32); null where a device has not told it. */
  fingerprint: z.int().min(0).nullable(),
  accounts: z.array(account),
  /** Names of outputs that were put aside. */
  frozen: z.array(z.string()),
  /** By address, output or transaction. */
  labels: z.record(z.string(), z.string()),
});
export type CoinRecord = z.output<typeof coinRecord>;

const own = { script: bytes, scriptType, publicKey: bytes, path };
const utxo = z.object({
  ...own,
  txid,
  index: z.int().min(0),
  amount: sats,
  confirmations: z.int().min(0),
  isCoinbase: z.boolean(),
  isOwn: z.boolean(),
  isFrozen: z.boolean(),
  carriesToken: z.boolean(),
});

/** What a server has told, proven; in `storage.session`. */
export const stateRecord = z.object({
  asOfMs: timeMs,
  /** By the name of the account. */
  utxos: z.record(z.string(), z.array(utxo)),
});
export type StateRecord = z.output<typeof stateRecord>;

const draft = z.object({
  coin: coinId,
  version: z.int(),
  lockTime: z.int(),
  inputs: z
    .array(z.object({ ...own, txid, index: z.int().min(0), amount: sats, sequence: z.int().min(0).max(0xffff_ffff) }))
    .readonly(),
  outputs: z
    .array(z.object({ amount: sats, script: bytes, own: z.object({ path, publicKey: bytes, scriptType }).nullable() }))
    .readonly(),
});

const subject = z.object({ walletId, coin: coinId, account: z.string() });

/** The quote that was shown last; in `storage.session`. */
export const quoteRecord = z.object({
  ...subject.shape,
  quoteId: z.string(),
  digest: z.string(),
  kind: z.enum(['payment', 'replacement', 'psbt']),
  draft,
  feePerKvB: sats,
  surplus: sats,
  vsize: z.int().min(1),
  replaces: txid.nullable(),
  madeAtMs: timeMs,
});
export type QuoteRecord = z.output<typeof quoteRecord>;

const sent = z.object({
  ...subject.shape,
  txid,
  /** Of the quote that it was made of: the same quote makes nothing else. */
  quoteId: z.string(),
  draft,
  /** As long as it may have to be handed over again. */
  raw: bytes.nullable(),
  /** Of the block that has it; null while none has, and of what was kept before this was. */
  minedHeight: z.int().min(0).nullable().default(null),
  /** `replaced`: another one that spends the same was mined, or servers say that what it spends is not there. */
  state: z.enum(['pending', 'confirmed', 'replaced']),
  atMs: timeMs,
  replaces: txid.nullable(),
  /** When a server first said that what it spends is not there; also of a replaced one, as long as that is asked about. */
  goneAtMs: timeMs.nullable(),
  /** It came to an end, and nobody was told of it yet. */
  untold: z.boolean(),
  /** It was called replaced, and who paid may have paid otherwise since: the wallet itself does not hand it over again. */
  calledGone: z.boolean().default(false),
});
export type SentRecord = z.output<typeof sent>;
/** Newest first; in `storage.local`. */
export const sentRecords = z.array(sent);

/** What a device is asked to sign; in `storage.session`. */
export const jobRecord = z.object({
  id: z.string(),
  work: z.discriminatedUnion('kind', [
    /** `after`: what is done with what comes back. */
    z.object({ kind: z.literal('transaction'), quote: quoteRecord, after: z.enum(['send', 'psbt']) }),
    z.object({
      kind: z.literal('message'),
      ...subject.shape,
      address: z.string(),
      path,
      scriptType,
      message: z.string(),
    }),
  ]),
});
export type JobRecord = z.output<typeof jobRecord>;

/** Which coins wallets have accounts of; in `storage.local`. */
export const indexRecord = z.array(z.object({ walletId, coin: coinId }));
