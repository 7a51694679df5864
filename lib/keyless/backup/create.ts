/** Create (keyless protocol, section 5): a new wallet on an account that has none. */
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { pinWeakness } from '../pin/pin';
import type { AttemptStore } from '../ports';
import { type BackUpDependencies, backUp } from './back-up';
import type { Backup } from './generation';

export const ENTROPY_BYTES = 32;

export interface CreateDependencies extends BackUpDependencies {
  readonly attempt: AttemptStore;
}

/**
 * Makes the entropy, backs it up, and gives it back once the backup is active. The attempt's entropy stays in
 * `attempt` until the caller has put it where the wallet lives; a failed attempt leaves nothing behind that matters.
 * @throws `pin-weak`, `backup-exists`, and what `backUp` throws
 */
export async function createBackup(
  dependencies: CreateDependencies,
  pin: string,
): Promise<{ entropy: Secret; backup: Backup }> {
  const weakness = pinWeakness(pin);
  if (weakness) throw new WalletError('pin-weak', { reason: weakness });
  const { parties, attempt, random } = dependencies;
  const [metadata, witness] = await Promise.all([parties.vault.metadata(), parties.issuer.witness()]);
  if (metadata.active || witness.current) throw new WalletError('backup-exists');
  const entropy = random(ENTROPY_BYTES);
  await attempt.write(entropy);
  try {
    const backup = await backUp(dependencies, entropy, pin, metadata);
    return { entropy: new Secret(entropy), backup };
  } catch (error) {
    entropy.fill(0);
    throw error;
  }
}
