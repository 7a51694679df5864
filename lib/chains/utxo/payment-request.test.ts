import { expect, it } from 'vitest';
import { COINS } from './coins';
import { requestUri } from './payment-request';

const SEGWIT = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
const CASH = 'bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6';

it('is the bare address behind the scheme of its coin where no amount is asked for', () => {
  expect(requestUri(COINS.btc, { address: SEGWIT, amount: null })).toBe(`bitcoin:${SEGWIT}`);
  expect(requestUri(COINS.doge, { address: 'DBus', amount: null })).toBe('dogecoin:DBus');
});

it('names the scheme of Bitcoin Cash once', () => {
  expect(requestUri(COINS.bch, { address: CASH, amount: null })).toBe(CASH);
});

it('writes the amount in whole coins, to its last digit and no further', () => {
  expect(requestUri(COINS.btc, { address: SEGWIT, amount: 12_345n })).toBe(`bitcoin:${SEGWIT}?amount=0.00012345`);
  expect(requestUri(COINS.bch, { address: CASH, amount: 150_000_000n })).toBe(`${CASH}?amount=1.5`);
});
