/** PSBT in and out: what another wallet asks to sign becomes a quote like any other, and goes back signed. */
import { base64 } from '@scure/base';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { equalBytes } from '@/lib/bytes';
import type { OwnAddress } from '@/lib/chains/utxo/accounts';
import { COINS } from '@/lib/chains/utxo/coins';
import { readPsbt, writePsbt } from '@/lib/chains/utxo/psbt';
import { parseTransaction } from '@/lib/chains/utxo/transaction';
import { WalletError } from '@/lib/errors';
import type { Book, OfAccount } from './book';
import type { Quotes } from './quotes';
import type { QuoteRecord } from './records';
import type { Sync } from './sync';
import type { Transactions } from './transactions';
import type { Vouch } from './vouch';

export interface Psbts {
  /** @throws WalletError `bad-psbt` with a `PsbtProblem` as reason */
  read(of: OfAccount, psbt: string): Promise<UtxoQuote>;
  /** @param raw what a signer has made of it, null for none. @returns base64. @throws WalletError `bad-psbt` */
  write(quote: QuoteRecord, raw: Uint8Array | null): Promise<string>;
}

export interface PsbtParts {
  readonly book: Book;
  readonly sync: Sync;
  readonly quotes: Quotes;
  readonly transactions: Transactions;
  readonly vouch: Vouch;
}

/** The first of a file; the other form of PSBT is text. */
const MAGIC_BASE64 = 'cHNidP';

export function createPsbts({ book, sync, quotes, transactions, vouch }: PsbtParts): Psbts {
  return {
    read: async (of, text) => {
      await vouch(of);
      await sync.runIfOld(of);
      const utxos = (await sync.utxos(of, of.account)) ?? [];
      const { receive, change, freshReceive, freshChange } = await book.addresses(of, of.account);
      const own: readonly OwnAddress[] = [...receive, ...change, freshReceive, freshChange];
      const ownerOf = (script: Uint8Array) => own.find((one) => equalBytes(one.script, script)) ?? null;
      const draft = readPsbt(of.coin, bytesOf(text), { utxos, ownerOf });
      if (typeof draft === 'string') throw new WalletError('bad-psbt', { reason: draft });
      return quotes.ofDraft(of, draft);
    },
    write: async (quote, raw) => {
      const { coin, draft } = quote;
      if (!COINS[coin].replaceable) throw new WalletError('bad-psbt', { reason: 'no-psbt' });
      const { fingerprint } = await book.read(quote);
      const ids = draft.inputs.map(({ txid }) => txid);
      const previous = await transactions.all(coin, ids);
      const signed = raw && parseTransaction(raw, COINS[coin]);
      return base64.encode(writePsbt(draft, { previous, fingerprint: fingerprint ?? 0, signed }));
    },
  };
}

function bytesOf(text: string): Uint8Array {
  const trimmed = text.replace(/\s/g, '');
  try {
    if (trimmed.startsWith(MAGIC_BASE64)) return base64.decode(trimmed);
  } catch {
    // Said below.
  }
  throw new WalletError('bad-psbt', { reason: 'malformed' });
}
