import { afterEach, expect, test } from 'vitest';
import { amountParts, amountWithUnit, COVER, coverAmounts, statedAmount, valueText } from '.';

const ether = { decimals: 18, fractionDigits: 4 } as const;
const QUARTER = 250_000_000_000_000_000n;

afterEach(() => coverAmounts(false));

test('writes amounts and values while they are not covered', () => {
  expect(amountWithUnit(QUARTER, 'ETH', ether)).toBe('0.25\u00a0ETH');
  expect(valueText(120_450n, 'eur')).toBe('€1,204.50');
  expect(valueText(5n, 'usd')).toBe('US$0.05');
});

test('covers every digit of amounts and values, and keeps the unit', () => {
  coverAmounts(true);
  expect(amountWithUnit(QUARTER, 'ETH', ether)).toBe(`${COVER}\u00a0ETH`);
  expect(amountParts(QUARTER, ether)).toBeNull();
  expect(valueText(120_450n, 'eur')).toBe(`€\u00a0${COVER}`);
});

test('never covers what is typed or about to be signed', () => {
  coverAmounts(true);
  expect(statedAmount(QUARTER, 'ETH', ether)).toBe('0.25\u00a0ETH');
});
