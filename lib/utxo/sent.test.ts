import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CoinId } from '@/lib/chains/utxo/coins';
import { funded } from '@/lib/chains/utxo/testing/wallet';
import type { Utxo } from '@/lib/chains/utxo/utxos';
import { type SentRecord, sentRecords } from './records';
import { afterPending, createSentBook, standing } from './sent';

const { utxos, change } = funded('btc', 84, [10_000n, 20_000n, 30_000n]);
const [ten, twenty, thirty] = utxos as [Utxo, Utxo, Utxo];
const idOf = (number: number) => String(number).padStart(64, '0');

/** A payment that pays back all but 1,000. */
function payment(number: number, spent: readonly Utxo[], more: Partial<SentRecord> = {}): SentRecord {
  const amount = spent.reduce((sum, one) => sum + one.amount, -1_000n);
  const inputs = spent.map((one) => ({ ...one, sequence: 0xffff_fffd }));
  const outputs = [{ amount, script: change.script, own: change }];
  const draft = { coin: 'btc' as const, version: 2, lockTime: 0, inputs, outputs };
  return {
    ...{ walletId: 'A'.repeat(22), coin: 'btc', account: '84-0-0', quoteId: idOf(number), txid: idOf(number), draft },
    ...{ raw: new Uint8Array(200), minedHeight: null, state: 'pending', atMs: number, replaces: null, goneAtMs: null },
    ...{ untold: false, calledGone: false, ...more },
  };
}
/** What comes back of it, as a server lists it. */
const backOf = ({ txid, draft }: SentRecord, confirmations: number): Utxo => ({
  ...ten,
  ...{ txid, index: 0, amount: draft.outputs[0]?.amount ?? 0n, confirmations, script: change.script },
});
const total = (listed: readonly Utxo[], sent: readonly SentRecord[]) =>
  afterPending(listed, sent, () => true).reduce((sum, { amount }) => sum + amount, 0n);

describe('what can be spent', () => {
  it('is what is listed, where nothing was sent', () => {
    expect(total(utxos, [])).toBe(60_000n);
  });

  it('counts a payment that waits once, whether a server has it or not', () => {
    const sent = [payment(1, [ten])];
    expect(total([ten, twenty, thirty], sent)).toBe(59_000n);
    expect(total([twenty, thirty, ...sent.map((one) => backOf(one, 0))], sent)).toBe(59_000n);
  });

  it('counts a mined payment once, also by a list that is older than its block, or of a server that is behind', () => {
    const first = payment(1, [ten], { state: 'confirmed', minedHeight: 7 });
    const second = payment(2, [backOf(first, 1)], { state: 'confirmed', minedHeight: 8 });
    expect(total([ten, twenty], [first])).toBe(29_000n);
    expect(total([ten, twenty], [second, first])).toBe(28_000n);
    expect(total([backOf(first, 1), twenty], [second, first])).toBe(28_000n);
    expect(total([backOf(second, 1), twenty], [second, first])).toBe(28_000n);
    // Sent on from another device: nothing of them is there any more.
    expect(total([twenty], [second, first])).toBe(20_000n);
  });

  it('believes a list that a payment is not mined which nobody asks about any more', () => {
    const final = payment(1, [ten], { state: 'confirmed', minedHeight: 7, raw: null });
    expect(total([ten, twenty], [final])).toBe(30_000n);
    expect(total([ten, twenty], [payment(2, [ten]), final])).toBe(29_000n);
  });

  it.each(['pending', 'replaced'] as const)('counts what a block has of a payment that is %s', (state) => {
    const slow = payment(1, [ten], { state });
    const fast = payment(2, [ten, twenty]);
    const further = payment(3, [backOf(fast, 0)]);
    expect(total([twenty, backOf(slow, 1)], [further, fast, slow])).toBe(29_000n);
  });

  it('counts a payment once that was called over, where lists have both what it spends and what comes back', () => {
    const gone = payment(1, [ten], { state: 'replaced', goneAtMs: 1 });
    expect(total([ten, twenty, backOf(gone, 0)], [gone])).toBe(29_000n);
  });

  it('counts nothing of what cannot be mined beside what counts', () => {
    const slow = payment(1, [ten], { state: 'replaced' });
    const further = payment(2, [backOf(slow, 0)], { state: 'replaced' });
    const mined = { state: 'confirmed', minedHeight: 7 } as const;
    for (const state of [{ state: 'pending' } as const, mined])
      expect(total([backOf(slow, 0), backOf(further, 0)], [further, payment(3, [ten], state), slow])).toBe(
        state === mined ? 0n : 9_000n,
      );
  });
});

it('a payment of another coin takes no place, though both spend what was there before the chains split', () => {
  const bitcoin = payment(1, [ten]);
  const cash = payment(2, [ten], { coin: 'bch' satisfies CoinId });
  expect(standing([cash, bitcoin])).toEqual([cash, bitcoin]);
});

describe('what was sent', () => {
  async function kept(all: readonly SentRecord[]): Promise<readonly SentRecord[]> {
    const values: unknown[] = [];
    const cell = { read: async () => values.at(-1), write: async (next: unknown) => void values.push(next) };
    const open = () => ({ ...cell, remove: async () => undefined }) as never;
    const book = createSentBook({ open, changed: () => undefined } as never);
    await book.change(() => all);
    return book.list();
  }
  const many = (count: number, of: (number: number) => SentRecord) =>
    Array.from({ length: count }, (_, at) => of(count - at));

  it('is kept as long as it waits, and of what has ended the newest', async () => {
    const all = many(300, (number) => payment(number, [ten], number > 3 ? { state: 'confirmed' } : {}));
    expect((await kept(all)).map(({ atMs }) => atMs)).toEqual(
      [...all.slice(0, 200), ...all.slice(-3)].map((one) => one.atMs),
    );
  });

  it('takes no more room than there is, and what waits is never what goes', async () => {
    const wide = new Array<Utxo>(1_000).fill(ten);
    const all = many(20, (number) => payment(number, wide, number > 2 ? { state: 'confirmed' } : {}));
    const left = await kept(all);
    expect(left.map(({ atMs }) => atMs)).toEqual([20, 19, 18, 17, 16, 2, 1]);
    const lengthOf = (some: readonly SentRecord[]) => JSON.stringify(z.encode(sentRecords, [...some])).length;
    expect(lengthOf(left.slice(0, 5))).toBeLessThan(3_000_000);
    expect(lengthOf(left.slice(0, 1))).toBeGreaterThan(300_000);
  });

  it('is asked about no longer where it is gone and not of the newest', async () => {
    const all = many(30, (number) => payment(number, [ten], { state: 'replaced', goneAtMs: 1 }));
    const left = await kept(all);
    expect(left.map(({ goneAtMs }) => goneAtMs !== null)).toEqual(all.map((_, at) => at < 20));
    expect(left.map(({ raw }) => raw !== null)).toEqual(all.map((_, at) => at < 20));
  });
});
