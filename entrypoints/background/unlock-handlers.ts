import { grantOf, prfOutputOf } from '@/lib/bus/passkey';
import type { SecretPurpose, WalletHandlers } from '@/lib/bus/protocol';
import { asWalletError, WalletError } from '@/lib/errors';
import type { Wallet } from './compose';
import { isUnlockChangePurpose, takeUnlockChange, type UnlockChangePurpose } from './unlock-change-handlers';

type UnlockMessage = 'unlock.wallets' | 'device-unlock.use-pin' | 'device.erase';

/** How this device opens and closes; `open` and `signOut` are those of all handlers. */
export interface UnlockWays {
  open(from: 'locked' | 'device-unlock', work: () => Promise<void>): Promise<void>;
  signOut(): Promise<void>;
}

export function unlockHandlers(wallet: Wallet, { open, signOut }: UnlockWays): Pick<WalletHandlers, UnlockMessage> {
  const { keyring, changed } = wallet;
  return {
    'unlock.wallets': async () => {
      await wallet.start();
      const wallets = (await keyring.profile())?.wallets ?? [];
      return {
        wallets: wallets.map(({ id, type, name, accounts }) => ({ id, type, name, accounts: accounts.length })),
      };
    },
    'device-unlock.use-pin': async () => {
      await wallet.start();
      await open('device-unlock', keyring.usePin).finally(changed);
      return {};
    },
    'device.erase': async () => {
      await wallet.start().catch(() => undefined);
      await erase(wallet, signOut).finally(changed);
      return {};
    },
  };
}

/** In the order that leaves no secret behind if it can be kept; where what is stored cannot be read, all of it goes. */
async function erase(wallet: Wallet, signOut: () => Promise<void>): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    if (asWalletError(error).code === 'busy') throw error;
    await wallet.empty();
    // What the parts of the wallet still remember of it.
    await signOut();
  }
  await wallet.empty();
}

const PURPOSES = [
  'unlock-pin',
  'unlock-password',
  'unlock-passkey',
  'set-password',
  'set-passkey',
] as const satisfies readonly SecretPurpose[];
type UnlockPurpose = (typeof PURPOSES)[number] | UnlockChangePurpose;

export const isUnlockPurpose = (purpose: SecretPurpose): purpose is UnlockPurpose =>
  PURPOSES.some((one) => one === purpose) || isUnlockChangePurpose(purpose);

/** A PIN, a password, or what a passkey computed. Every wrong password counts, wherever it is typed. */
export async function takeUnlockSecret(
  wallet: Wallet,
  { open }: UnlockWays,
  purpose: UnlockPurpose,
  value: Uint8Array,
): Promise<void> {
  if (isUnlockChangePurpose(purpose)) return takeUnlockChange(wallet, purpose, value);
  const { keyring, slowDown } = wallet;
  switch (purpose) {
    case 'unlock-pin':
      return unlockByPin(wallet, value);
    case 'unlock-password':
      return open('locked', () => slowDown.guard(() => keyring.unlockWith({ method: 'password', password: value })));
    case 'unlock-passkey': {
      const prfOutput = prfOutputOf(value);
      return open('locked', () => keyring.unlockWith({ method: 'passkey', prfOutput })).finally(() =>
        prfOutput.fill(0),
      );
    }
    case 'set-password':
      return open('device-unlock', () => keyring.setPassword(value));
    case 'set-passkey':
      return open('device-unlock', () => addPasskey(wallet, value));
    default:
      return purpose satisfies never;
  }
}

/** Also where a password is forgotten, unless it seals what no PIN brings back. */
async function unlockByPin({ keyring, onboarding }: Wallet, value: Uint8Array): Promise<void> {
  const wallets = (await keyring.profile())?.wallets ?? [];
  if (wallets.some(({ type }) => type === 'phrase' || type === 'private-key'))
    throw new WalletError('bad-message', { reason: 'unlock-method' });
  await onboarding.unlockWithPin(new TextDecoder().decode(value));
}

async function addPasskey({ keyring }: Wallet, value: Uint8Array): Promise<void> {
  const grant = grantOf(value);
  await keyring.addUnlock({ method: 'passkey', ...grant }).finally(() => grant.prfOutput.fill(0));
}
