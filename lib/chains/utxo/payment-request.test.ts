import { describe, expect, it } from 'vitest';
import { COIN_IDS, COINS } from './coins';
import { readRequest, requestUri } from './payment-request';

const SEGWIT = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
const CASH = 'bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6';

describe('a request', () => {
  it.each(COIN_IDS)('of %s that is written is read as the same', (id) => {
    const coin = COINS[id];
    const address = id === 'bch' ? CASH : 'X'.repeat(34);
    expect(readRequest(coin, requestUri(coin, { address, amount: 12_345n }))).toEqual({
      address,
      amount: 12_345n,
      label: null,
    });
  });

  it('without an amount is the bare address behind its scheme', () => {
    expect(requestUri(COINS.btc, { address: SEGWIT, amount: null })).toBe(`bitcoin:${SEGWIT}`);
    expect(requestUri(COINS.bch, { address: CASH, amount: null })).toBe(CASH);
  });

  it('of others is read with what it says of itself, cut to a size', () => {
    const text = `BITCOIN:${SEGWIT}?label=Rent%2C%20May&amount=0.5&message=no&somethingnew=1`;
    expect(readRequest(COINS.btc, text)).toEqual({ address: SEGWIT, amount: 50_000_000n, label: 'Rent, May' });
    const long = readRequest(COINS.btc, `bitcoin:${SEGWIT}?message=${'x'.repeat(500)}`);
    expect(long).toMatchObject({ label: 'x'.repeat(120) });
  });

  it.each(['-1', '0', '1e3', 'much', '0.000000001'])('for %s is refused', (amount) => {
    expect(readRequest(COINS.btc, `bitcoin:${SEGWIT}?amount=${amount}`)).toBe('amount');
  });

  it('that demands what is not known here is refused whole', () => {
    expect(readRequest(COINS.btc, `bitcoin:${SEGWIT}?req-somethingnew=1&amount=1`)).toBe('required');
  });

  it('is none for a bare address, also for one that begins like a scheme, and for another coin', () => {
    expect(readRequest(COINS.btc, SEGWIT)).toBeNull();
    expect(readRequest(COINS.bch, CASH)).toBeNull();
    expect(readRequest(COINS.ltc, `bitcoin:${SEGWIT}`)).toBeNull();
  });
});
