import { describe, expect, it } from 'vitest';
import { paymentUri } from '@/lib/chains/payment-uri';
import { emptyDraft } from './draft';
import { fillRequest, requestProblem } from './request';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const known = {
  network: { chainId: 1 },
  networks: [
    { chainId: 1, name: 'Ethereum' },
    { chainId: 8453, name: 'Base' },
  ],
  assets: [
    { token: null, decimals: 18 },
    { token: USDC, decimals: 6 },
  ],
};
const draft = { ...emptyDraft(null), amount: '3', fee: 'fast' } as const;
const pasted = (to: string) => fillRequest({ ...draft, to }, known);

describe('a payment request in the field of the recipient', () => {
  it('fills in whom, how much and what', () => {
    const ether = paymentUri({ chainId: 1, address: MIRA, token: null, amount: 25n * 10n ** 16n });
    expect(pasted(ether)).toEqual({ ...draft, to: MIRA, amount: '0.25' });
    const dollars = paymentUri({ chainId: 1, address: MIRA, token: USDC.toLowerCase(), amount: 1_500_000n });
    expect(pasted(dollars)).toEqual({ ...draft, to: MIRA, token: USDC, amount: '1.5' });
  });

  it('leaves the amount to whoever pays where it names none, but not one of something else', () => {
    expect(pasted(paymentUri({ chainId: 1, address: MIRA, token: null, amount: null }))).toEqual({
      ...draft,
      to: MIRA,
    });
    expect(pasted(paymentUri({ chainId: 1, address: MIRA, token: USDC, amount: null }))).toEqual({
      ...draft,
      to: MIRA,
      token: USDC,
      amount: '',
    });
  });

  it.each([
    ['of another network', 8453, null, 'This request is for Base. Choose that network first.'],
    ['of a network that is not known', 137, null, 'This request is for chain 137, which is none of your networks.'],
    ['of a token that is not known', 1, MIRA, /^This request is for a token that is not in your list/],
  ])('stays as it is and says why: %s', (_, chainId, token, reason) => {
    const to = paymentUri({ chainId, address: MIRA, token, amount: 1n });
    expect(pasted(to)).toEqual({ ...draft, to });
    expect(requestProblem(to, known)).toMatch(reason);
  });

  it.each([`ethereum:${USDC}@1/approve?address=${MIRA}&uint256=1`, `ethereum:${MIRA}@1?value=1&value=2`])(
    'stays as it is and says that it is no payment: %s',
    (to) => {
      expect(pasted(to)).toEqual({ ...draft, to });
      expect(requestProblem(to, known)).toMatch(/^This request asks for something other than a payment/);
    },
  );

  it('is nothing else', () => {
    for (const to of ['', MIRA, 'mira.eth', 'ethereum']) {
      expect(pasted(to)).toEqual({ ...draft, to });
      expect(requestProblem(to, known)).toBeUndefined();
    }
  });
});
