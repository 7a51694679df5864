import { expect, it, vi } from 'vitest';
import { paymentUri } from '@/lib/chains/payment-uri';
import { COINS } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';
import { scanProblem } from './scan-problem';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const known = {
  network: { chainId: 1, name: 'Ethereum' },
  networks: [{ chainId: 1, name: 'Ethereum' }],
  assets: [{ token: null, decimals: 18 }],
};
const NO_PAYMENT = /^This QR code asks for no payment/;
const refusing =
  (reason: string, more = {}) =>
  async () => {
    throw new WalletError('bad-address', { reason, ...more });
  };

it.each([
  ['an address', MIRA, MIRA],
  ['a name', 'mira.eth', 'mira.eth'],
  ['a request', paymentUri({ chainId: 1, address: MIRA, token: null, amount: 1n }), MIRA],
])('%s is a payment if it leads to somebody', async (_, text, to) => {
  const find = vi.fn(async () => null);
  expect(await scanProblem(text, known, find)).toBeNull();
  expect(find).toHaveBeenCalledExactlyOnceWith(to);
});

it('asks nobody about what is too long, and about a request that cannot be made here', async () => {
  const find = vi.fn(async () => null);
  expect(await scanProblem('x'.repeat(301), known, find)).toMatch(NO_PAYMENT);
  const elsewhere = paymentUri({ chainId: 10, address: MIRA, token: null, amount: 1n });
  expect(await scanProblem(elsewhere, known, find)).toMatch(/^This request is for chain 10,/);
  expect(await scanProblem(`ethereum:${MIRA}/approve`, known, find)).toMatch(/^This request asks for something other/);
  expect(find).not.toHaveBeenCalled();
});

it.each([
  'https://mira.eth',
  'https://mira.eth/pay?to=0x1',
  'HTTP://MIRA.ETH',
  'ftp:mira.eth',
  'web+pay:mira.eth',
  'mailto:mira.eth',
  'WIFI:S:mira.eth;;',
  `tether:${MIRA}`,
  'bitcoin:mira.eth',
  'solana:https://mira.eth',
  'bitcoin:',
])('asks nobody about %s, which is no payment', async (text) => {
  const find = vi.fn(async () => null);
  expect(await scanProblem(text, known, find)).toMatch(NO_PAYMENT);
  expect(find).not.toHaveBeenCalled();
});

it('says which chain it is of, without its scheme, and nothing of what is no address', async () => {
  const find = vi.fn(refusing('other-chain', { party: 'Bitcoin' }));
  expect(await scanProblem('bitcoin:bc1qx?amount=1', known, find)).toBe(
    'That is an address of Bitcoin. It cannot be reached from Ethereum.',
  );
  expect(find).toHaveBeenCalledExactlyOnceWith('bc1qx');
  expect(await scanProblem('hello', known, refusing('format'))).toMatch(NO_PAYMENT);
  expect(await scanProblem('', known, refusing('empty'))).toMatch(NO_PAYMENT);
  // An address of this chain under a scheme that the form would not take.
  expect(await scanProblem(`bitcoin:${MIRA}`, known, async () => null)).toMatch(NO_PAYMENT);
});

it.each(Object.values(COINS).map(({ uriScheme }) => uriScheme))('knows requests that begin with %s', async (scheme) => {
  const find = vi.fn(refusing('other-chain', { party: 'X' }));
  expect(await scanProblem(`${scheme.toUpperCase()}:abc`, known, find)).toMatch(/^That is an address of X\./);
});

it('leaves to the form what the form can say better', async () => {
  const silent = async () => {
    throw new WalletError('chain-unreachable');
  };
  expect(await scanProblem('mira.eth', known, silent)).toBeNull();
});
