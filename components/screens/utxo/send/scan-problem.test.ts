import { beforeAll, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { loadUtxoWords } from '@/lib/i18n/utxo';
import type { UtxoCall } from '../use-utxo';
import { scanProblem } from './scan-problem';

beforeAll(loadUtxoWords);

const answering =
  (work: () => unknown): UtxoCall =>
  async () =>
    work() as never;
const refusing = (reason: string, more = {}) =>
  answering(() => {
    throw new WalletError('bad-address', { reason, ...more });
  });

it('is a payment, or something that the form asks about', async () => {
  const address = '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA';
  expect(
    await scanProblem(
      address,
      'btc',
      answering(() => ({ address })),
    ),
  ).toBeNull();
  expect(await scanProblem(address, 'bch', refusing('maybe-bitcoin'))).toBeNull();
});

it.each([
  ['hello', 'format', {}, /^This QR code asks for no payment/],
  ['', 'empty', {}, /^This QR code asks for no payment/],
  ['litecoin:ltc1q', 'other-chain', { party: 'Litecoin' }, /Litecoin/],
  ['bc1q', 'checksum', {}, /./],
  ['bitcoin:bc1q?req-x=1', 'uri', {}, /./],
])('says why %s is none (%s)', async (text, reason, more, words) => {
  expect(await scanProblem(text, 'btc', refusing(reason, more))).toMatch(words);
});

it('knows a request of the other kind of chain by its scheme', async () => {
  expect(await scanProblem('ethereum:0x71C7656EC7ab88b098defB751B7401B5f6d8976F@1', 'btc', refusing('format'))).toMatch(
    /Ethereum/,
  );
});
