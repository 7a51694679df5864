import { describe, expect, it } from 'vitest';
import { imitated } from './imitation';

const TRUSTED = [
  { symbol: 'ETH', name: 'Ethereum' },
  { symbol: 'USDT', name: 'Tether USD' },
  { symbol: 'USDC', name: 'USD Coin' },
];

describe('a token that looks like another', () => {
  it.each([
    ['USDT', 'My token', 'USDT'],
    ['usd-t', 'Something', 'USDT'],
    ['USD₮', 'Something', 'USDT'],
    ['USDС', 'with a Cyrillic letter', 'USDC'],
    ['ＵＳＤＣ', 'in wide letters', 'USDC'],
    ['X', 'Tether  USD', 'USDT'],
    ['ETH', 'Ether', 'ETH'],
  ])('is found by symbol or name: %s, %s', (symbol, name, whom) => {
    expect(imitated({ symbol, name }, TRUSTED)).toBe(whom);
  });

  it.each([
    ['USDe', 'Ethena USDe'],
    ['DAI', 'Dai Stablecoin'],
    ['¥', ''],
  ])('is not seen where there is none: %s, %s', (symbol, name) => {
    expect(imitated({ symbol, name }, TRUSTED)).toBeNull();
  });
});
