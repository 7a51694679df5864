import { describe, expect, it } from 'vitest';
import { createPrices, type PricesRecord } from './prices';

const SOURCE = {
  name: 'Prices',
  url: 'https://prices.example/simple/price',
  assets: [
    { id: 'ethereum', keys: ['1', '8453'] },
    { id: 'usd-coin', keys: ['1:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'] },
  ],
};
const MINUTE_MS = 60_000;

function world(options: { readonly source?: typeof SOURCE | null } = {}) {
  const state = {
    nowMs: 1_000_000,
    wanted: 'usd' as string | null,
    answer: { ethereum: { usd: 3012.25 }, 'usd-coin': { usd: 1e-7 } } as unknown,
    kept: null as PricesRecord | null,
    asked: [] as string[],
    whileAsked: () => {},
  };
  const prices = createPrices({
    source: options.source === undefined ? SOURCE : options.source,
    stored: {
      read: async () => state.kept,
      write: async (record) => {
        state.kept = record;
      },
      remove: async () => {
        state.kept = null;
      },
    },
    wanted: async () => state.wanted,
    fetch: async (input) => {
      state.asked.push(String(input));
      state.whileAsked();
      if (state.answer instanceof Error) throw state.answer;
      return Response.json(state.answer);
    },
    now: () => state.nowMs,
  });
  return { state, prices };
}

describe('prices', () => {
  it('asks nobody while no currency is wanted', async () => {
    const { state, prices } = world();
    state.wanted = null;
    await prices.refresh();
    expect(state.asked).toEqual([]);
  });

  it('asks nobody in a build without a source', async () => {
    const { state, prices } = world({ source: null });
    await prices.refresh();
    expect(state.asked).toEqual([]);
  });

  it('asks for all assets of the build at once, whatever somebody holds', async () => {
    const { state, prices } = world();
    await prices.refresh();
    expect(state.asked).toEqual(['https://prices.example/simple/price?ids=ethereum%2Cusd-coin&vs_currencies=usd']);
    expect(await prices.shown('usd')).toEqual({
      currency: 'usd',
      asOfMs: 1_000_000,
      stale: false,
      perUnit: { '1': '3012.25', '8453': '3012.25', '1:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48': '0.0000001' },
    });
  });

  it('asks again only when what it has is no longer fresh', async () => {
    const { state, prices } = world();
    await prices.refresh();
    state.nowMs += 4 * MINUTE_MS;
    await prices.refresh();
    expect(state.asked).toHaveLength(1);
    state.nowMs += 2 * MINUTE_MS;
    await prices.refresh();
    expect(state.asked).toHaveLength(2);
  });

  it('keeps old prices when the source is silent, and marks them', async () => {
    const { state, prices } = world();
    await prices.refresh();
    state.answer = new Error('down');
    state.nowMs += 16 * MINUTE_MS;
    await prices.refresh();
    expect(await prices.shown('usd')).toMatchObject({ asOfMs: 1_000_000, stale: true, perUnit: { '1': '3012.25' } });
  });

  it('waits a minute before it asks a silent source again', async () => {
    const { state, prices } = world();
    state.answer = new Error('down');
    await prices.refresh();
    await prices.refresh();
    expect(state.asked).toHaveLength(1);
    state.nowMs += MINUTE_MS;
    await prices.refresh();
    expect(state.asked).toHaveLength(2);
  });

  it('refuses an answer of another shape', async () => {
    const { state, prices } = world();
    state.answer = { ethereum: { usd: '3012' } };
    await prices.refresh();
    expect(await prices.shown('usd')).toMatchObject({ asOfMs: null, perUnit: {} });
  });

  it('forgets everything when no currency is wanted any more, also while it is being asked', async () => {
    const { state, prices } = world();
    state.whileAsked = () => {
      state.wanted = null;
    };
    await prices.refresh();
    expect(state.kept).toBeNull();
    state.kept = { currency: 'usd', asOfMs: 1, perUnit: {} };
    await prices.refresh();
    expect(state.kept).toBeNull();
  });

  it('shows nothing of another currency', async () => {
    const { prices } = world();
    await prices.refresh();
    expect(await prices.shown('eur')).toEqual({ currency: 'eur', asOfMs: null, stale: false, perUnit: {} });
  });
});
