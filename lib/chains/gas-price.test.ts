import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GasPrice,
  highestPerGasWei,
  levelsFromHistory,
  levelsFromPrice,
  readTypedFee,
  replacementPrice,
  waitsAt,
} from './gas-price';

const GWEI = 1_000_000_000n;
const tips = (slow: bigint, normal: bigint, fast: bigint) => ({ slow, normal, fast });
const history = { baseFeePerGasWei: 10n * GWEI, tipsWei: [tips(1n, 2n, 3n)], suggestedTipWei: GWEI };

describe('levels', () => {
  it('hold the base fee and the tip that others paid', () => {
    expect(levelsFromHistory(history)).toEqual({
      slow: { kind: 'eip1559', maxFeePerGasWei: (125n * GWEI) / 10n + 1n, maxPriorityFeePerGasWei: 1n },
      normal: { kind: 'eip1559', maxFeePerGasWei: 20n * GWEI + 2n, maxPriorityFeePerGasWei: 2n },
      fast: { kind: 'eip1559', maxFeePerGasWei: 30n * GWEI + 3n, maxPriorityFeePerGasWei: 3n },
    });
  });

  it('are not moved by one strange block', () => {
    const blocks = [tips(1n, 2n, 3n), tips(GWEI, 500n * GWEI, 9000n * GWEI), tips(1n, 2n, 3n)];
    expect(levelsFromHistory({ ...history, tipsWei: blocks })).toEqual(levelsFromHistory(history));
  });

  it('take the tip that the node suggests when all blocks were empty', () => {
    const { slow, fast } = levelsFromHistory({ ...history, tipsWei: [] });
    expect([slow, fast]).toMatchObject([{ maxPriorityFeePerGasWei: GWEI }, { maxPriorityFeePerGasWei: GWEI }]);
  });

  it('never cost less for more speed', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const blocks = fc.array(fc.record({ slow: amount, normal: amount, fast: amount }), { maxLength: 10 });
    fc.assert(
      fc.property(amount, blocks, amount, (baseFeePerGasWei, tipsWei, suggestedTipWei) => {
        const { slow, normal, fast } = levelsFromHistory({ baseFeePerGasWei, tipsWei, suggestedTipWei });
        expect(highestPerGasWei(slow) <= highestPerGasWei(normal)).toBe(true);
        expect(highestPerGasWei(normal) <= highestPerGasWei(fast)).toBe(true);
      }),
    );
  });

  it('of a chain with one price are that price and more', () => {
    expect(levelsFromPrice(100n)).toEqual({
      slow: { kind: 'legacy', gasPriceWei: 100n },
      normal: { kind: 'legacy', gasPriceWei: 110n },
      fast: { kind: 'legacy', gasPriceWei: 133n },
    });
  });
});

describe('a replacement', () => {
  it('is dearer by more than a tenth in both parts, and at least as dear as fast is now', () => {
    const perGas = fc.bigInt({ min: 0n, max: 10n ** 15n });
    const price = fc.record({
      kind: fc.constant('eip1559' as const),
      maxFeePerGasWei: perGas,
      maxPriorityFeePerGasWei: perGas,
    });
    fc.assert(
      fc.property(price, price, (before, fast) => {
        const next = replacementPrice(before, { slow: fast, normal: fast, fast });
        if (next.kind !== 'eip1559') throw new Error('kind');
        expect(next.maxFeePerGasWei * 10n > before.maxFeePerGasWei * 11n).toBe(true);
        expect(next.maxPriorityFeePerGasWei * 10n > before.maxPriorityFeePerGasWei * 11n).toBe(true);
        expect(next.maxFeePerGasWei >= fast.maxFeePerGasWei).toBe(true);
      }),
    );
  });

  it('keeps the kind of its price', () => {
    const before: GasPrice = { kind: 'legacy', gasPriceWei: 800n };
    expect(replacementPrice(before, levelsFromPrice(100n))).toEqual({ kind: 'legacy', gasPriceWei: 901n });
    expect(replacementPrice(before, levelsFromPrice(1000n))).toEqual({ kind: 'legacy', gasPriceWei: 1330n });
  });
});

describe('a typed fee', () => {
  const typed = { price: '1.5', tip: '0.1', gas: '21000' };

  it('is read in gwei', () => {
    expect(readTypedFee(typed, 'eip1559', 21_000n)).toEqual({
      gas: 21_000n,
      price: { kind: 'eip1559', maxFeePerGasWei: 1_500_000_000n, maxPriorityFeePerGasWei: 100_000_000n },
    });
    expect(readTypedFee({ ...typed, tip: '' }, 'legacy', 21_000n)).toEqual({
      gas: 21_000n,
      price: { kind: 'legacy', gasPriceWei: 1_500_000_000n },
    });
  });

  it('may have no tip', () => {
    expect(readTypedFee({ ...typed, tip: '0' }, 'eip1559', 21_000n).price).toMatchObject({
      maxPriorityFeePerGasWei: 0n,
    });
  });

  it.each([
    ['no price', { ...typed, price: '' }, 'price'],
    ['a price of nothing', { ...typed, price: '0' }, 'price'],
    ['a tip that is no number', { ...typed, tip: 'much' }, 'tip'],
    ['a tip above the price', { ...typed, tip: '1.6' }, 'tip-above-price'],
    ['gas that is no whole number', { ...typed, gas: '21000.5' }, 'gas'],
    ['less gas than it needs', { ...typed, gas: '20999' }, 'gas-too-low'],
    ['more gas than a block holds', { ...typed, gas: '100000001' }, 'gas-too-high'],
  ])('is refused with %s', (_, given, reason) => {
    expect(() => readTypedFee(given, 'eip1559', 21_000n)).toThrow(
      expect.objectContaining({ code: 'bad-fee', details: { reason } }) as Error,
    );
  });

  it('below the base fee is known to wait', () => {
    const { price } = readTypedFee(typed, 'eip1559', 21_000n);
    expect([waitsAt(price, 1_500_000_000n), waitsAt(price, 1_500_000_001n)]).toEqual([false, true]);
  });
});
