/** Whether a device may be signed out: the owner key says so, and nobody else (keyless protocol, section 5). */
import { verifySignature } from '@/lib/crypto/signature';
import type { SignOutRequest } from '@/lib/keyless/wire/session';
import { signOutStatement } from '@/lib/keyless/wire/statement';

/**
 * @param ownerPub the pinned owner key, 32 bytes; null where there is no backup
 * @returns why it is refused, or null if the owner signed it
 */
export function verifySignOut(
  ownerPub: Uint8Array | null,
  accountId: Uint8Array,
  { jkt, signature }: SignOutRequest,
): 'not-found' | 'bad-signature' | null {
  if (ownerPub === null) return 'not-found';
  return verifySignature(ownerPub, signOutStatement({ accountId, jkt }), signature) ? null : 'bad-signature';
}
