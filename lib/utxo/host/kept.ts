/** What the background keeps of the engine's news, so that it is shown and followed with no engine there. */
import { z } from 'zod';
import { type UtxoNews, utxoNews } from '@/lib/bus/utxo/line';
import type { StillPending } from '@/lib/chains/follow';
import type { UtxoHost } from './host';

/** In `storage.local`: whether there is anything to look after. */
export const utxoKept = z.object({
  active: z.boolean(),
  pending: z.object({ count: z.int().min(0), youngestAtMs: z.int().min(0) }),
});
type Kept = z.output<typeof utxoKept>;

/** In `storage.session`. */
export const utxoBalances = z.object({ asOfMs: z.int().min(0), balances: utxoNews.shape.balances });
type Balances = z.output<typeof utxoBalances>;

interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
}

export interface KeptDeps {
  readonly kept: Stored<Kept>;
  readonly balances: Stored<Balances>;
  readonly host: Pick<UtxoHost, 'tell' | 'told'>;
  /** Tells the user of what has ended, if that is wanted. */
  readonly show: (ended: UtxoNews['ended'][number]) => Promise<void>;
  readonly now: () => number;
  readonly changed: () => void;
}

export interface UtxoWatch {
  readonly onNews: (news: UtxoNews) => Promise<void>;
  /** Another number after every change. */
  readonly shown: () => Promise<{ readonly revision: number; readonly balances: Balances['balances'] }>;
  /** Asks what became of what is pending; with nothing pending no engine is started. @returns what was pending before */
  readonly follow: () => Promise<StillPending>;
  /** Reads all again, unless that was a moment ago, and where there is anything. */
  readonly refreshIfOld: () => Promise<void>;
  /** Whether there is anything to look after. */
  readonly isActive: () => Promise<boolean>;
}

const FRESH_MS = 30_000;

export function createUtxoWatch({ kept, balances, host, show, now, changed }: KeptDeps): UtxoWatch {
  // A background that was stopped begins with another one.
  let revision = now();
  let refreshedAtMs = 0;
  let following: Promise<void> | null = null;

  // What is damaged here is told anew; nothing else of the wallet waits for it.
  const readKept = () => kept.read().catch(() => null);
  const readBalances = () => balances.read().catch(() => null);
  const pending = async (): Promise<StillPending> => {
    const { count, youngestAtMs } = (await readKept())?.pending ?? { count: 0, youngestAtMs: 0 };
    return { count, youngestMs: count === 0 ? 0 : Math.max(0, now() - youngestAtMs) };
  };
  const tell = async (ended: UtxoNews['ended']): Promise<void> => {
    if (ended.length === 0) return;
    await Promise.allSettled(ended.map(show));
    await host.told(ended.map(({ txid }) => txid));
  };
  /** When the oldest of what is shown was read. */
  const oldestMs = async (): Promise<number> => {
    const shown = (await readBalances())?.balances ?? [];
    return shown.length === 0 ? 0 : Math.min(...shown.map(({ asOfMs }) => asOfMs ?? 0));
  };
  const isActive = async () => (await readKept())?.active ?? false;

  return {
    isActive,
    onNews: async (news) => {
      const { active, ended } = news;
      const youngestAtMs = Math.max(0, Math.round(now() - news.pending.youngestMs));
      await kept.write({ active, pending: { count: news.pending.count, youngestAtMs } });
      await balances.write({ asOfMs: now(), balances: news.balances });
      revision += 1;
      changed();
      // What could not be noted is told again, under the same name.
      void tell(ended).catch(() => undefined);
    },
    shown: async () => ({ revision, balances: (await readBalances())?.balances ?? [] }),
    follow: async () => {
      const known = await pending();
      // Not waited for: a server that is silent must not hold up what else is followed. Its news come by themselves.
      if (known.count > 0 && following === null)
        following = host
          .tell('follow')
          .catch(() => undefined)
          .finally(() => {
            following = null;
          });
      return known;
    },
    refreshIfOld: async () => {
      if (!(await isActive()) || now() - Math.max(refreshedAtMs, await oldestMs()) < FRESH_MS) return;
      refreshedAtMs = now();
      await host.tell('refresh').catch(() => undefined);
    },
  };
}
