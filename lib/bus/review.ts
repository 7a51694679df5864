/**
 * What somebody is asked to approve, understood: facts only, the words are the catalogue's. Made by `lib/dapp/review`,
 * drawn by `components/screens/approval`. JSON only and bounded, whatever a site or a node has sent: amounts are decimal
 * strings of the smallest unit, times are milliseconds since the epoch.
 */
import './jitless';
import { z } from 'zod';
import { chainNumber } from './networks';
import {
  address,
  amount,
  asker,
  asset,
  deed,
  line,
  MOST_AMOUNTS,
  MOST_FIELDS,
  party,
  timeMs,
  word,
} from './review-facts';
import { weiText } from './snapshot';

export type { AmountFacts, Asker, AssetFacts, Deed, PartyFacts } from './review-facts';

/** The most that is shown of one text of a site; what is cut is said. In UTF-16 units. */
export const LONGEST_TEXT = 20_000;
const MOST_CALLS = 20;
const MOST_ROWS = 400;
const MOST_RISKS = 40;

const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const text = z.string().max(LONGEST_TEXT);

const balanceChanges = z.discriminatedUnion('kind', [
  /** Tried out on the node: `simulated` and `traced` tell every change, `called` only that it does not fail. */
  z.strictObject({
    kind: z.literal('known'),
    how: z.enum(['simulated', 'traced']),
    /** What is of the network or listed first. */
    gives: z.array(amount).max(MOST_AMOUNTS),
    gets: z.array(amount).max(MOST_AMOUNTS),
    /** More changes than these. */
    more: z.int().min(0),
    /** Rights that are given on the way. */
    allows: z.array(z.strictObject({ amount, spender: party })).max(MOST_AMOUNTS),
    collections: z.array(z.strictObject({ collection: party, operator: party })).max(MOST_AMOUNTS),
    /** More rights than these, of both kinds. */
    moreRights: z.int().min(0),
  }),
  /** `runs`: it would not fail, and nobody tells what it changes. `untold`: the node did not answer. */
  z.strictObject({ kind: z.literal('unknown'), why: z.enum(['runs', 'untold']) }),
  /** It would fail now; what the contract says for it, shortened. */
  z.strictObject({ kind: z.literal('failing'), reason: line.nullable() }),
]);

/** Everything that can speak against it, in the order in which it is told. */
export const RISK_LEVEL = {
  'phishing-site': 'danger',
  'sign-in-domain': 'danger',
  'sign-in-account': 'danger',
  'sign-in-malformed': 'danger',
  'loses-more': 'danger',
  'order-for-nothing': 'danger',
  'order-unreadable': 'danger',
  'permit-unlimited': 'danger',
  permit: 'danger',
  'allow-collection': 'danger',
  'allow-unlimited': 'danger',
  'look-alike': 'danger',
  'spender-is-person': 'danger',
  'hash-message': 'danger',
  'transaction-message': 'danger',
  'wrong-chain': 'danger',
  'foreign-contract': 'danger',
  'delegated-account': 'danger',
  'to-token-contract': 'danger',
  failing: 'danger',
  imitation: 'danger',
  order: 'warn',
  'hidden-characters': 'warn',
  'sign-in-chain': 'warn',
  'sign-in-time': 'warn',
  'unknown-effects': 'warn',
  'allow-beyond': 'warn',
  'not-understood': 'warn',
  'described-only': 'warn',
  'unlisted-token': 'warn',
  'insecure-site': 'warn',
  embedded: 'warn',
  expired: 'warn',
  'to-self': 'warn',
  'new-recipient': 'warn',
  'gas-unusual': 'warn',
  'nonce-chosen': 'warn',
  'for-another': 'warn',
} as const satisfies Record<string, 'danger' | 'warn'>;

export type RiskKind = keyof typeof RISK_LEVEL;
const riskKind = z.custom<RiskKind>((value) => typeof value === 'string' && Object.hasOwn(RISK_LEVEL, value));

/** A risk and the facts that its text wants to be told; those that it does not know are null. */
export const risk = z.strictObject({
  kind: riskKind,
  /** What is at stake. */
  amount: amount.nullable(),
  /** What the account holds of it now, in the smallest unit. */
  heldUnits: weiText.nullable(),
  /** Whom it is about. */
  party: party.nullable(),
  /** A name: the domain that was written, the symbol that is imitated, whom an address looks like. */
  name: line.nullable(),
  /** The chain that was written in it. */
  chainId: z.string().max(80).nullable(),
  timeMs: timeMs.nullable(),
});

/** A line of typed data; the tree is flat, in order, with the depth of each line. */
export const typedRow = z.strictObject({
  depth: z.int().min(0).max(32),
  name: word,
  type: word,
  /** Null where lines of a greater depth follow. */
  value: text.nullable(),
  amount: amount.nullable(),
  party: party.nullable(),
});

/** The fields of EIP-4361. */
export const signInFields = z.strictObject({
  domain: line,
  address,
  statement: text.nullable(),
  uri: line,
  chainId: z.string().max(80),
  nonce: line,
  issuedAt: word,
  expiresAt: word.nullable(),
  notBefore: word.nullable(),
  requestId: line.nullable(),
  resources: z.array(line).max(MOST_FIELDS),
});

/** Fees and numbers of a transaction; the shapes of `send.prepare`. */
export const reviewFees = z.strictObject({
  /** The highest fee that can be charged. */
  feeWei: weiText,
  levelFeesWei: z.strictObject({ slow: weiText, normal: weiText, fast: weiText }),
  offer: z.strictObject({
    kind: z.enum(['eip1559', 'legacy']),
    gas: weiText,
    priceWei: weiText,
    tipWei: weiText,
    waits: z.boolean(),
  }),
  nonce: z.int().min(0),
  /** What is chosen now; `site`: the numbers of the site. */
  chosen: z.enum(['slow', 'normal', 'fast', 'custom', 'site']),
  /** What leaves in the network's own unit at most is more than there is. */
  tooLittle: z.boolean(),
});

/** The one allowance of a transaction, where it can be made smaller before it is signed. */
export const allowanceChoice = z.strictObject({
  asset,
  spender: party,
  /** What the site asked for. */
  asked: amount,
  /** What would be signed now. */
  now: amount,
  /** What the account holds; null if the token did not tell. */
  heldUnits: weiText.nullable(),
});

const rawText = z.strictObject({
  label: z.enum([
    'to',
    'value',
    'data',
    'access-list',
    'calls',
    'nonce',
    'gas',
    'message',
    'hex',
    'typed-data',
    'digest',
    'method',
    'function',
  ]),
  text,
  /** Characters that are not shown. */
  cut: z.int().min(0),
});

const chain = z.strictObject({
  chainId: chainNumber,
  name: word,
  /** Of the unit that fees are paid in. */
  symbol: word,
  decimals: z.int().min(0).max(255),
});

const common = {
  asker,
  risks: z.array(risk).max(MOST_RISKS),
  raw: z.array(rawText).max(16),
  /** SHA-256 of what is signed or done, as it is shown: whoever approves says this one, and nothing else is done. */
  digest: hash,
};
const signed = { ...common, account: address, chain };

/** One request, as it is shown. */
export const review = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('connect'), chain: chain.nullable() }),
  z.strictObject({
    ...signed,
    kind: z.literal('transaction'),
    /** One, or the calls of a batch in their order. */
    deeds: z.array(deed).min(1).max(MOST_CALLS),
    /** More calls than these. */
    moreDeeds: z.int().min(0),
    changes: balanceChanges,
    fees: reviewFees,
    allowance: allowanceChoice.nullable(),
  }),
  z.strictObject({
    ...signed,
    kind: z.literal('message'),
    /** Null where the bytes are no text. */
    text: text.nullable(),
    cut: z.int().min(0),
  }),
  z.strictObject({ ...signed, kind: z.literal('sign-in'), fields: signInFields }),
  z.strictObject({
    ...signed,
    kind: z.literal('typed-data'),
    version: z.enum(['v1', 'v3', 'v4']),
    primaryType: word,
    /** Name of the domain, and the contract that it is for. */
    domainName: line.nullable(),
    contract: party.nullable(),
    /** Null where it is nothing that is known. */
    deed: deed.nullable(),
    rows: z.array(typedRow).max(MOST_ROWS),
    moreRows: z.int().min(0),
    /** What a device shows in the place of the rows; null of version 1, which has none. */
    hashes: z.strictObject({ domainHash: hash, messageHash: hash }).nullable(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('watch-asset'),
    chain,
    asset,
    /** As the site calls it, where that differs from what the contract says. */
    claimedSymbol: word.nullable(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('add-chain'),
    chain,
    rpcUrl: line,
    explorerUrl: line.nullable(),
  }),
  z.strictObject({ ...common, kind: z.literal('switch-chain'), chain, from: chain }),
]);

/** What has been chosen in a review before it is approved; what a kind does not have is left out. */
export const reviewChoice = z.strictObject({
  /** Connect: the accounts that the site may see, at least one. */
  accounts: z.array(address).min(1).max(100).exactOptional(),
});

export type BalanceChanges = z.infer<typeof balanceChanges>;
export type Risk = z.infer<typeof risk>;
export type TypedRow = z.infer<typeof typedRow>;
export type SignInFields = z.infer<typeof signInFields>;
export type ReviewFees = z.infer<typeof reviewFees>;
export type AllowanceChoice = z.infer<typeof allowanceChoice>;
export type RawText = z.infer<typeof rawText>;
export type ReviewChain = z.infer<typeof chain>;
export type Review = z.infer<typeof review>;
export type ReviewChoice = z.infer<typeof reviewChoice>;
