/** Messages and typed data as sites ask for them, beside two libraries that sign the same bytes. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SignTypedDataVersion, signTypedData } from '@metamask/eth-sig-util';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { privateKeyToAccount, sign as viemSign } from 'viem/accounts';
import { fromHex, toHex } from '@/lib/bytes';
import { messageDigest, typedDataDigest } from '@/lib/chains/evm/digest';
import { checkTypedData } from '@/lib/dapp/review/check-typed-data';
import { signDigest } from '@/lib/keyring/sign';
import { interleave, type Sample } from './measure';
import { type Group, measuredRow } from './row';

const ROUNDS = 15;
const WARM_UPS = 3;
const SIGNATURES = 100;
/** Each in two new processes. */
const FIRST_SIGNATURES = 9;
const CHAIN_ID = 1;
/** 0.9 times as many a second, and 1.2 times as many. */
const LIMIT_VIEM = 1 / 0.9;
const LIMIT_SIG_UTIL = 1 / 1.2;
/** What a message takes beside the curve: its hash, its hex. */
const LIMIT_BARE = 1.1;

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

/** @throws Error where the two are no signatures of the same bytes: then they are not compared either */
async function compared(rounds: number, ours: () => unknown, peer: () => unknown) {
  const [one, other] = [await ours(), await peer()];
  if (one !== other) throw new Error(`other signatures: ${one} and ${other}`);
  return interleave(rounds, WARM_UPS, timed(ours), timed(peer));
}

const run = promisify(execFile);
const firstSignature =
  (way: 'ours' | 'prepared' | 'viem'): Sample =>
  async () => {
    const script = join(import.meta.dirname, 'first-signature.ts');
    return Number((await run(process.execPath, ['--import', 'tsx', script, way])).stdout);
  };

export const signing: Group = {
  name: 'signing',
  run: async ({ say, rounds = ROUNDS }) => {
    const compare = (ours: () => unknown, peer: () => unknown) => compared(rounds, ours, peer);
    const message = () => sign(messageDigest(MESSAGE));
    const hash = messageDigest(MESSAGE);
    const digest = fromHex(hash.slice(2));
    const bare = () => toHex(secp256k1.sign(digest, KEY, { prehash: false, format: 'recovered' }));
    const viemBare = () => viemSign({ hash, privateKey: `0x${toHex(KEY)}` });
    const typed = () => sign(typedDataDigest(checkTypedData(PERMIT, CHAIN_ID)));
    const viemTyped = () => account.signTypedData(PERMIT as never);
    const sigUtil = { privateKey: Buffer.from(KEY), data: PERMIT as never, version: SignTypedDataVersion.V4 };
    const firsts = Math.min(rounds, FIRST_SIGNATURES);
    say('signatures');
    return [
      measuredRow(
        {
          id: 'personal-sign',
          what: '100 messages signed, ms; peer: viem, whose curve multiplies the nonce without blinding it',
          limit: LIMIT_VIEM,
        },
        await compare(message, () => account.signMessage({ message: { raw: MESSAGE } })),
      ),
      measuredRow(
        { id: 'personal-sign-curve', what: 'that blinding: 100 digests, ms; peer: the curve of viem', limit: null },
        await interleave(rounds, WARM_UPS, timed(bare), timed(viemBare)),
      ),
      measuredRow(
        {
          id: 'personal-sign-bare',
          what: '100 messages signed, ms; peer: their digests, by our curve',
          limit: LIMIT_BARE,
        },
        await interleave(rounds, WARM_UPS, timed(message), timed(bare)),
      ),
      measuredRow(
        {
          id: 'first-signature',
          what: 'the first signature of a process that has made ready for it, as while somebody reads, ms; peer: from the key, by viem',
          limit: 1,
        },
        await interleave(firsts, 1, firstSignature('prepared'), firstSignature('viem')),
      ),
      measuredRow(
        { id: 'first-signature-at-once', what: 'the same, not made ready, ms; peer: the same', limit: null },
        await interleave(firsts, 1, firstSignature('ours'), firstSignature('viem')),
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
