/** How this device unlocks from now on. Whoever changes it opens it once more, where something opens it. */
import { passwordChangeOf } from '@/lib/bus/password-change';
import type { SecretPurpose } from '@/lib/bus/protocol';
import { newPasskeyOf, newPasswordOf, proofOf, removalOf } from '@/lib/bus/unlock-change';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { fromBase64url, utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Wallet } from './compose';
import { proveIfPossible } from './prove';

const PURPOSES = [
  'add-password',
  'change-password',
  'add-passkey',
  'remove-unlock',
  'use-pin',
  'check-unlock',
] as const satisfies readonly SecretPurpose[];
export type UnlockChangePurpose = (typeof PURPOSES)[number];

export const isUnlockChangePurpose = (purpose: SecretPurpose): purpose is UnlockChangePurpose =>
  PURPOSES.some((one) => one === purpose);

type Changed = Pick<Wallet, 'keyring' | 'slowDown' | 'confirmation' | 'autoLock' | 'changed'>;

/**
 * @throws WalletError `locked`; `password-wrong`, `password-later`, `passkey-wrong`, `pin-wrong`, `try-later`, `bad-message`
 *   without a proof
 */
export async function takeUnlockChange(
  wallet: Changed,
  purpose: UnlockChangePurpose,
  value: Uint8Array,
): Promise<void> {
  const { keyring } = wallet;
  switch (purpose) {
    case 'add-password': {
      const { unlock, password } = newPasswordOf(value);
      return change(wallet, async () => {
        // The one that is there is changed, by somebody who knows it.
        if ((await keyring.profile())?.unlock.includes('password'))
          throw new WalletError('bad-message', { reason: 'unlock-method' });
        await proveIfPossible(wallet, unlock);
        const next = utf8(password);
        await keyring.setPassword(next).finally(() => next.fill(0));
      });
    }
    case 'change-password':
      return change(wallet, () => changePassword(wallet, value));
    case 'add-passkey': {
      const { unlock, grant } = newPasskeyOf(value);
      const { credentialId, prfSalt } = grant;
      return proven(wallet, unlock, async () => {
        const prfOutput = fromBase64url(grant.prfOutput);
        const added = keyring.addUnlock({ method: 'passkey', credentialId, prfSalt, prfOutput });
        await added.finally(() => prfOutput.fill(0));
      });
    }
    case 'remove-unlock': {
      const { unlock, method } = removalOf(value);
      return proven(wallet, unlock, () => keyring.removeUnlock(method));
    }
    case 'use-pin':
      return proven(wallet, proofOf(value).unlock, keyring.usePin);
    // Before something is made that would be left behind if the proof were wrong.
    case 'check-unlock':
      return proven(wallet, proofOf(value).unlock, async () => undefined);
    default:
      return purpose satisfies never;
  }
}

const proven = (wallet: Changed, unlock: UnlockProof | null, work: () => Promise<void>): Promise<void> =>
  change(wallet, async () => {
    await proveIfPossible(wallet, unlock);
    await work();
  });

/** What an open wallet is needed for. */
async function change({ keyring, autoLock, changed }: Changed, work: () => Promise<void>): Promise<void> {
  await autoLock.check();
  await autoLock.touch();
  if (!(await keyring.isUnlocked())) throw new WalletError('locked');
  await work().finally(changed);
}

async function changePassword({ keyring, slowDown }: Changed, value: Uint8Array): Promise<void> {
  const { current, next } = passwordChangeOf(value);
  try {
    await slowDown.guard(() => keyring.changePassword(current, next));
  } finally {
    current.fill(0);
    next.fill(0);
  }
}
