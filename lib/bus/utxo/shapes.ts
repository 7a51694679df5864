/** Bitcoin and its relatives as pages see them: coins, servers, accounts, outputs, payments, history. */
import '../jitless';
import { z } from 'zod';
import { errorFacts } from '../facts';
import { accountRef } from '../snapshot';
import { coinId, satText } from './summary';

export { coinId } from './summary';

export const walletId = accountRef.shape.walletId;
/** The same, also below zero. */
const signedSatText = z.string().regex(/^(0|-?[1-9][0-9]{0,19})$/);
/** In the smallest unit for 1,000 virtual bytes: 1500 is 1.5 sat/vB. */
const feeRate = satText;
const timeMs = z.int().min(0);
export const txid = z.string().regex(/^[0-9a-f]{64}$/);
/** The name of an output: txid, colon, index. */
export const outpoint = z.string().regex(/^[0-9a-f]{64}:\d{1,10}$/);
/** The name of an account in its coin: purpose, coin type and number of its path, such as `84-0-0`. */
export const accountKey = z.string().regex(/^(44|49|84|86)-\d{1,3}-\d{1,10}$/);
export const purpose = z.union([z.literal(44), z.literal(49), z.literal(84), z.literal(86)]);

/** What an address of a purpose is called: BIP-44 `legacy`, 49 `nested-segwit`, 84 `native-segwit`, 86 `taproot`. */
export const addressType = z.enum(['legacy', 'nested-segwit', 'native-segwit', 'taproot']);

export const backendKind = z.enum(['blockbook', 'esplora']);

export const backendView = z.object({
  kind: backendKind,
  url: z.string(),
  /** The user runs it, and it is asked by the keys of accounts. */
  own: z.boolean(),
  /** What stood in the way the last time it was asked; null if it answered. */
  error: errorFacts.nullable(),
  /** When it last answered, and the height of its newest block then. */
  askedAtMs: timeMs.nullable(),
  tipHeight: z.int().min(0).nullable(),
});

export const coinView = z.object({
  coin: coinId,
  name: z.string(),
  symbol: z.string(),
  /** What accounts can be of, the usual one first. */
  addressTypes: z.array(z.object({ purpose, type: addressType })),
  /** What its servers can speak. */
  backendKinds: z.array(backendKind),
  /** Null: nothing is asked of anybody until one is picked. */
  backend: backendView.nullable(),
  /** Split off from Bitcoin: coins from before may be on paths of Bitcoin, see `discover.start`. */
  hasEarlierPaths: z.boolean(),
  /** A pending payment can be sped up (BIP-125), and PSBT is spoken. */
  replaceable: z.boolean(),
  /** Whether this wallet has accounts of it. */
  active: z.boolean(),
});

export const amounts = z.object({
  /** In blocks, and own change that waits. */
  confirmed: satText,
  /** Paid by others and in no block yet. */
  pending: satText,
  /** What a payment can take now: not frozen, immature, unconfirmed or carrying a token. */
  spendable: satText,
});

export const accountView = z.object({
  account: accountKey,
  purpose,
  type: addressType,
  /** Such as `m/84'/0'/0'`. */
  path: z.string(),
  /** From 0. */
  number: z.int().min(0),
  /** On a path of the chain that this one has split off from. */
  beforeSplit: z.boolean(),
  /** As the user has named it; empty until then. */
  name: z.string(),
  /** Whether any of its addresses was ever used. */
  used: z.boolean(),
  /** Null before the first answer of the server. */
  balance: amounts.nullable(),
});

/** What is being asked of the server for a coin of a wallet. */
export const syncView = z.object({
  /** `discovering`: looking for accounts; `syncing`: reading what known ones have. */
  state: z.enum(['idle', 'discovering', 'syncing']),
  /** Addresses that were asked about in this discovery. */
  asked: z.int().min(0),
  /** Used accounts that it has found. */
  found: z.int().min(0),
  /** What ended the last one early; null if it came to its end. */
  error: errorFacts.nullable(),
  /** When everything was last read. */
  asOfMs: timeMs.nullable(),
});

export const accountsView = z.object({
  coin: coinView,
  accounts: z.array(accountView),
  total: amounts.nullable(),
  sync: syncView,
});

export const addressView = z.object({
  address: z.string(),
  path: z.string(),
  index: z.int().min(0),
  label: z.string(),
});

export const receiveView = z.object({
  /** The first address that nobody has paid to yet, after all that were used. */
  fresh: addressView,
  /** Newest first. */
  used: z.array(addressView),
});

/** Why an output cannot be spent now. */
export const hold = z.enum(['frozen', 'immature', 'unconfirmed', 'token']);

export const utxoView = z.object({
  outpoint,
  amount: satText,
  address: z.string(),
  path: z.string(),
  /** Came back from a payment of one's own. */
  isChange: z.boolean(),
  confirmations: z.int().min(0),
  hold: hold.nullable(),
  /** Put aside by the user, whatever else holds it. */
  isFrozen: z.boolean(),
  label: z.string(),
});

export const feeLevel = z.enum(['slow', 'normal', 'fast']);
/** As typed: sat/vB, such as `1.5`. */
export const feeChoice = z.union([feeLevel, z.strictObject({ satPerVb: z.string().max(40) })]);

export const feesView = z.object({
  /** Of each level; null where the server cannot say: then a rate is to be typed. */
  levels: z.object({ slow: feeRate.nullable(), normal: feeRate.nullable(), fast: feeRate.nullable() }),
  /** What nodes want at least, and what is surely a slip. */
  least: feeRate,
  most: feeRate,
});

/** What is going to be signed, as it is shown: confirming it signs this and nothing else. */
export const quote = z.object({
  quoteId: z.string(),
  /** SHA-256 of the transaction without signatures and of the amounts it spends, hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  coin: coinId,
  account: accountKey,
  /** What it is for. */
  kind: z.enum(['payment', 'replacement', 'psbt']),
  /** Who gets how much; an own address, of any account, only where the user has typed it. `address` is null for a script without one. */
  recipients: z.array(z.object({ address: z.string().nullable(), amount: satText, isOwn: z.boolean() })),
  /** What comes back. */
  change: z.array(z.object({ address: z.string(), path: z.string(), amount: satText })),
  inputs: z.array(z.object({ outpoint, address: z.string(), amount: satText })),
  fee: satText,
  feeRate,
  /** The part of the fee above the rate: too little to come back as change. */
  surplus: satText,
  vsize: z.int().min(1),
  /** What recipients get, without what a PSBT pays back to the account, and the fee. */
  total: satText,
  /** The fee of the same payment at each level; null where it is not known or there is not enough for it. */
  levelFees: z.object({ slow: satText.nullable(), normal: satText.nullable(), fast: satText.nullable() }),
  /** The pending transaction that it takes the place of. */
  replaces: txid.nullable(),
  /** Asked of a device, by its page: many legacy inputs take it minutes. */
  onDevice: z.boolean(),
});

export const historyItem = z.object({
  txid,
  account: accountKey,
  /**
   * `self`: from one's own addresses to one's own, of this account or another of the coin. An account that only receives says
   * so of what was sent from this device, and otherwise `received`.
   */
  kind: z.enum(['sent', 'received', 'self']),
  /** `replaced`: another transaction that spends the same was mined. */
  state: z.enum(['pending', 'confirmed', 'replaced']),
  height: z.int().min(0).nullable(),
  /** Of its block, or when it was first seen; null if the server does not know. */
  atMs: timeMs.nullable(),
  /** What the account has more afterwards, the fee included; below zero for a payment. */
  net: signedSatText,
  /** Null where not all inputs are the account's own. */
  fee: satText.nullable(),
  /** Paid by the account: who got it, `isOwn` if another account of the wallet did. Otherwise the own addresses that were paid. */
  outputs: z.array(z.object({ address: z.string().nullable(), amount: satText, isOwn: z.boolean() })).max(500),
  label: z.string(),
  /** Pending, made here, of a coin whose nodes replace. */
  canSpeedUp: z.boolean(),
  /** The transaction that it was sent in the place of. */
  replaces: txid.nullable(),
});

export type CoinId = z.infer<typeof coinId>;
export type AddressType = z.infer<typeof addressType>;
export type BackendKind = z.infer<typeof backendKind>;
export type CoinView = z.infer<typeof coinView>;
export type AccountView = z.infer<typeof accountView>;
export type AccountsView = z.infer<typeof accountsView>;
export type ReceiveView = z.infer<typeof receiveView>;
export type UtxoView = z.infer<typeof utxoView>;
export type FeesView = z.infer<typeof feesView>;
export type UtxoQuote = z.infer<typeof quote>;
export type HistoryItem = z.infer<typeof historyItem>;
