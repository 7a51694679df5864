import { expect, it } from 'vitest';
import { readScanPlace, scanText } from './scan-place';

const coin = { coin: 'btc', account: '84-0-0', recipient: 12 };

it.each([
  ['', { handedOver: false, coin: null }],
  ['+', { handedOver: true, coin: null }],
  ['btc/84-0-0/12', { handedOver: false, coin }],
  ['btc/84-0-0/12+', { handedOver: true, coin }],
])('is written and read: "%s"', (text, place) => {
  expect(scanText(place)).toBe(text);
  expect(readScanPlace(text)).toEqual(place);
});

it.each(['++', 'btc', 'btc/84-0-0', 'btc/84-0-0/', 'btc/84-0-0/-1', 'btc/84/0', 'btc/84-0-0/1/2', 'BTC/84-0-0/1'])(
  'is no place: %s',
  (text) => expect(readScanPlace(text)).toBeNull(),
);
