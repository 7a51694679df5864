import { describe, expect, it } from 'vitest';
import { paymentUri } from './payment-uri';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';

describe('a payment request', () => {
  it.each([
    ['an address on its chain', { token: null, amount: null }, `ethereum:${MIRA}@10`],
    ['an amount', { token: null, amount: 25n * 10n ** 16n }, `ethereum:${MIRA}@10?value=250000000000000000`],
    ['a token', { token: USDC, amount: null }, `ethereum:${USDC}@10/transfer?address=${MIRA}`],
    [
      'an amount of a token',
      { token: USDC, amount: 1_500_000n },
      `ethereum:${USDC}@10/transfer?address=${MIRA}&uint256=1500000`,
    ],
  ])('names %s', (_, asked, uri) => {
    expect(paymentUri({ chainId: 10, address: MIRA, ...asked })).toBe(uri);
  });
});
