/** Payments before they are signed: from what is typed to a draft that is shown, kept, and signed as it is or not at all. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { z } from 'zod';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { utxoSendDraft } from '@/lib/bus/utxo/table';
import { toBase64url, toHex } from '@/lib/bytes';
import { parseAmount } from '@/lib/chains/amount';
import { pathText } from '@/lib/chains/utxo/accounts';
import { addressOf } from '@/lib/chains/utxo/address';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { type Draft, feeOfDraft, type PreparedDraft, prepareDraft, vsizeOfDraft } from '@/lib/chains/utxo/draft';
import { unsignedBytes } from '@/lib/chains/utxo/psbt';
import { prepareReplacement } from '@/lib/chains/utxo/replace';
import { dustLimit } from '@/lib/chains/utxo/script';
import type { TxOutput } from '@/lib/chains/utxo/transaction';
import type { Utxo } from '@/lib/chains/utxo/utxos';
import { writer } from '@/lib/chains/utxo/wire';
import { asWalletError, WalletError } from '@/lib/errors';
import type { Book, OfAccount } from './book';
import type { Stored, UtxoDeps } from './deps';
import { keyOf } from './places';
import { type FeeChoice, type Level, type Rates, rateOf, readRates } from './rates';
import { type QuoteRecord, quoteRecord, type SentRecord } from './records';
import { DECIMALS, readRequest } from './request';
import { isPending, isSpentFurther, type SentBook } from './sent';
import type { Servers } from './servers';
import type { Sync } from './sync';
import type { Vouch } from './vouch';

export type SendForm = z.output<typeof utxoSendDraft> & { readonly legacyMeant: readonly number[] };

export interface Quotes {
  /** @throws WalletError as `send.prepare` of `lib/bus/utxo/table.ts` says */
  prepare(form: SendForm): Promise<UtxoQuote>;
  /** @throws WalletError as `send.replace` says */
  prepareReplacement(of: OfAccount, txid: string, fee: FeeChoice): Promise<UtxoQuote>;
  /** Of a draft that was made elsewhere. */
  ofDraft(of: OfAccount, draft: Draft): Promise<UtxoQuote>;
  /** The one that was shown last. @throws WalletError `quote-expired` for any other, or an old one */
  get(quoteId: string, digest: string | null): Promise<QuoteRecord>;
  shown(record: QuoteRecord): Promise<UtxoQuote>;
  remove(): Promise<void>;
}

export interface QuoteParts {
  readonly deps: UtxoDeps;
  readonly book: Book;
  readonly servers: Servers;
  readonly sync: Sync;
  readonly sent: SentBook;
  readonly vouch: Vouch;
}

/** A quote is signed at most this long after it was shown: rates grow old, outputs are spent. */
const QUOTE_LIFE_MS = 10 * 60_000;
const QUOTE_ID_BYTES = 16;
const NO_LEVELS = { slow: null, normal: null, fast: null };
const LEVELS: readonly Level[] = ['slow', 'normal', 'fast'];

export function createQuotes({ deps, book, servers, sync, sent, vouch }: QuoteParts): Quotes {
  const stored: Stored<QuoteRecord> = deps.open('session', 'quote', quoteRecord);

  /** Where the rate was typed, nobody has to know the levels. */
  const ratesFor = async (coin: CoinId, fee: FeeChoice): Promise<Rates> =>
    typeof fee === 'string' ? readRates(servers, coin) : readRates(servers, coin).catch(() => NO_LEVELS);
  const utxosOf = async (of: OfAccount): Promise<readonly Utxo[]> => {
    await vouch(of);
    await sync.runIfOld(of);
    return (await sync.utxos(of, of.account)) ?? [];
  };

  /** The fee of the same thing at each level. */
  const levelFees = (rates: Rates, prepareAt: (rate: bigint) => PreparedDraft): UtxoQuote['levelFees'] => {
    const feeAt = (level: Level): string | null => {
      const rate = rates[level];
      try {
        return rate === null ? null : prepareAt(rate).fee.toString();
      } catch {
        return null;
      }
    };
    const [slow = null, normal = null, fast = null] = LEVELS.map(feeAt);
    return { slow, normal, fast };
  };

  const keep = async (
    of: OfAccount,
    draft: PreparedDraft,
    rest: Pick<QuoteRecord, 'kind' | 'feePerKvB' | 'replaces'>,
  ): Promise<QuoteRecord> => {
    const { fee: _, surplus, vsize, ...bare } = draft;
    const { walletId, coin, account } = of;
    const record = {
      ...{ walletId, coin, account, ...rest, surplus, vsize },
      quoteId: toBase64url(deps.random(QUOTE_ID_BYTES)),
      digest: draftDigest(bare),
      draft: bare,
      madeAtMs: deps.now(),
    };
    await stored.write(record);
    return record;
  };

  const shown = async (record: QuoteRecord): Promise<UtxoQuote> => {
    const { accounts } = await book.read(record);
    const own = (await Promise.all(accounts.map((kept) => book.reachable(record, keyOf(kept))))).flat();
    const scripts = new Set(own.map(({ script }) => toHex(script)));
    const onDevice = (await deps.signsBy(record.walletId)) === 'device';
    return quoteView(record, { onDevice, isOwn: (script) => scripts.has(toHex(script)) });
  };

  return {
    shown,
    prepare: async (form) => {
      const { coin, account } = form;
      const { payments, everythingTo } = recipientsOf(form);
      const utxos = await utxosOf(form);
      const { freshChange } = await book.addresses(form, account);
      const rates = await ratesFor(coin, form.fee);
      const feePerKvB = rateOf(coin, form.fee, rates);
      const picked = form.picked && new Set(form.picked);
      const prepareAt = (rate: bigint) =>
        prepareDraft({ coin, utxos, picked, payments, everythingTo, change: freshChange, feePerKvB: rate });
      const draft = prepareAt(feePerKvB);
      const record = await keep(form, draft, { kind: 'payment', feePerKvB, replaces: null });
      return { ...(await shown(record)), levelFees: levelFees(rates, prepareAt) };
    },
    prepareReplacement: async (of, txid, fee) => {
      const original = pendingOf(await sent.ofCoin(of), txid);
      const utxos = await utxosOf(of);
      const { freshChange } = await book.addresses(of, of.account);
      const rates = await ratesFor(of.coin, fee);
      const feePerKvB = rateOf(of.coin, fee, rates);
      const prepareAt = (rate: bigint) =>
        prepareReplacement({
          original: original.draft,
          utxos: others(utxos, txid),
          change: freshChange,
          feePerKvB: rate,
        });
      const draft = prepareAt(feePerKvB);
      const record = await keep(of, draft, { kind: 'replacement', feePerKvB, replaces: txid });
      return { ...(await shown(record)), levelFees: levelFees(rates, prepareAt) };
    },
    ofDraft: async (of, draft) => {
      const { vsize, fee, feePerKvB } = costOf(draft);
      const prepared = { ...draft, fee, surplus: 0n, vsize };
      return shown(await keep(of, prepared, { kind: 'psbt', feePerKvB, replaces: null }));
    },
    get: async (quoteId, digest) => {
      const record = await stored.read();
      const isThat = record?.quoteId === quoteId && (digest === null || record.digest === digest);
      const isOld = record !== null && Math.abs(deps.now() - record.madeAtMs) > QUOTE_LIFE_MS;
      // Of what is signed now, not of what it is said to be.
      if (!record || !isThat || isOld || draftDigest(record.draft) !== record.digest)
        throw new WalletError('quote-expired');
      return record;
    },
    remove: stored.remove,
  };
}

/** What the original pays back to itself is no further output to spend. */
const others = (utxos: readonly Utxo[], txid: string): readonly Utxo[] => utxos.filter((utxo) => utxo.txid !== txid);

function pendingOf(sent: readonly SentRecord[], txid: string): SentRecord {
  const found = sent.find((one) => one.txid === txid);
  if (!found) throw new WalletError('bad-message', { reason: 'transaction' });
  if (!isPending(found)) throw new WalletError('already-mined');
  if (isSpentFurther(sent, txid)) throw new WalletError('bad-fee', { reason: 'not-replaceable' });
  return found;
}

/** @throws WalletError `bad-address`, `bad-amount`, with the place of the recipient; `bad-message` for two of everything */
function recipientsOf({ coin, recipients, legacyMeant }: SendForm) {
  const payments: TxOutput[] = [];
  let everythingTo: Uint8Array | null = null;
  for (const [place, { to, amount, everything }] of recipients.entries())
    at(place, () => {
      const { script } = readRequest(coin, to, legacyMeant.includes(place) ? 'meant' : 'ask');
      if (everything && everythingTo !== null) throw new WalletError('bad-message', { reason: 'everything' });
      if (everything) everythingTo = script;
      else payments.push({ script, amount: payable(coin, amount, script) });
    });
  return { payments, everythingTo: everythingTo as Uint8Array | null };
}

function payable(coin: CoinId, text: string, script: Uint8Array): bigint {
  const amount = parseAmount(text, DECIMALS);
  if (amount < dustLimit(COINS[coin], script)) throw new WalletError('bad-amount', { reason: 'dust' });
  if (amount > MOST) throw new WalletError('bad-amount', { reason: 'too-large' });
  return amount;
}

/** The largest that a transaction can hold. */
const MOST = 2n ** 63n - 1n;

function at(place: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code, details } = asWalletError(error);
    throw new WalletError(code, { ...details, place });
  }
}

/** SHA-256 of everything that a signature commits to: the transaction without signatures, and what it spends. */
export function draftDigest(draft: Draft): string {
  const to = writer().bytesWithLength(new TextEncoder().encode(draft.coin)).bytesWithLength(unsignedBytes(draft));
  for (const { amount, script } of draft.inputs) to.u64(amount).bytesWithLength(script);
  return toHex(sha256(to.done()));
}

function costOf(draft: Draft): { vsize: number; fee: bigint; feePerKvB: bigint } {
  const vsize = vsizeOfDraft(draft);
  const fee = feeOfDraft(draft);
  return { vsize, fee, feePerKvB: (fee * 1_000n) / BigInt(vsize) };
}

const CHANGE = 1;

interface QuoteFacts {
  readonly onDevice: boolean;
  /** Whether the wallet has an address of this script. */
  readonly isOwn: (script: Uint8Array) => boolean;
}

/** What a page shows of it. An own address that is no change is a recipient like any other. */
function quoteView(record: QuoteRecord, { onDevice, isOwn }: QuoteFacts): UtxoQuote {
  const { quoteId, digest, coin, account, kind, draft, feePerKvB, surplus, vsize, replaces } = record;
  const addressed = (script: Uint8Array) => addressOf(COINS[coin], script);
  const isChange = ({ own }: (typeof draft.outputs)[number]) => own?.path.at(-2) === CHANGE;
  const recipients = draft.outputs.filter((output) => !isChange(output));
  const fee = feeOfDraft(draft);
  const paid = recipients.reduce((total, { amount, own }) => (own ? total : total + amount), 0n);
  return {
    ...{ quoteId, digest, coin, account, kind, vsize, replaces, onDevice },
    recipients: recipients.map(({ amount, script, own }) => {
      return { address: addressed(script), amount: amount.toString(), isOwn: own !== null || isOwn(script) };
    }),
    change: draft.outputs.filter(isChange).map(({ amount, script, own }) => {
      return { address: addressed(script) ?? '', path: pathText(own?.path ?? []), amount: amount.toString() };
    }),
    inputs: draft.inputs.map(({ txid, index, script, amount }) => {
      return { outpoint: `${txid}:${index}`, address: addressed(script) ?? '', amount: amount.toString() };
    }),
    fee: fee.toString(),
    feeRate: feePerKvB.toString(),
    surplus: surplus.toString(),
    total: (paid + fee).toString(),
    levelFees: NO_LEVELS,
  };
}
