/** From a private key to its first signature, in a process that has signed nothing: by one of the `ways`; prints ms. */
import { privateKeyToAccount } from 'viem/accounts';
import { fromHex } from '@/lib/bytes';
import { messageDigest } from '@/lib/chains/evm/digest';
import { prepareSigning, signDigest } from '@/lib/keyring/sign';
import { durationMs } from './measure';

const KEY = '07'.repeat(32);
const MESSAGE = '0x6869';

const ours = () => signDigest(fromHex(messageDigest(MESSAGE).slice(2)), fromHex(KEY));

const ways: Readonly<Record<string, () => unknown>> = {
  ours,
  prepared: ours,
  viem: () => privateKeyToAccount(`0x${KEY}`).signMessage({ message: { raw: MESSAGE } }),
};

const [, , name = ''] = process.argv;
const way = ways[name];
if (way === undefined) throw new Error(`one of ${Object.keys(ways).join(', ')}`);
// As the background does while somebody reads what he signs.
if (name === 'prepared') prepareSigning();
console.log(await durationMs(way));
