/** A payment from its quote over a simulated device to a node, with the parts that the background puts together. */
import { keccak256 } from 'viem';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { signWork } from '@/components/screens/hardware/job-facts';
import { activityRecord, createActivity } from '@/lib/chains/activity';
import { quoteRecord } from '@/lib/chains/quote';
import { createRegistry } from '@/lib/chains/registry';
import { createSending } from '@/lib/chains/sending';
import { memoryNode } from '@/lib/chains/testing/node';
import { ACCOUNT, openPlace } from '@/lib/hardware/testing/place';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { createDeviceSigning, deviceJobRecord } from './device-signing';
import { deviceWork } from './device-work';

const ETHER = 10n ** 18n;
const TO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const AT = { walletId: 'A'.repeat(22), index: 0 };
const LOCAL = {
  chainId: 31337,
  name: 'Local',
  symbol: 'ETH',
  decimals: 18,
  rpcUrl: 'http://127.0.0.1:1/',
  multicall: null,
  rollup: 'none',
} as const;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

it('a payment is confirmed, signed by the device, sent once, and done', async () => {
  const node = memoryNode();
  node.fund(ACCOUNT.address, ETHER);
  const area = memoryArea();
  const { get } = createRegistry(async () => [LOCAL], node.fetch);
  const activity = createActivity(cell(area, 'activity', activityRecord), get, Date.now);
  const device = createDeviceSigning({
    stored: cell(area, 'deviceJob', deviceJobRecord),
    random,
    isUnlocked: async () => true,
    show: async () => undefined,
    isShown: async () => true,
    changed: () => undefined,
  });
  const sending = createSending({
    chainOf: get,
    activity,
    quote: cell(area, 'quote', quoteRecord),
    sign: async (account, transaction, payment) => {
      const work = { kind: 'transaction', transaction } as const;
      await device.begin({ purpose: payment.quoteId, account, address: ACCOUNT.address, work, payment });
      return null;
    },
    random,
    now: Date.now,
  });
  const form = { chainId: 31337, token: null, fee: 'normal', account: AT, from: ACCOUNT.address } as const;
  const { quoteId } = await sending.prepare({ ...form, to: TO, amount: '0.25' });
  expect(await sending.confirm(quoteId)).toBeNull();
  const job = await device.job();
  if (job === null) throw new Error('nothing is asked');

  const { signer } = await openPlace({ pin: '1234' });
  const asked = { address: job.address, work: z.encode(deviceWork, job.work), payment: null };
  const raw = await signWork(signer, ACCOUNT, asked);
  const send = () =>
    device.deliver(job.id, raw, ({ payment }) =>
      payment === null
        ? Promise.reject(new Error('no payment'))
        : sending.finish(payment, { raw, hash: keccak256(raw) }),
    );
  expect(await send()).toEqual({ hash: keccak256(raw) });
  await expect(send()).rejects.toMatchObject({ code: 'request-gone' });
  expect((await activity.list()).map(({ hash }) => hash)).toEqual([keccak256(raw)]);
  expect(node.broadcasts).toEqual([raw]);
  expect((await device.job())?.state.kind).toBe('signed');
});
