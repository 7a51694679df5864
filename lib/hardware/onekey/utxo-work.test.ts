import { expect, it } from 'vitest';
import type { SignRequest } from './utxo-signing';
import { doWork, type TransactionWork } from './utxo-work';

const TXID = 'ab'.repeat(32);
const own = { path: [0x8000_0054, 0], publicKey: `02${'11'.repeat(32)}`, scriptType: 'p2wpkh' } as const;
const work: TransactionWork = {
  kind: 'transaction',
  coin: 'doge',
  version: 2,
  lockTime: 0,
  inputs: [{ ...own, txid: TXID, index: 1, amount: '12345678912345678901', script: '0014aa', sequence: 0xffff_fffd }],
  outputs: [
    { amount: '546', script: '76a9', own: null },
    { amount: '1', script: '0014bb', own },
  ],
  previous: [{ txid: TXID, raw: '0200ff' }],
};

/** A device that signs with these bytes, and notes what it was asked. */
function device(asked: unknown[]) {
  return {
    sign: async (request: SignRequest) => {
      asked.push(request);
      return Uint8Array.of(0xca, 0xfe);
    },
    signMessage: async (...request: unknown[]) => {
      asked.push(request);
      return 'c2ln';
    },
  };
}

it('hands a transaction over byte by byte, with amounts that no number holds', async () => {
  const asked: unknown[] = [];
  const onProgress = () => undefined;
  expect(await doWork(device(asked), work, onProgress)).toBe('cafe');
  const publicKey = Uint8Array.of(2, ...new Array<number>(32).fill(0x11));
  expect(asked).toEqual([
    {
      onProgress,
      previous: new Map([[TXID, Uint8Array.of(2, 0, 255)]]),
      draft: {
        coin: 'doge',
        version: 2,
        lockTime: 0,
        inputs: [
          {
            txid: TXID,
            index: 1,
            amount: 12_345_678_912_345_678_901n,
            script: Uint8Array.of(0, 0x14, 0xaa),
            scriptType: 'p2wpkh',
            path: own.path,
            publicKey,
            sequence: 0xffff_fffd,
          },
        ],
        outputs: [
          { amount: 546n, script: Uint8Array.of(0x76, 0xa9), own: null },
          {
            amount: 1n,
            script: Uint8Array.of(0, 0x14, 0xbb),
            own: { path: own.path, scriptType: 'p2wpkh', publicKey },
          },
        ],
      },
    },
  ]);
});

it('has a message signed by the address that it is for', async () => {
  const asked: unknown[] = [];
  const { path, scriptType } = own;
  const message = { kind: 'message', coin: 'btc', path, scriptType, address: 'bc1q', message: 'Hello' } as const;
  expect(await doWork(device(asked), message, () => undefined)).toBe('c2ln');
  expect(asked).toEqual([['btc', { path, scriptType, address: 'bc1q' }, 'Hello']]);
});
