import { getAddress, keccak256 } from 'viem';
import { z } from 'zod';
import type { HardwareMessage, WalletHandlers } from '@/lib/bus/protocol';
import { fromHex, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { deviceWork } from '@/lib/keyring/device-work';
import type { Wallet } from './compose';

/** What pages that hold a device say of it. `use` is that of all handlers: an open wallet, and a new picture. */
export function deviceHandlers(
  wallet: Wallet,
  use: <Output>(work: () => Promise<Output>) => Promise<Output>,
): Pick<WalletHandlers, HardwareMessage> {
  const { keyring, device, sending, follow } = wallet;
  const nothing = async (work: Promise<unknown>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  return {
    'hardware.add': async ({ device: { kind, first }, accounts }) => {
      const found = {
        device: { kind, first: getAddress(first) },
        accounts: accounts.map(({ index, address }) => ({ index, address: getAddress(address) })),
      };
      const added = await use(() => keyring.addHardware(found));
      void follow();
      return added;
    },
    'hardware.work': ({ id }) =>
      use(async () => {
        const job = await device.job();
        if (job?.id !== id) throw new WalletError('request-gone');
        const { address, work, payment } = job;
        return {
          address,
          work: z.encode(deviceWork, work),
          payment: payment && {
            to: payment.to,
            token: payment.token,
            valueWei: payment.valueWei,
            feeWei: payment.feeWei,
          },
        };
      }),
    'hardware.deliver': async ({ id, answer }) => {
      const signed = `0x${toHex(fromHex(answer.slice(2)))}` as const;
      const sent = await use(() =>
        device.deliver(id, signed, async ({ payment }) =>
          payment === null ? { hash: null } : sending.finish(payment, { raw: signed, hash: keccak256(signed) }),
        ),
      );
      void follow();
      return sent;
    },
    'hardware.refuse': ({ id }) =>
      nothing(
        wallet.start().then(async () => {
          await device.refuse(id, 'device-cancelled');
          await device.leave(id);
        }),
      ),
    'hardware.leave': ({ id }) => nothing(wallet.start().then(() => device.leave(id))),
    'hardware.show': () => nothing(device.show()),
  };
}
