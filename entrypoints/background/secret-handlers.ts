import { prfOutputOf } from '@/lib/bus/passkey';
import type { SecretPurpose } from '@/lib/bus/protocol';
import { phraseImportOf, type RevealRequest, revealRequestOf, secretText } from '@/lib/bus/wallet-secrets';
import { utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { newPhrase, phraseSecret, privateKeySecret, revealed } from '@/lib/keyring/import';
import type { ImportedSecret } from '@/lib/keyring/keyring';
import type { Wallet } from './compose';
import { environment } from './environment';

const PURPOSES = [
  'new-phrase',
  'import-phrase',
  'import-private-key',
  'reveal',
] as const satisfies readonly SecretPurpose[];
export type WalletPurpose = (typeof PURPOSES)[number];

export const isWalletPurpose = (purpose: SecretPurpose): purpose is WalletPurpose =>
  PURPOSES.some((one) => one === purpose);

/** Secrets of wallets, coming and going. What is returned goes back by the port that asked. @throws WalletError `locked` */
export async function takeWalletSecret(
  wallet: Wallet,
  purpose: WalletPurpose,
  value: Uint8Array,
): Promise<string | undefined> {
  const { keyring, autoLock } = wallet;
  await autoLock.check();
  await autoLock.touch();
  if (!(await keyring.isUnlocked())) throw new WalletError('locked');
  switch (purpose) {
    // Not kept: whoever closes the page before the words were checked has no wallet, and starts with other words.
    case 'new-phrase':
      return newPhrase(textOf(value) === '24' ? 24 : 12, environment.random);
    case 'import-phrase': {
      const { words, passphrase } = phraseImportOf(value);
      return add(wallet, phraseSecret(words, passphrase));
    }
    case 'import-private-key':
      return add(wallet, privateKeySecret(textOf(value)));
    case 'reveal':
      return reveal(wallet, revealRequestOf(value));
    default:
      return purpose satisfies never;
  }
}

const textOf = (value: Uint8Array): string => new TextDecoder().decode(value);

async function add({ keyring, changed, follow }: Wallet, secret: ImportedSecret): Promise<undefined> {
  await keyring.addWallet(secret).finally(changed);
  void follow();
}

/** Opened anew with what unlocks the device; every wrong password counts. */
async function reveal({ keyring, slowDown }: Wallet, { walletId, unlock }: RevealRequest): Promise<string> {
  // Nothing is kept there that could be shown again.
  if (unlock.method === 'pin') throw new WalletError('bad-message', { reason: 'unlock-method' });
  if (unlock.method === 'password') {
    const password = utf8(unlock.password);
    const opened = slowDown.guard(() => keyring.reveal(walletId, { method: 'password', password }));
    return secretText(revealed(await opened.finally(() => password.fill(0))));
  }
  const prfOutput = prfOutputOf(utf8(unlock.prfOutput));
  const opened = keyring.reveal(walletId, { method: 'passkey', prfOutput });
  return secretText(revealed(await opened.finally(() => prfOutput.fill(0))));
}
