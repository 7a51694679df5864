/** A quote: a transaction as it is shown before it is signed, and as it is kept until then. */
import { z } from 'zod';
import { type AccountRef, accountRef } from './account-ref';
import { type FeeSpeed, type GasPrice, highestPerGasWei, waitsAt } from './gas-price';
import type { PreparedSend } from './types';

const wei = z.string().regex(/^[0-9]+$/);
/** Stored as decimal text. */
const weiAmount = z.codec(wei, z.bigint().min(0n), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});
const hex = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value));
const address = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const storageKey = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value));
export const unsignedRecord = z.object({
  chainId: z.int(),
  nonce: z.int(),
  to: address.nullable(),
  valueWei: weiAmount,
  data: hex,
  gas: weiAmount,
  price: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('eip1559'), maxFeePerGasWei: weiAmount, maxPriorityFeePerGasWei: weiAmount }),
    z.object({ kind: z.literal('legacy'), gasPriceWei: weiAmount }),
  ]),
  accessList: z
    .array(z.object({ address, storageKeys: z.array(storageKey).readonly() }))
    .readonly()
    .exactOptional(),
});

/** The quote that was shown last; a new one takes its place. */
export const quoteRecord = z.object({
  quoteId: z.string(),
  account: accountRef,
  from: address,
  /** Null for the chain's own unit. */
  token: address.nullable(),
  /** Who gets it. */
  to: address,
  /** What arrives, in the smallest unit of the token or of the chain. */
  valueWei: wei,
  feeWei: wei,
  transaction: unsignedRecord,
  /** What it takes the place of, if anything. */
  replaces: z.object({ hash: hex, how: z.enum(['speed-up', 'cancel']) }).nullable(),
  madeAtMs: z.int(),
});
export type QuoteRecord = z.output<typeof quoteRecord>;

/** Amounts as decimal text: `valueWei` in the smallest unit of the token or of the chain, the others in wei. */
export interface Quote {
  readonly quoteId: string;
  readonly chainId: number;
  readonly token: string | null;
  readonly account: AccountRef;
  readonly to: string;
  readonly valueWei: string;
  readonly feeWei: string;
  /** What leaves in the chain's own unit: the fee, and the value where that is no token. */
  readonly totalWei: string;
  readonly nonce: number;
  /** The fee in its parts. */
  readonly offer: {
    readonly kind: GasPrice['kind'];
    readonly gas: string;
    /** The highest price of a unit of gas. */
    readonly priceWei: string;
    /** The part of it that is the tip; 0 where there is none. */
    readonly tipWei: string;
    /** Less than the next block asks for: it may wait for hours. */
    readonly waits: boolean;
  };
  /** The highest fee at each level. */
  readonly levelFeesWei: Readonly<Record<FeeSpeed, string>>;
  readonly replaces: { readonly hash: string; readonly how: 'speed-up' | 'cancel' } | null;
}

/** What is kept of a quote, and what is shown of it. */
export function quoteOf(
  prepared: PreparedSend,
  rest: Pick<QuoteRecord, 'quoteId' | 'account' | 'from' | 'token' | 'to' | 'replaces' | 'madeAtMs'>,
): { readonly record: QuoteRecord; readonly shown: Quote } {
  const { transaction: unsigned, units, feeWei, levelFeesWei, baseFeePerGasWei } = prepared;
  const { price, gas, nonce, chainId } = unsigned;
  const amounts = { valueWei: units.toString(), feeWei: feeWei.toString() };
  const { quoteId, account, token, to, replaces } = rest;
  const { slow, normal, fast } = levelFeesWei;
  return {
    record: { ...rest, ...amounts, transaction: unsigned },
    shown: {
      ...{ quoteId, account, token, to, replaces, chainId, nonce },
      ...amounts,
      totalWei: (unsigned.valueWei + feeWei).toString(),
      offer: {
        kind: price.kind,
        gas: gas.toString(),
        priceWei: highestPerGasWei(price).toString(),
        tipWei: (price.kind === 'eip1559' ? price.maxPriorityFeePerGasWei : 0n).toString(),
        waits: waitsAt(price, baseFeePerGasWei),
      },
      levelFeesWei: { slow: slow.toString(), normal: normal.toString(), fast: fast.toString() },
    },
  };
}
