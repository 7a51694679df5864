/** Who sits here: an open wallet alone changes neither its backup nor how this device unlocks. */
import { prfOutputOf } from '@/lib/bus/passkey';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Wallet } from './compose';

type Prover = Pick<Wallet, 'keyring' | 'slowDown' | 'confirmation'>;

/**
 * Every wrong password and PIN counts.
 * @throws WalletError what `keyring.prove` and `confirmation.check` say; `password-later`
 */
export async function prove({ keyring, slowDown, confirmation }: Prover, unlock: UnlockProof): Promise<void> {
  // What opens this device proves who is there, and nothing else does.
  if ((unlock.method === 'pin') !== (await isPinOnly(keyring)))
    throw new WalletError('bad-message', { reason: 'unlock-method' });
  switch (unlock.method) {
    case 'pin':
      return confirmation.check(unlock.pin);
    case 'password': {
      const password = utf8(unlock.password);
      const proved = slowDown.guard(() => keyring.prove({ method: 'password', password }));
      return proved.finally(() => password.fill(0));
    }
    case 'passkey': {
      const prfOutput = prfOutputOf(utf8(unlock.prfOutput));
      return keyring.prove({ method: 'passkey', prfOutput }).finally(() => prfOutput.fill(0));
    }
    default:
      return unlock satisfies never;
  }
}

/** The same where there is something to prove by. @throws WalletError also `bad-message` if nothing came */
export async function proveIfPossible(prover: Prover, unlock: UnlockProof | null): Promise<void> {
  const { keyring } = prover;
  if (!(await isPinOnly(keyring)) && !(await keyring.canProve())) return;
  if (unlock === null) throw new WalletError('bad-message', { reason: 'unlock-method' });
  await prove(prover, unlock);
}

/** Whether nothing but the PIN opens this device, by a recovery each time. */
export const isPinOnly = async (keyring: Prover['keyring']): Promise<boolean> =>
  (await keyring.profile())?.unlock.includes('pin') ?? false;
