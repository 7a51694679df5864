import { expect, it } from 'vitest';
import { ordered } from './order';

const asset = (symbol: string, units: bigint | null, token: string | null = `0x${symbol}`) => ({
  token,
  symbol,
  name: symbol,
  decimals: 18,
  units,
});
const ETH = asset('ETH', 0n, null);
const [USDT, DAI, WBTC] = [asset('USDT', 0n), asset('DAI', 5n), asset('WBTC', null)];
const symbols = (order: 'held-first' | 'by-name') => ordered([ETH, WBTC, USDT, DAI], order).map(({ symbol }) => symbol);

it('puts what is held before what is not, and what is not known', () => {
  expect(symbols('held-first')).toEqual(['ETH', 'DAI', 'WBTC', 'USDT']);
});

it('sorts by name, with the own unit of the network first all the same', () => {
  expect(symbols('by-name')).toEqual(['ETH', 'DAI', 'USDT', 'WBTC']);
});
