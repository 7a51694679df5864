/** Calls that are sent together from a hardware account: the background may be stopped between two of them. */
import { keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { expect, it } from 'vitest';
import { createDeviceSigning, deviceJobRecord } from '@/lib/keyring/device-signing';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { createGrants, grantsRecord } from './allowances/grants';
import { batchesRecord } from './batches';
import { carryOut } from './carry-out';
import type { StoredRequest } from './requests';
import type { DappDeps } from './types';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const TO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' as const;
const AT = { walletId: 'A'.repeat(22), index: 0 };
const CHAIN_ID = 31337;

const call = (nonce: number) => ({
  chainId: CHAIN_ID,
  nonce,
  to: TO,
  valueWei: 1n,
  data: '0x' as const,
  gas: 21_000n,
  price: { kind: 'legacy', gasPriceWei: 7n } as const,
});

const request: StoredRequest = {
  key: 'd 1',
  id: '1',
  from: { origin: 'https://a.example', topOrigin: null, tabId: 1, frameId: 0, documentId: 'd' },
  asked: { kind: 'transaction', account: owner.address, at: AT, chainId: CHAIN_ID, calls: [{}, {}], batch: '0xb' },
  atMs: 0,
  shown: null,
  confirmed: {
    accounts: [],
    work: { kind: 'transactions', transactions: [call(3), call(4)], feeWei: ['1', '1'], nonceChosen: false },
  },
  answer: null,
};

/** One life of the background on what storage has kept. */
function start(area: ReturnType<typeof memoryArea>, sent: string[]) {
  const device = createDeviceSigning({
    stored: cell(area, 'deviceJob', deviceJobRecord),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    isUnlocked: async () => true,
    show: async () => undefined,
    isShown: async () => true,
    changed: () => undefined,
  });
  const deps = {
    wallet: {
      send: async (_, transaction, __, purpose) => {
        const work = { kind: 'transaction', transaction } as const;
        const raw = await device.sign({ purpose, account: AT, address: owner.address, work, payment: null });
        sent.push(raw);
        return keccak256(raw);
      },
    } satisfies Partial<DappDeps['wallet']>,
    batches: cell(area, 'batches', batchesRecord),
    grants: createGrants({ stored: cell(area, 'grants', grantsRecord), now: Date.now }),
  } as unknown as DappDeps;
  const answered = carryOut(deps, request);
  const waits = async (nonce: number) => {
    await expect
      .poll(async () => {
        const job = await device.job();
        return job?.state.kind === 'waiting' && job.work.kind === 'transaction' && job.work.transaction.nonce;
      })
      .toBe(nonce);
    return (await device.job())?.id ?? '';
  };
  const sign = async (nonce: number) => {
    const raw = await owner.signTransaction({
      type: 'legacy',
      chainId: CHAIN_ID,
      nonce,
      to: TO,
      value: 1n,
      gas: 21_000n,
      gasPrice: 7n,
    });
    await device.deliver(await waits(nonce), raw, async () => undefined);
  };
  return { answered, waits, sign };
}

it('goes on with the call that waits, and asks for none a second time', async () => {
  const area = memoryArea();
  const sent: string[] = [];
  const first = start(area, sent);
  await first.sign(3);
  const waiting = await first.waits(4);

  // The background is stopped here; the page that asks the device still has the second call.
  const second = start(area, sent);
  expect(await second.waits(4)).toBe(waiting);
  await second.sign(4);
  expect(await second.answered).toEqual({ id: '0xb' });
  expect(new Set(sent).size).toBe(2);
  const [batch] = (await cell(area, 'batches', batchesRecord).read()) ?? [];
  expect(batch).toMatchObject({ calls: 2, hashes: [expect.any(String), expect.any(String)] });

  // And stopped once more, before the site has heard of it.
  const third = start(area, sent);
  expect(await third.answered).toEqual({ id: '0xb' });
  expect(sent).toHaveLength(2);
});
