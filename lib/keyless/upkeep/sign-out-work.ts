/** Signing another device out (keyless protocol, section 10): its sessions end, and what it holds stays with it. */
import { equalBytes } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { signAsOwner } from '../backup/owner-signature';
import { signOutStatement } from '../wire/statement';
import { knownDevice, type TaskDependencies } from './reset-work';
import type { TaskDevice, TaskRecord } from './task';

/**
 * Ends the sessions of a device at both servers, signed by the owner; again changes nothing.
 * @throws WalletError `bad-message` (reason `device`) for this device itself; what the parties say: it may be signed out
 *   at one of them then
 */
export async function signOutWork(deps: TaskDependencies, { jkt, name }: TaskDevice): Promise<TaskRecord> {
  const known = await knownDevice(deps);
  const { accountId, vault, issuer, ...own } = await deps.sessions.resume(known.providerId, known.accountId);
  if (equalBytes(jkt, own.jkt)) throw new WalletError('bad-message', { reason: 'device' });
  const signature = await signAsOwner(deps, accountId, signOutStatement({ accountId, jkt }));
  await Promise.all([vault.signOut({ jkt, signature }), issuer.signOut({ jkt, signature })]);
  return { stage: 'device-signed-out', name };
}
