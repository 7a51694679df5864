/** The owner's note that a try was his (keyless protocol, section 3): it resets the schedule. */
import { verifySignature } from '@/lib/crypto/signature';
import { successStatement } from '@/lib/keyless/wire/statement';
import { type Account, findSlot, hasEnded } from './account';
import { deviceNameOf, remember } from './events';
import { noteSuccess } from './schedule';
import { done, noSuchSlot, refused, type Step } from './step';

export interface SuccessInput {
  readonly slot: Uint8Array;
  readonly tryNumber: number;
  readonly signature: Uint8Array;
  readonly accountId: Uint8Array;
  /** Thumbprint of the noting device's key, 32 bytes. */
  readonly jkt: Uint8Array;
  readonly nowMs: number;
}

/** A note for a try that is not newer than the last noted one changes nothing: it was sent again, or overtaken. */
export function noteOwnersTry(account: Account, input: SuccessInput): Step<null> {
  const { slot, tryNumber, accountId, signature, nowMs } = input;
  const known = findSlot(account, slot);
  if (known?.state !== 'current' && known?.state !== 'kept') return noSuchSlot(hasEnded(account, slot));
  const statement = successStatement({ accountId, slot, tryNumber });
  if (account.ownerPub === null || !verifySignature(account.ownerPub, statement, signature))
    return refused('bad-signature');
  if (tryNumber > account.tries.lastNumber) return refused('wrong-number', { detail: 'No such try was given.' });
  if (tryNumber <= account.tries.lastSuccess) return done(account, null);
  const noted = { ...account, tries: noteSuccess(account.tries, tryNumber) };
  // The read-back of a new backup is no recovery.
  if (account.tries.sinceSuccess === 0) return done(noted, null);
  const deviceName = deviceNameOf(account, input.jkt);
  return done(remember(noted, { kind: 'recovered', atMs: nowMs, deviceName }), null);
}
