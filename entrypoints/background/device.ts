import { keccak256 } from 'viem';
import type { AccountRef } from '@/lib/chains/account-ref';
import type { SendingDeps, Signed } from '@/lib/chains/sending';
import type { Address, UnsignedTransaction } from '@/lib/chains/types';
import { createDeviceSigning } from '@/lib/keyring/device-signing';
import type { Keyring } from '@/lib/keyring/keyring';
import { accountAt, walletAt } from '@/lib/keyring/wallets';
import { isTabOpen, openTab } from '@/lib/platform/extension';
import type { Cells } from './cells';
import { environment } from './environment';

export interface DeviceParts {
  readonly cells: Cells;
  readonly keyring: Keyring;
  readonly changed: () => void;
}

/** Who signs: the keyring, or a device by way of a page. */
export function openDevice({ cells, keyring, changed }: DeviceParts) {
  const device = createDeviceSigning({
    stored: cells.deviceJob,
    random: environment.random,
    isUnlocked: keyring.isUnlocked,
    show: () => openTab(),
    isShown: isTabOpen,
    changed,
  });

  /** The address of an account whose key is on a device, or null. */
  const onDevice = async (at: AccountRef): Promise<Address | null> => {
    const profile = await keyring.profile();
    if (profile === null || walletAt(profile, at.walletId).type !== 'hardware') return null;
    return accountAt(profile, at).address;
  };

  const signPayment: SendingDeps['sign'] = async (at, transaction, quote) => {
    const address = await onDevice(at);
    if (address === null) return keyring.sign(at, transaction);
    const work = { kind: 'transaction', transaction } as const;
    await device.begin({ purpose: `payment ${quote.quoteId}`, account: at, address, work, payment: quote });
    return null;
  };
  /** For a site, under a name by which it goes on after a stop. */
  const signForSite = async (at: AccountRef, transaction: UnsignedTransaction, purpose: string): Promise<Signed> => {
    const address = await onDevice(at);
    if (address === null) return keyring.sign(at, transaction);
    const work = { kind: 'transaction', transaction } as const;
    const raw = await device.sign({ purpose, account: at, address, work, payment: null });
    return { raw, hash: keccak256(raw) };
  };
  return { ...device, onDevice, signForSite, signPayment, show: () => openTab() };
}

export type DeviceSide = ReturnType<typeof openDevice>;
