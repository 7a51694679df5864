/** Looks for accounts of a seed that were used before. It goes on by itself; what it has found stays when it is stopped. */
import type { z } from 'zod';
import type { syncView } from '@/lib/bus/utxo/shapes';
import { type Account, type AccountPlace, pathOf, placesBeforeSplit, placesOf } from '@/lib/chains/utxo/accounts';
import { discoverAccounts } from '@/lib/chains/utxo/discover';
import { asWalletError, WalletError } from '@/lib/errors';
import { accountAt, type Book, type CoinOfWallet } from './book';
import type { UtxoDeps } from './deps';
import { keyOf } from './places';
import type { Readers } from './readers';
import type { Servers } from './servers';
import type { Sync } from './sync';

interface Progress {
  readonly stop: AbortController;
  running: boolean;
  asked: number;
  found: number;
  error: WalletError | null;
}

export interface Discovery {
  /** @throws WalletError `busy` while one of the coin runs; `bad-server` reason `none` */
  start(of: CoinOfWallet, earlier: boolean): Promise<void>;
  stop(of: CoinOfWallet): void;
  view(of: CoinOfWallet): Promise<z.output<typeof syncView>>;
  /** Whether anything runs. */
  isBusy(): boolean;
}

export interface DiscoveryParts {
  readonly deps: UtxoDeps;
  readonly book: Book;
  readonly servers: Pick<Servers, 'probe'>;
  readonly readers: Readers;
  readonly sync: Sync;
}

export function createDiscovery({ deps, book, servers, readers, sync }: DiscoveryParts): Discovery {
  const all = new Map<string, Progress>();
  const nameOf = ({ walletId, coin }: CoinOfWallet) => `${walletId} ${coin}`;

  const derivation = async ({ walletId, coin }: CoinOfWallet, starts: readonly AccountPlace[]) => {
    const { fingerprint, keys } = await deps.keys.extended(walletId, starts.map(pathOf));
    const first = new Map(starts.map((place, at) => [keyOf(place), keys[at]]));
    const derive = async (place: AccountPlace) => {
      const known = first.get(keyOf(place)) ?? (await deps.keys.extended(walletId, [pathOf(place)])).keys[0];
      if (!known) throw new WalletError('bad-message', { reason: 'account' });
      return accountAt(coin, keyOf(place), known);
    };
    return { fingerprint, derive };
  };

  /** The first of every kind is there before anybody is asked. */
  const look = async (of: CoinOfWallet, starts: readonly AccountPlace[], progress: Progress): Promise<void> => {
    const { fingerprint, derive } = await derivation(of, starts);
    await book.change(of, (record) => ({ ...record, fingerprint }));
    const note = async (found: Parameters<Book['note']>[1]): Promise<void> => {
      progress.stop.signal.throwIfAborted();
      await book.note(of, found);
    };
    for (const place of starts) await note({ account: await derive(place) });
    await servers.probe(of.coin);
    await readers.use(of.coin, (readerOf) => {
      const usageOf = (account: Account) => {
        const reader = readerOf(account);
        const isUsed = async (address: string) => {
          const answer = await reader.isUsed(address);
          progress.asked += 1;
          if (progress.asked % SHOWN_EVERY === 0) deps.changed();
          return answer;
        };
        return { isUsed };
      };
      return discoverAccounts(usageOf, starts, derive, {
        signal: progress.stop.signal,
        onFound: async (found) => {
          if (found.receive.used.length + found.change.used.length > 0) progress.found += 1;
          await note(found);
        },
      });
    });
  };
  const run = async (of: CoinOfWallet, starts: readonly AccountPlace[], progress: Progress): Promise<void> => {
    try {
      await look(of, starts, progress);
      // What is being read already may have begun before all was found.
      await sync.runAnew(of, 'asked');
    } catch (error) {
      if (!progress.stop.signal.aborted) progress.error = asWalletError(error);
    } finally {
      progress.running = false;
      deps.changed();
    }
  };

  return {
    start: async (of, earlier) => {
      if (all.get(nameOf(of))?.running) throw new WalletError('busy');
      const stop = new AbortController();
      const progress: Progress = { stop, running: true, asked: 0, found: 0, error: null };
      all.set(nameOf(of), progress);
      void run(of, [...placesOf(of.coin), ...(earlier ? placesBeforeSplit(of.coin) : [])], progress);
    },
    stop: (of) => all.get(nameOf(of))?.stop.abort(),
    view: async (of) => {
      const { running, error, asOfMs } = await sync.view(of);
      const known = all.get(nameOf(of));
      const failed = known?.error ?? null;
      return {
        state: known?.running ? 'discovering' : running ? 'syncing' : 'idle',
        asked: known?.asked ?? 0,
        found: known?.found ?? 0,
        error: failed ? { code: failed.code, details: failed.details } : error,
        asOfMs,
      };
    },
    isBusy: () => [...all.values()].some(({ running }) => running),
  };
}

/** So many answers between two pictures. */
const SHOWN_EVERY = 10;
