import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountString, amountText } from './amount';

const ether = { decimals: 18, fractionDigits: 4, tag: 'en-GB' } as const;

test('writes whole amounts without a point and groups thousands', () => {
  expect(amountString(1_234_000_000_000_000_000_000n, ether)).toBe('1,234');
  expect(amountString(0n, ether)).toBe('0');
});

test('cuts digits, never rounds up, and says that it cut', () => {
  expect(amountString(999_999_999_999_999_999n, ether)).toBe('0.9999');
  expect(amountText(999_999_999_999_999_999n, ether).cut).toBe(true);
  expect(amountText(250_000_000_000_000_000n, ether).cut).toBe(false);
});

test('keeps two digits of dust, so that something is never shown as nothing', () => {
  expect(amountString(21_000_000_000_000n, ether)).toBe('0.000021');
  expect(amountString(1n, ether)).toBe('0.000000000000000001');
});

test('uses the minus sign U+2212 and a plus only where asked', () => {
  expect(amountString(-500_000_000_000_000_000n, ether)).toBe('\u22120.5');
  expect(amountString(500_000_000_000_000_000n, { ...ether, signed: 'always' })).toBe('+0.5');
});

test('writes the decimal sign of the language', () => {
  expect(amountString(1_250_500_000_000_000_000_000n, { ...ether, tag: 'de' })).toBe('1.250,5');
});

test('with all digits the text is exactly the amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (wei) => {
      const { whole, fraction } = amountText(wei, { ...ether, fractionDigits: 18 });
      expect(BigInt(whole.replaceAll(',', '') + fraction.padEnd(18, '0'))).toBe(wei);
    }),
  );
});
