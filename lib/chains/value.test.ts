import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetKey } from './asset-key';
import { valueCents } from './value';

const ETHER = 10n ** 18n;

test('multiplies an amount with the price of one unit', () => {
  expect(valueCents(ETHER, 18, '3012.25')).toBe(301_225n);
  expect(valueCents(ETHER / 4n, 18, '3012.25')).toBe(75_306n);
  expect(valueCents(5_000_000n, 6, '0.9998')).toBe(500n);
  expect(valueCents(0n, 18, '3012.25')).toBe(0n);
});

test('rounds to the nearest hundredth, the same on both sides of nothing', () => {
  expect(valueCents(1n, 0, '0.005')).toBe(1n);
  expect(valueCents(1n, 0, '0.0049')).toBe(0n);
  expect(valueCents(-1n, 0, '0.005')).toBe(-1n);
});

test('is exact for amounts that no float can hold', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.nat(), (amount, cents) => {
      const price = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect(valueCents(amount * ETHER, 18, price)).toBe(amount * BigInt(cents));
    }),
  );
});

test('names a token by chain and address, whatever its case', () => {
  expect(assetKey(1, null)).toBe('1');
  expect(assetKey(1, '0xA0B86991C6218B36C1D19D4A2E9EB0CE3606EB48')).toBe(
    '1:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
  );
});
