/** Messages and typed data as sites ask for them, beside two libraries that sign the same bytes. */
import { SignTypedDataVersion, signTypedData } from '@metamask/eth-sig-util';
import { privateKeyToAccount } from 'viem/accounts';
import { fromHex, toHex } from '@/lib/bytes';
import { messageDigest, typedDataDigest } from '@/lib/chains/evm/digest';
import { checkTypedData } from '@/lib/dapp/review/check-typed-data';
import { signDigest } from '@/lib/keyring/sign';
import { interleave, type Sample } from './measure';
import { type Group, measuredRow } from './row';

const ROUNDS = 15;
const WARM_UPS = 3;
const SIGNATURES = 100;
const CHAIN_ID = 1;
/** 0.9 times as many a second, and 1.2 times as many. */
const LIMIT_VIEM = 1 / 0.9;
const LIMIT_SIG_UTIL = 1 / 1.2;

const KEY = new Uint8Array(32).fill(7);
const account = privateKeyToAccount(`0x${toHex(KEY)}`);
const MESSAGE = `0x${'6869'.repeat(50)}` as const;

const PERMIT = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Permit: [
      { name: 'owner', type: 'address' },
      { name: 'spender', type: 'address' },
      { name: 'value', type: 'uint256' },
      { name: 'nonce', type: 'uint256' },
      { name: 'deadline', type: 'uint256' },
    ],
  },
  primaryType: 'Permit',
  domain: {
    name: 'USD Coin',
    version: '2',
    chainId: CHAIN_ID,
    verifyingContract: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
  },
  message: {
    owner: '0x71c7656ec7ab88b098defb751b7401b5f6d8976f',
    spender: '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
    value: '1000000',
    nonce: '0',
    deadline: '1900000000',
  },
} as const;

const sign = (digest: string) => signDigest(fromHex(digest.slice(2)), KEY);

/** @param one a signature. @returns ms for a hundred */
const timed =
  (one: () => unknown): Sample =>
  async () => {
    const startedAtMs = performance.now();
    for (let count = 0; count < SIGNATURES; count += 1) await one();
    return performance.now() - startedAtMs;
  };

export const signing: Group = {
  name: 'signing',
  run: async ({ say, rounds = ROUNDS }) => {
    const compare = (ours: () => unknown, peer: () => unknown) =>
      interleave(rounds, WARM_UPS, timed(ours), timed(peer));
    const message = () => sign(messageDigest(MESSAGE));
    const typed = () => sign(typedDataDigest(checkTypedData(PERMIT, CHAIN_ID)));
    const viemTyped = () => account.signTypedData(PERMIT as never);
    const sigUtil = { privateKey: Buffer.from(KEY), data: PERMIT as never, version: SignTypedDataVersion.V4 };
    say('signatures');
    return [
      measuredRow(
        { id: 'personal-sign', what: '100 messages signed, ms; peer: viem', limit: LIMIT_VIEM },
        await compare(message, () => account.signMessage({ message: { raw: MESSAGE } })),
      ),
      measuredRow(
        { id: 'typed-data', what: '100 permits checked and signed, ms; peer: viem', limit: LIMIT_VIEM },
        await compare(typed, viemTyped),
      ),
      measuredRow(
        { id: 'typed-data-v4', what: '100 permits checked and signed, ms; peer: eth-sig-util', limit: LIMIT_SIG_UTIL },
        await compare(typed, () => signTypedData(sigUtil)),
      ),
    ];
  },
};
