import { expect, test } from 'vitest';
import { matches } from './matches';

const SAVINGS = ['Mis Ahorros', '0xB4c1D27e63A9F08d5C6b1E4a97D20fB5863390aE'];

test('finds a part of a name, whatever its case and accents', () => {
  expect(matches('ahorro', SAVINGS)).toBe(true);
  expect(matches('RÉSERVE', ['Réserve'])).toBe(true);
  expect(matches('reserve', ['Réserve'])).toBe(true);
  expect(matches('Everyday', SAVINGS)).toBe(false);
});

test('finds a part of an address, and all words in any order', () => {
  expect(matches('b4c1d27e', SAVINGS)).toBe(true);
  expect(matches('90ae ahorros', SAVINGS)).toBe(true);
  expect(matches('ahorros 1234', SAVINGS)).toBe(false);
});

test('finds nothing while nothing was typed', () => {
  expect(matches('  ', SAVINGS)).toBe(false);
});
