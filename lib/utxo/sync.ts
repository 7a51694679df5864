/** Reads what accounts have: which addresses were used, and which outputs can be spent, each of them proven. */
import type { z } from 'zod';
import type { amounts, syncView } from '@/lib/bus/utxo/shapes';
import { pathOf } from '@/lib/chains/utxo/accounts';
import { readUtxos } from '@/lib/chains/utxo/backend/read-utxos';
import { COINS } from '@/lib/chains/utxo/coins';
import { discoverAccount } from '@/lib/chains/utxo/discover';
import { holdOf, outpoint, type Utxo } from '@/lib/chains/utxo/utxos';
import { asWalletError, type WalletError } from '@/lib/errors';
import { accountOf, type Book, type CoinOfWallet } from './book';
import type { Stored, UtxoDeps } from './deps';
import { keyOf } from './places';
import type { Readers } from './readers';
import { type KeptAccount, type StateRecord, stateRecord } from './records';
import { afterPending, madeHere, type SentBook } from './sent';
import type { Servers } from './servers';
import type { Transactions } from './transactions';

export type Amounts = z.output<typeof amounts>;

type Gaps = 'ask' | 'asked';

interface Reading {
  readonly tipHeight: number;
  readonly gaps: Gaps;
}

export interface Sync {
  /**
   * Asks the server now; calls while it is being asked wait for the same answer.
   * @param gaps whether addresses that nobody has used yet are asked about, too
   */
  run(of: CoinOfWallet, gaps?: Gaps): Promise<void>;
  /** The same, with an answer that is younger than this call: where it is being asked, it is asked once more. */
  runAnew(of: CoinOfWallet, gaps?: Gaps): Promise<void>;
  /** Unless it was read a moment ago. */
  runIfOld(of: CoinOfWallet): Promise<void>;
  /** What an account can spend, with what is frozen now and what is pending. Null before the first answer. */
  utxos(of: CoinOfWallet, key: string): Promise<readonly Utxo[] | null>;
  view(of: CoinOfWallet): Promise<Pick<z.output<typeof syncView>, 'error' | 'asOfMs'> & { readonly running: boolean }>;
  forget(of: CoinOfWallet): Promise<void>;
}

export interface SyncParts {
  readonly deps: UtxoDeps;
  readonly book: Book;
  readonly servers: Pick<Servers, 'probe'>;
  readonly readers: Readers;
  readonly sent: SentBook;
  readonly transactions: Transactions;
}

const FRESH_MS = 30_000;

export function createSync({ deps, book, servers, readers, sent, transactions }: SyncParts): Sync {
  const running = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();
  const errors = new Map<string, WalletError>();
  const cells = new Map<string, Stored<StateRecord>>();
  const nameOf = ({ walletId, coin }: CoinOfWallet) => `state.${walletId}.${coin}`;
  const cellOf = (of: CoinOfWallet): Stored<StateRecord> => {
    const name = nameOf(of);
    const cell = cells.get(name) ?? deps.open('session', name, stateRecord);
    cells.set(name, cell);
    return cell;
  };

  const readAccount = async (of: CoinOfWallet, kept: KeptAccount, { tipHeight, gaps }: Reading): Promise<Utxo[]> => {
    const { coin } = of;
    const account = accountOf(coin, kept);
    const { receive, change } = kept;
    const options = { tipHeight, madeHere: madeHere(await sent.list(), coin), frozen: new Set<string>() };
    return readers.use(coin, async (readerOf, { info, transaction }) => {
      const reader = readerOf(account);
      if (gaps === 'ask')
        await book.noteUsed(of, await discoverAccount(reader, account, { known: { receive, change } }));
      const addresses = await book.addresses(of, keyOf(kept));
      const backend = { info, utxos: reader.utxos, transaction };
      return readUtxos(COINS[coin], backend, [...addresses.receive, ...addresses.change], {
        ...options,
        transactions: transactions.held(coin),
      });
    });
  };
  const read = async (of: CoinOfWallet, gaps: Gaps): Promise<void> => {
    const { tipHeight } = await servers.probe(of.coin);
    const utxos: StateRecord['utxos'] = {};
    for (const kept of (await book.read(of)).accounts)
      utxos[keyOf(kept)] = await readAccount(of, kept, { tipHeight, gaps });
    await cellOf(of).write({ asOfMs: deps.now(), utxos });
  };
  const run: Sync['run'] = (of, gaps = 'ask') => {
    const name = nameOf(of);
    const going = running.get(name);
    if (going) return going;
    const work = read(of, gaps)
      .then(
        () => void errors.delete(name),
        (error) => {
          errors.set(name, asWalletError(error));
          throw error;
        },
      )
      .finally(() => {
        running.delete(name);
        deps.changed();
      });
    running.set(name, work);
    deps.changed();
    return work;
  };

  const runNext = (of: CoinOfWallet, going: Promise<void>, gaps?: Gaps): Promise<void> => {
    const name = nameOf(of);
    const begin = () => {
      next.delete(name);
      return run(of, gaps);
    };
    const work = next.get(name) ?? going.then(begin, begin);
    next.set(name, work);
    return work;
  };

  return {
    run,
    runAnew: (of, gaps) => {
      const going = running.get(nameOf(of));
      return going ? runNext(of, going, gaps) : run(of, gaps);
    },
    runIfOld: async (of) => {
      const state = await cellOf(of).read();
      if (state === null || deps.now() - state.asOfMs > FRESH_MS) await run(of);
    },
    utxos: async (of, key) => {
      const listed = (await cellOf(of).read())?.utxos[key];
      if (!listed) return null;
      const kept = await book.account(of, key);
      const prefix = pathOf({ ...kept, coin: of.coin });
      const isOfAccount = (path: readonly number[]) => prefix.every((step, at) => path[at] === step);
      const frozen = new Set((await book.read(of)).frozen);
      return afterPending(listed, await sent.ofCoin(of), isOfAccount).map((utxo) => ({
        ...utxo,
        isFrozen: frozen.has(outpoint(utxo)),
      }));
    },
    view: async (of) => {
      const error = errors.get(nameOf(of)) ?? null;
      return {
        running: running.has(nameOf(of)),
        error: error && { code: error.code, details: error.details },
        asOfMs: (await cellOf(of).read())?.asOfMs ?? null,
      };
    },
    forget: async (of) => {
      errors.delete(nameOf(of));
      await cellOf(of).remove();
    },
  };
}

/** What an account has. */
export function amountsOf(of: Pick<CoinOfWallet, 'coin'>, utxos: readonly Utxo[]): Amounts {
  const coin = COINS[of.coin];
  const sum = (counts: (utxo: Utxo) => boolean) =>
    utxos.reduce((total, utxo) => (counts(utxo) ? total + utxo.amount : total), 0n).toString();
  const isSettled = ({ confirmations, isOwn }: Utxo) => confirmations > 0 || isOwn;
  return {
    confirmed: sum(isSettled),
    pending: sum((utxo) => !isSettled(utxo)),
    spendable: sum((utxo) => holdOf(coin, utxo) === null),
  };
}
