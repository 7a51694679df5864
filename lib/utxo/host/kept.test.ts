import { expect, it, vi } from 'vitest';
import type { UtxoNews } from '@/lib/bus/utxo/line';
import { createUtxoWatch } from './kept';

const BALANCE = {
  walletId: 'A'.repeat(22),
  coin: 'btc',
  name: 'Bitcoin',
  symbol: 'BTC',
  pending: '0',
  error: null,
} as const;
const ENDED = { txid: 'ab', outcome: 'confirmed', name: 'Bitcoin', amount: '0.1 BTC', to: 'bc1q' } as const;

const stored = <Value>() => {
  let kept: Value | null = null;
  return {
    read: async () => kept,
    write: async (value: Value) => {
      kept = value;
    },
  };
};

function watched() {
  const clock = { ms: 1_800_000_000_000 };
  const asked: string[] = [];
  const told: string[][] = [];
  const shown: string[] = [];
  const changed = vi.fn();
  const host = {
    tell: async (what: string) => void asked.push(what),
    told: async (txids: readonly string[]) => void told.push([...txids]),
  };
  const parts = { kept: stored<never>(), balances: stored<never>(), host, changed, now: () => clock.ms };
  const open = (other: object = {}) =>
    createUtxoWatch({ ...parts, show: async ({ txid }) => void shown.push(txid), ...other });
  const news = (change: Partial<UtxoNews> = {}): UtxoNews => ({
    active: true,
    pending: { count: 1, youngestMs: 5_000 },
    balances: [{ ...BALANCE, confirmed: '7', asOfMs: clock.ms }],
    ended: [],
    ...change,
  });
  return { clock, asked, told, shown, changed, open, news };
}

it('asks nothing of an engine where there is nothing to look after', async () => {
  const { open, asked } = watched();
  const watch = open();
  expect(await watch.follow()).toEqual({ count: 0, youngestMs: 0 });
  await watch.refreshIfOld();
  expect(await watch.isActive()).toBe(false);
  expect((await watch.shown()).balances).toEqual([]);
  expect(asked).toEqual([]);
});

it('follows what is pending, with its age, also after a stop', async () => {
  const { open, asked, clock, news } = watched();
  await open().onNews(news());
  clock.ms += 1_000;
  const watch = open();
  expect(await watch.follow()).toEqual({ count: 1, youngestMs: 6_000 });
  expect(asked).toEqual(['follow']);
  await watch.onNews(news({ pending: { count: 0, youngestMs: 0 } }));
  expect(await watch.follow()).toEqual({ count: 0, youngestMs: 0 });
  expect(asked).toEqual(['follow']);
});

it('shows what was said last, under another number each time, and reads again only what is old', async () => {
  const { open, asked, clock, news, changed } = watched();
  const watch = open();
  await watch.onNews(news());
  const first = await watch.shown();
  expect(first.balances.map(({ confirmed }) => confirmed)).toEqual(['7']);
  await watch.onNews(news());
  expect((await watch.shown()).revision).not.toBe(first.revision);
  expect(changed).toHaveBeenCalledTimes(2);
  await watch.refreshIfOld();
  expect(asked).toEqual([]);
  clock.ms += 31_000;
  await watch.refreshIfOld();
  await watch.refreshIfOld();
  expect(asked).toEqual(['refresh']);
});

it('tells of what has ended, and notes that it did', async () => {
  const { open, news, shown, told } = watched();
  await open().onNews(news({ ended: [ENDED] }));
  await vi.waitFor(() => expect(told).toEqual([['ab']]));
  expect(shown).toEqual(['ab']);
});

it('holds nothing up where what was kept is damaged', async () => {
  const { open, asked } = watched();
  const damaged = { read: async () => Promise.reject(new Error('shape')), write: async () => undefined };
  const watch = open({ kept: damaged, balances: damaged });
  expect((await watch.shown()).balances).toEqual([]);
  expect(await watch.follow()).toEqual({ count: 0, youngestMs: 0 });
  await watch.refreshIfOld();
  expect(asked).toEqual([]);
});
