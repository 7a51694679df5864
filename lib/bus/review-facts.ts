/** What reviews are made of: who, how much, to whom, and what one call or one signature does. */
import './jitless';
import { z } from 'zod';
import { weiText } from './snapshot';

export const MOST_AMOUNTS = 24;
export const MOST_FIELDS = 40;

export const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
export const timeMs = z.int().min(0);
export const word = z.string().max(120);
export const line = z.string().max(600);

/** Who asks, as the browser says it. */
export const asker = z.strictObject({
  origin: line,
  /** Of the page in the tab, where the asker is a frame inside of another site's page; else null. */
  topOrigin: line.nullable(),
});

/** Something that can be held. What nobody could tell is null. */
export const asset = z.strictObject({
  standard: z.enum(['own', 'erc20', 'erc721', 'erc1155']),
  /** The contract; null for the network's own unit. */
  address: address.nullable(),
  symbol: word.nullable(),
  decimals: z.int().min(0).max(255).nullable(),
  /** Which one of a collection, decimal; null where they are all alike. */
  tokenId: z.string().max(80).nullable(),
  /** `listed`: of the build's list or added by the user. `read`: as its contract calls itself. */
  told: z.enum(['listed', 'read', 'unknown']),
});

export const amount = z.strictObject({
  asset,
  units: weiText,
  /** `unlimited`: so much that it is all, for ever. */
  bound: z.enum(['exact', 'at-least', 'at-most', 'unlimited']),
});

/** Somebody at the other end. */
export const party = z.strictObject({
  address,
  /** Of the address book, the own accounts, the list of tokens or of contracts; null if nobody knows it. */
  name: word.nullable(),
  known: z.enum(['own', 'contact', 'token', 'contract', 'sent-before', 'no']),
  /** `delegated`: an account that lets a contract act for it (EIP-7702). */
  code: z.enum(['none', 'contract', 'delegated', 'unknown']),
  delegate: address.nullable(),
});

/** A name and a value that a description of the contract (ERC-7730) or its function gives. */
const field = z.strictObject({ label: word, value: line });

/** What one call or one signature does. */
export const deed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('send'), amount, from: party.nullable(), to: party }),
  /** `change`: sets it, or adds to it or takes from it. */
  z.strictObject({ kind: z.literal('allow'), amount, spender: party, change: z.enum(['set', 'add', 'subtract']) }),
  z.strictObject({ kind: z.literal('allow-ended'), asset, spender: party }),
  z.strictObject({ kind: z.literal('allow-collection'), collection: party, operator: party }),
  z.strictObject({ kind: z.literal('allow-collection-ended'), collection: party, operator: party }),
  z.strictObject({ kind: z.literal('wrap'), amount }),
  z.strictObject({ kind: z.literal('unwrap'), amount }),
  z.strictObject({
    kind: z.literal('swap'),
    give: amount.nullable(),
    get: amount.nullable(),
    router: party,
    to: party,
  }),
  z.strictObject({ kind: z.literal('deploy'), codeBytes: z.int().min(0) }),
  /** Understood by a description that somebody has published, not by us. `amount` is what is sent along. */
  z.strictObject({
    kind: z.literal('described'),
    intent: line,
    to: party,
    amount: amount.nullable(),
    fields: z.array(field).max(MOST_FIELDS),
    /** More fields than these. */
    more: z.int().min(0),
  }),
  /** `signature` is a guess by its four bytes where it is there at all. */
  z.strictObject({
    kind: z.literal('call'),
    to: party,
    signature: line.nullable(),
    selector: z.string().max(10).nullable(),
    amount: amount.nullable(),
  }),
  /** A signature by which somebody may take what is named (EIP-2612, DAI, EIP-4494, EIP-3009, Permit2). */
  z.strictObject({
    kind: z.literal('permit'),
    /** Those without end first. */
    amounts: z.array(amount).min(1).max(MOST_AMOUNTS),
    /** More amounts than these. */
    more: z.int().min(0),
    spender: party,
    /** Null: it never ends. */
    untilMs: timeMs.nullable(),
    /** Of the first three only the signature ends: the right that it has given stays. */
    how: z.enum(['erc2612', 'dai', 'erc721', 'erc3009', 'permit2', 'permit2-transfer']),
  }),
  /** An offer that somebody may take up. */
  z.strictObject({
    kind: z.literal('order'),
    market: z.enum(['seaport', 'blur', 'other']),
    gives: z.array(amount).max(MOST_AMOUNTS),
    gets: z.array(amount).max(MOST_AMOUNTS),
    /** More things than these, that are given or come back. */
    more: z.int().min(0),
    untilMs: timeMs.nullable(),
    /** Of several that are signed at once, or where only a root of them is shown. */
    many: z.enum(['one', 'several', 'unreadable']),
  }),
]);

export type Asker = z.infer<typeof asker>;
export type AssetFacts = z.infer<typeof asset>;
export type AmountFacts = z.infer<typeof amount>;
export type PartyFacts = z.infer<typeof party>;
export type Deed = z.infer<typeof deed>;
