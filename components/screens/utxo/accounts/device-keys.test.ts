import { expect, it } from 'vitest';
import { firstKeys, keysBeforeSplit, nextKey } from './device-keys';

const account = (more = {}) => ({ purpose: 84, beforeSplit: false, number: 0, used: true, ...more }) as const;

it('names the first account of every kind that a currency has, the usual one first', () => {
  expect(firstKeys('btc')).toEqual(['84-0-0', '86-0-0', '49-0-0', '44-0-0']);
  expect(firstKeys('doge')).toEqual(['44-3-0']);
});

it('names accounts on the paths of Bitcoin only for what has split off from it', () => {
  expect(keysBeforeSplit('bch')).toEqual(['44-0-0']);
  expect(keysBeforeSplit('ltc')).toEqual([]);
});

it('names no further account while one of its kind is not used', () => {
  expect(nextKey('btc', [account()], 84)).toBe('84-0-1');
  expect(nextKey('btc', [account()], 86)).toBe('86-0-0');
  expect(nextKey('btc', [account(), account({ number: 1, used: false })], 84)).toBeNull();
  expect(nextKey('btg', [account({ beforeSplit: true, number: 4 })], 84)).toBe('84-156-0');
});
