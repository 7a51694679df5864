import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, parseAmount } from './amount';

describe('parseAmount', () => {
  it.each([
    ['1', 10n ** 18n],
    ['0.5', 5n * 10n ** 17n],
    ['.5', 5n * 10n ** 17n],
    [' 12. ', 12n * 10n ** 18n],
    ['0.000000000000000001', 1n],
    ['00.10', 10n ** 17n],
  ])('reads %j', (text, wei) => expect(parseAmount(text, 18)).toBe(wei));

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['-1', 'negative'],
    ['−1', 'negative'],
    ['0,5', 'format'],
    ['1e18', 'format'],
    ['0x10', 'format'],
    ['.', 'format'],
    ['1.2.3', 'format'],
    ['1 000', 'format'],
    ['Infinity', 'format'],
    ['0.0000000000000000001', 'too-many-decimals'],
    ['9'.repeat(80), 'too-large'],
    ['0', 'zero'],
    ['0.000', 'zero'],
  ])('refuses %j as %s', (text, reason) => {
    expect(() => parseAmount(text, 18)).toThrow(
      expect.objectContaining({ code: 'bad-amount', details: { reason } }) as Error,
    );
  });

  it('gives back what amountText wrote, for any number of decimals', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }), fc.integer({ min: 0, max: 36 }), (amount, decimals) => {
        expect(parseAmount(amountText(amount, decimals), decimals)).toBe(amount);
      }),
    );
  });
});
