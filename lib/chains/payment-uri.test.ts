import { describe, expect, it } from 'vitest';
import { paymentUri, readPaymentUri } from './payment-uri';

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
    expect(readPaymentUri(uri)).toEqual({ chainId: 10, address: MIRA, ...asked });
  });

  it.each([
    ['without a chain', `ethereum:${MIRA}`, { chainId: null, address: MIRA, token: null, amount: null }],
    ['as others begin it', `ethereum:pay-${MIRA}@1`, { chainId: 1, address: MIRA, token: null, amount: null }],
    [
      'with few digits',
      `ethereum:${MIRA}?value=2.5e18`,
      { chainId: null, address: MIRA, token: null, amount: 25n * 10n ** 17n },
    ],
    [
      'with a fee, which the payer chooses',
      `ethereum:${MIRA}?value=1&gasLimit=50000&gasPrice=9`,
      { chainId: null, address: MIRA, token: null, amount: 1n },
    ],
    ['to a name', ' ethereum:mira.eth@1 ', { chainId: 1, address: 'mira.eth', token: null, amount: null }],
  ])('is read %s', (_, uri, asked) => expect(readPaymentUri(uri)).toEqual(asked));

  it.each([
    ['an address', MIRA],
    ['one of another kind of chain', 'bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['another call', `ethereum:${USDC}@1/approve?address=${MIRA}&uint256=1`],
    ['a transfer to nobody', `ethereum:${USDC}@1/transfer?uint256=1`],
    ['an amount that is none', `ethereum:${MIRA}@1?value=much`],
    ['a part of the smallest unit', `ethereum:${MIRA}@1?value=1.5`],
    ['less than nothing', `ethereum:${MIRA}@1?value=-1`],
    ['nobody', 'ethereum:@1'],
    ['two amounts', `ethereum:${MIRA}@1?value=1&value=2`],
    ['a transfer to two', `ethereum:${USDC}@1/transfer?address=${MIRA}&address=${USDC}&uint256=1`],
    ['a transfer that also pays', `ethereum:${USDC}@1/transfer?address=${MIRA}&uint256=1&value=1`],
    ['what the payer does not understand', `ethereum:${MIRA}@1?value=1&bytes=0x00`],
  ])('is not %s', (_, text) => expect(readPaymentUri(text)).toBeNull());
});
