/** Who sits here: an open wallet alone changes neither its backup nor how this device unlocks. */
import { prfOutputOf } from '@/lib/bus/passkey';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Wallet } from './compose';

type Prover = Pick<Wallet, 'keyring' | 'slowDown'>;

/** Every wrong password counts. @throws WalletError what `keyring.prove` says; `password-later` */
export async function prove({ keyring, slowDown }: Prover, unlock: UnlockProof): Promise<void> {
  if (unlock.method === 'password') {
    const password = utf8(unlock.password);
    const proved = slowDown.guard(() => keyring.prove({ method: 'password', password }));
    return proved.finally(() => password.fill(0));
  }
  const prfOutput = prfOutputOf(utf8(unlock.prfOutput));
  return keyring.prove({ method: 'passkey', prfOutput }).finally(() => prfOutput.fill(0));
}

/** The same where there is something to prove by. @throws WalletError also `bad-message` if nothing came */
export async function proveIfPossible(prover: Prover, unlock: UnlockProof | null): Promise<void> {
  if (!(await prover.keyring.canProve())) return;
  if (unlock === null) throw new WalletError('bad-message', { reason: 'unlock-method' });
  await prove(prover, unlock);
}
