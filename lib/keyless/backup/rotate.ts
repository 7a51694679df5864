/** PIN reset (keyless protocol, section 5): the same entropy under a new key, slot and PIN, as the next generation. */
import { equalBytes } from '@/lib/bytes';
import type { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { pinWeakness } from '../pin/pin';
import { decodeActivation } from '../wire/statement';
import { type BackUpDependencies, backUp } from './back-up';
import { type Backup, ownerKeyOf, publicHalfOf } from './generation';

/**
 * Needs an unlocked device and a sign-in, not the old PIN. The old backup stays good until the new one is active.
 * @throws `pin-weak`, `backup-not-found`, `owner-mismatch` if the active backup is of another wallet, and what
 *   `backUp` throws
 */
export async function rotateBackup(dependencies: BackUpDependencies, entropy: Secret, pin: string): Promise<Backup> {
  const weakness = pinWeakness(pin);
  if (weakness) throw new WalletError('pin-weak', { reason: weakness });
  const { parties } = dependencies;
  const metadata = await parties.vault.metadata();
  const { active } = metadata;
  if (!active) throw new WalletError('backup-not-found');
  return entropy.use(async (bytes) => {
    const ownerPub = publicHalfOf(ownerKeyOf(bytes, parties.accountId));
    if (!equalBytes(decodeActivation(active.statement).ownerPub, ownerPub)) throw new WalletError('owner-mismatch');
    return backUp(dependencies, bytes, pin, metadata);
  });
}
