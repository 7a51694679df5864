/** Sending in two steps: a quote as it is shown, then that quote signed and nothing else. */
import { toBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { AccountRef } from './account-ref';
import type { Activity, SentTransaction } from './activity';
import { parseAmount } from './amount';
import type { FeeChoice } from './gas-price';
import { sameAddress } from './look-alike';
import { type Quote, type QuoteRecord, quoteOf } from './quote';
import type { ChainAdapter, ContractCall, UnsignedTransaction } from './types';

/** A quote is signed at most this long after it was shown: fees and nonce grow old. */
const QUOTE_LIFE_MS = 10 * 60_000;
const QUOTE_ID_BYTES = 16;

export interface SendForm {
  readonly chainId: number;
  /** Null for the chain's own unit. */
  readonly token: { readonly address: `0x${string}`; readonly decimals: number } | null;
  readonly fee: FeeChoice;
  readonly account: AccountRef;
  readonly from: `0x${string}`;
  /** As typed. */
  readonly to: string;
  /** As typed, in the unit of the token or of the chain, or everything (that the fee leaves). */
  readonly amount: string | { readonly everything: true };
}

/** A call of a contract that the wallet has put together itself. */
export interface CallForm {
  readonly chainId: number;
  readonly fee: FeeChoice;
  readonly account: AccountRef;
  readonly from: `0x${string}`;
  readonly call: ContractCall;
}

export interface ReplaceForm {
  /** Of any transaction of the payment. */
  readonly hash: string;
  readonly how: 'speed-up' | 'cancel';
}

export interface SendingDeps {
  readonly chainOf: (chainId: number) => Promise<ChainAdapter>;
  readonly activity: Activity;
  readonly quote: {
    read(): Promise<QuoteRecord | null>;
    write(value: QuoteRecord): Promise<void>;
    remove(): Promise<void>;
  };
  /** Null where a device is asked first: `finish` is called with what it has signed. */
  sign(account: AccountRef, transaction: UnsignedTransaction, quote: QuoteRecord): Promise<Signed | null>;
  readonly random: (length: number) => Uint8Array;
  /** ms since the epoch */
  readonly now: () => number;
}

export interface Signed {
  readonly raw: `0x${string}`;
  readonly hash: `0x${string}`;
}

export interface Sending {
  /**
   * @throws WalletError `bad-address`, `bad-amount`, `bad-fee`, `insufficient-funds`, `chain-unreachable`,
   *   `transaction-refused`
   */
  prepare(form: SendForm): Promise<Quote>;
  /**
   * A quote for a call that takes nothing along.
   * @throws WalletError `bad-fee`, `insufficient-funds`, `transaction-refused` if the contract would refuse it,
   *   `chain-unreachable`, `party-misbehaved`
   */
  prepareCall(form: CallForm): Promise<Quote>;
  /**
   * A quote for a transaction in the place of a pending one.
   * @throws WalletError `already-mined` if nothing of it is pending any more, `insufficient-funds`, `chain-unreachable`
   */
  prepareReplacement(form: ReplaceForm): Promise<Quote>;
  /**
   * Signs and sends a quote, once.
   * @throws WalletError `quote-expired` if it is not the last one shown, too old or already signed, `locked`,
   *   `transaction-refused`, `already-mined` if what it replaces was mined meanwhile
   * @returns null where a device is asked first
   */
  confirm(quoteId: string): Promise<{ hash: `0x${string}` } | null>;
  /** Sends what was signed elsewhere for a quote that was confirmed, once. @throws WalletError as `confirm` */
  finish(quote: QuoteRecord, signed: Signed): Promise<{ hash: `0x${string}` }>;
}

export function createSending(deps: SendingDeps): Sending {
  const exclusively = inTurn();
  return {
    prepare: (form) => prepare(deps, form),
    prepareCall: (form) => prepareCall(deps, form),
    prepareReplacement: (form) => prepareReplacement(deps, form),
    confirm: async (quoteId) => {
      const quote = await exclusively(() => takeQuote(deps, quoteId));
      const signed = await deps.sign(quote.account, quote.transaction, quote);
      return signed && hand(deps, quote, signed);
    },
    finish: (quote, signed) => hand(deps, quote, signed),
  };
}

const newQuoteId = ({ random }: SendingDeps): string => toBase64url(random(QUOTE_ID_BYTES));

async function prepare(deps: SendingDeps, form: SendForm): Promise<Quote> {
  const { chainId, account, from, fee } = form;
  const chain = await deps.chainOf(chainId);
  const to = chain.checkAddress(form.to);
  const decimals = form.token?.decimals ?? chain.info.decimals;
  const amount =
    typeof form.amount === 'string' ? { units: parseAmount(form.amount, decimals) } : ('everything' as const);
  const token = form.token?.address ?? null;
  const leastNonce = await deps.activity.nonceAfterPending(chainId, from);
  const prepared = await chain.prepareSend({ from, to, amount, token, fee });
  const transaction = { ...prepared.transaction, nonce: Math.max(prepared.transaction.nonce, leastNonce) };
  const { record, shown } = quoteOf(
    { ...prepared, transaction },
    { quoteId: newQuoteId(deps), account, from, token, to, replaces: null, madeAtMs: deps.now() },
  );
  await deps.quote.write(record);
  return shown;
}

async function prepareCall(deps: SendingDeps, { chainId, account, from, fee, call }: CallForm): Promise<Quote> {
  const { to, data } = call;
  const chain = await deps.chainOf(chainId);
  const [prepared, leastNonce] = await Promise.all([
    chain.prepareCall({ from, to, data, valueWei: 0n, fee }),
    deps.activity.nonceAfterPending(chainId, from),
  ]);
  if (prepared.estimate === null) throw new WalletError('transaction-refused', { reason: 'reverted' });
  if (prepared.feeWei > prepared.balanceWei) throw new WalletError('insufficient-funds', { reason: 'fee' });
  const transaction = { ...prepared.transaction, nonce: Math.max(prepared.transaction.nonce, leastNonce) };
  const { record, shown } = quoteOf(
    { ...prepared, transaction, units: 0n },
    { quoteId: newQuoteId(deps), account, from, token: null, to, replaces: null, madeAtMs: deps.now() },
  );
  await deps.quote.write(record);
  return shown;
}

async function prepareReplacement(deps: SendingDeps, { hash, how }: ReplaceForm): Promise<Quote> {
  const { raw, ...before } = await pendingOf(deps.activity, hash);
  const chain = await deps.chainOf(before.chainId);
  const { account, from } = before;
  const prepared = await chain.prepareReplacement({ from, raw, how });
  // To speed a cancellation up is still to cancel.
  const isCancellation = how === 'cancel' || before.replaces?.how === 'cancel';
  const [to, token] = isCancellation ? [from, null] : [before.to, before.token ?? null];
  const { record, shown } = quoteOf(
    { ...prepared, units: isCancellation ? 0n : BigInt(before.valueWei) },
    {
      ...{ quoteId: newQuoteId(deps), account, from, token, to, madeAtMs: deps.now() },
      replaces: { hash: before.hash, how: isCancellation ? 'cancel' : 'speed-up' },
    },
  );
  await deps.quote.write(record);
  return shown;
}

/** The newest transaction with the nonce of `hash`, while it is pending. @throws WalletError `already-mined` */
async function pendingOf(activity: Activity, hash: string): Promise<SentTransaction & { readonly raw: `0x${string}` }> {
  const all = await activity.list();
  const meant = all.find((one) => one.hash === hash);
  if (!meant) throw new WalletError('bad-message', { reason: 'transaction' });
  const group = all.filter(
    (one) => one.chainId === meant.chainId && one.nonce === meant.nonce && sameAddress(one.from, meant.from),
  );
  const [newest] = group;
  if (!newest?.raw || group.some(({ state }) => state !== 'pending')) throw new WalletError('already-mined');
  return { ...newest, raw: newest.raw };
}

/** The quote that was shown; it is gone afterwards, so that a second click finds nothing to sign. */
async function takeQuote({ quote, now }: SendingDeps, quoteId: string): Promise<QuoteRecord> {
  const shown = await quote.read();
  if (shown?.quoteId !== quoteId || Math.abs(now() - shown.madeAtMs) > QUOTE_LIFE_MS)
    throw new WalletError('quote-expired');
  await quote.remove();
  return shown;
}

async function hand(deps: SendingDeps, shown: QuoteRecord, { raw, hash }: Signed): Promise<{ hash: `0x${string}` }> {
  const { transaction, account, from, to, valueWei, feeWei, token, replaces } = shown;
  const { chainId, nonce } = transaction;
  if ((await deps.activity.list()).some((one) => one.hash === hash)) return { hash };
  try {
    await deps.activity.send({
      ...{ hash, raw, chainId, account, from, to, nonce, valueWei, feeWei },
      ...(token === null ? {} : { token }),
      ...(replaces === null ? {} : { replaces }),
      state: 'pending',
      atMs: deps.now(),
    });
  } catch (error) {
    throw replaces !== null && isNonceUsed(error) ? new WalletError('already-mined') : error;
  }
  return { hash };
}

const isNonceUsed = (error: unknown): boolean =>
  error instanceof WalletError && error.code === 'transaction-refused' && error.details.reason === 'nonce-used';
