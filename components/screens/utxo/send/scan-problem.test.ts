import { beforeAll, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { loadUtxoWords, u } from '@/lib/i18n/utxo';
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
  ['hello', 'format', 'scan.not-payment'],
  ['', 'empty', 'scan.not-payment'],
  ['bc1q', 'checksum', 'bad-address.checksum'],
  ['bitcoin:bc1q?req-x=1', 'uri', 'bad-address.uri'],
] as const)('says why "%s" is none (%s)', async (text, reason, key) => {
  const words = key === 'scan.not-payment' ? t(key) : u(key);
  expect(await scanProblem(text, 'btc', refusing(reason))).toBe(words);
});

it('names the chain that it is of', async () => {
  expect(await scanProblem('litecoin:ltc1q', 'btc', refusing('other-chain', { party: 'Litecoin' }))).toMatch(
    /Litecoin/,
  );
});

it('knows a request of the other kind of chain by its scheme', async () => {
  expect(await scanProblem('ethereum:0x71C7656EC7ab88b098defB751B7401B5f6d8976F@1', 'btc', refusing('format'))).toMatch(
    /Ethereum/,
  );
});
