/**
 * Signs what was shown, and sends it once. A transaction is written down before a server has it: a lost answer never hides
 * it, and the same quote finds the same transaction again, whatever was stopped in between.
 */
import { checkBroadcast } from '@/lib/chains/utxo/backend/checks';
import type { UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COINS } from '@/lib/chains/utxo/coins';
import type { DigestSigner } from '@/lib/chains/utxo/sign';
import { softwareSigner } from '@/lib/chains/utxo/sign';
import { parseTransaction } from '@/lib/chains/utxo/transaction';
import { verifySigned } from '@/lib/chains/utxo/verify';
import { asWalletError, WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { Book } from './book';
import type { UtxoDeps } from './deps';
import type { Quotes } from './quotes';
import type { QuoteRecord, SentRecord } from './records';
import { conflict, isPending, type SentBook, withNewest } from './sent';
import type { Servers } from './servers';

export interface Sending {
  /**
   * Signs a quote with the wallet's own keys, and checks what comes back.
   * @throws WalletError `locked`; `device-misbehaved` with a `SignedProblem` as reason
   */
  sign(quote: QuoteRecord): Promise<Uint8Array>;
  /** What a signer has made of a quote, if it is that. @throws WalletError `device-misbehaved` as above */
  checked(quote: QuoteRecord, raw: Uint8Array): Uint8Array;
  /** @returns the id of what a quote was sent as, null if it was not */
  sentAs(quoteId: string): Promise<string | null>;
  /**
   * Checks what a signer has made of a quote, writes it down, and hands it over.
   * @throws WalletError `device-misbehaved`; `quote-expired` if another one has taken what it spends; `transaction-refused`
   *   if the server will not have it: all is then as it was before; `already-mined` if what it replaces was mined meanwhile
   */
  send(quote: QuoteRecord, raw: Uint8Array): Promise<string>;
  /** Hands it over again. @throws what the server says */
  handOver(sent: SentRecord): Promise<void>;
}

export interface SendingParts {
  readonly deps: UtxoDeps;
  readonly book: Book;
  readonly servers: Servers;
  readonly sent: SentBook;
  readonly quotes: Quotes;
}

export function createSending({ deps, book, servers, sent, quotes }: SendingParts): Sending {
  const exclusively = inTurn();

  const sentAs = async (quoteId: string): Promise<string | null> =>
    (await sent.list()).find((one) => one.quoteId === quoteId)?.txid ?? null;

  const handOver = (record: Pick<SentRecord, 'coin' | 'raw'>): Promise<void> =>
    servers.use(record.coin, async (backend) => {
      if (record.raw === null) return;
      const transaction = parseTransaction(record.raw, COINS[record.coin]);
      checkBroadcast(transaction, await backend.broadcast(record.raw));
    });

  /** A server refuses, too, what it took a moment before, when its answer to that was lost. */
  const mayBeTaken = (record: SentRecord): Promise<boolean> =>
    servers.use(record.coin, (backend) => knows(backend, record.txid)).catch(() => true);

  const moveLabel = async (record: SentRecord): Promise<void> => {
    const { replaces, txid } = record;
    const label = replaces === null ? undefined : (await book.read(record)).labels[replaces];
    if (label === undefined) return;
    await book.change(record, (known) => ({ ...known, labels: { ...known.labels, [txid]: label } }));
  };

  const write = async (quote: QuoteRecord, raw: Uint8Array, txid: string): Promise<SentRecord> => {
    const { walletId, coin, account, quoteId, draft, replaces } = quote;
    const record: SentRecord = {
      ...{ walletId, coin, account, quoteId, draft, replaces, txid, raw },
      ...{ state: 'pending', atMs: deps.now(), minedHeight: null, goneAtMs: null, untold: false, calledGone: false },
    };
    await sent.change((all) => withNewest(all, record));
    return record;
  };

  /** Whether something else spends the same: nodes would take the dearer one in the place of both. */
  const isOvertaken = async (quote: QuoteRecord): Promise<boolean> =>
    quote.replaces === null &&
    (await sent.ofCoin(quote)).some((one) => isPending(one) && conflict(one.draft, quote.draft));

  const send = async (quote: QuoteRecord, raw: Uint8Array): Promise<string> => {
    const txid = verified(quote, raw);
    const before = (await sent.list()).find((one) => one.txid === txid);
    // What was called replaced is sent anew: the same payment of the same coins has the same id.
    const known = before?.state === 'replaced' ? undefined : before;
    if (!known && (await isOvertaken(quote))) throw new WalletError('quote-expired');
    const record = known ?? (await write(quote, raw, txid));
    await quotes.remove();
    await moveLabel(record);
    try {
      await handOver(record);
    } catch (error) {
      const refusal = asWalletError(error);
      if (refusal.code !== 'transaction-refused' || refusal.details.reason === 'already-known') return txid;
      if (known || (await mayBeTaken(record))) return txid;
      await sent.change((all) => all.flatMap((one) => (one.txid === txid ? (before ?? []) : one)));
      const isMined = record.replaces !== null && refusal.details.reason === 'inputs-spent';
      throw isMined ? new WalletError('already-mined') : refusal;
    }
    return txid;
  };

  return {
    sentAs,
    handOver,
    sign: async (quote) => {
      const sign: DigestSigner = (requests) => deps.keys.sign(quote.walletId, requests);
      // Keys of the wallet itself need no previous transactions: amounts are proven already.
      const raw = await softwareSigner(sign).sign(quote.draft, new Map());
      return checked(quote, raw);
    },
    checked,
    send: (quote, raw) => exclusively(() => send(quote, raw)),
  };
}

/** @returns its id */
function verified({ draft }: QuoteRecord, raw: Uint8Array): string {
  const verdict = verifySigned(draft, raw);
  if (!verdict.ok) throw new WalletError('device-misbehaved', { reason: verdict.problem });
  return verdict.txid;
}

const checked: Sending['checked'] = (quote, raw) => {
  verified(quote, raw);
  return raw;
};

const knows = (backend: UtxoBackend, txid: string): Promise<boolean> =>
  backend.transaction(txid).then(
    () => true,
    (error) => asWalletError(error).code !== 'party-misbehaved',
  );

/** Whether anything of a coin waits. */
export const hasPending = (sent: readonly SentRecord[]): boolean => sent.some(isPending);
