/** Which slots get realm tokens, and how often (keyless protocol, section 3). */
import { equalBytes } from '@/lib/bytes';
import { REGISTER_TOKENS_USABLE_MS } from '../realms/realm-tokens';
import { type Account, findSlot, type GrantedSlot, hasEnded, withSlot } from './account';
import { deviceNameOf, remember } from './events';
import { countReadBack, countTry, nextTryAtMs } from './schedule';
import { done, noSuchSlot, refused, type Step } from './step';

export const LEASE_MS = 15 * 60_000;
/** Sets of recover tokens for a granted slot, outside the schedule: an owner can rotate while the tries are used up. */
export const READ_BACKS = 3;

export interface GrantRequest {
  readonly slot: Uint8Array;
  /** Thumbprint of the asking device's key, 32 bytes. */
  readonly jkt: Uint8Array;
  readonly nowMs: number;
}

/** For whom and when tokens are to be signed, once the step is stored. */
export interface Grant {
  readonly realmSetId: Uint8Array;
  readonly issuedAtMs: number;
}

/**
 * Register tokens: for a reservation that was read in the feed, to the device key that made it; again within the
 * lease, until the slot is kept.
 * @param knowsRealmSet whether the realms of a set are configured
 */
export function grantRegister(
  account: Account,
  { slot, jkt, nowMs }: GrantRequest,
  knowsRealmSet: (realmSetId: Uint8Array) => boolean,
): Step<Grant> {
  const known = findSlot(account, slot);
  if (known?.state !== 'reserved' && known?.state !== 'granted') return noSuchSlot(hasEnded(account, slot));
  if (!equalBytes(known.jkt, jkt)) return refused('slot-unknown', { detail: 'Another device reserved this slot.' });
  if (known.from !== account.lastNumber || known.to !== known.from + 1) return refused('wrong-number');
  if (!knowsRealmSet(known.realmSetId))
    return refused('bad-request', { detail: 'The realm set of this slot is not configured here.' });
  if (known.state === 'granted' && nowMs >= known.leaseEndsMs) return refused('lease-ended');
  const granted: GrantedSlot = {
    ...known,
    state: 'granted',
    leaseEndsMs: known.state === 'granted' ? known.leaseEndsMs : nowMs + LEASE_MS,
    readBacks: known.state === 'granted' ? known.readBacks : 0,
    registerTokensEndMs: Math.max(known.registerTokensEndMs, nowMs + REGISTER_TOKENS_USABLE_MS),
  };
  return done(withSlot(account, granted), { realmSetId: known.realmSetId, issuedAtMs: nowMs });
}

export type RecoverGrant = Grant & { readonly tryNumber: number };

/**
 * Recover tokens: for current and kept slots to anybody signed in, by the schedule; for a granted slot within its
 * lease to the same device key.
 */
export function grantRecover(account: Account, request: GrantRequest): Step<RecoverGrant> {
  const known = findSlot(account, request.slot);
  switch (known?.state) {
    case 'current':
    case 'kept':
      return grantTry(account, known.realmSetId, request);
    case 'granted':
      return grantReadBack(account, known, request);
    default:
      return noSuchSlot(hasEnded(account, request.slot));
  }
}

function grantTry(account: Account, realmSetId: Uint8Array, { jkt, nowMs }: GrantRequest): Step<RecoverGrant> {
  const nextAtMs = nextTryAtMs(account.tries);
  if (nowMs < nextAtMs) return refused('try-later', { nextAtMs });
  const tries = countTry(account.tries, nowMs);
  const event = { kind: 'try-granted', atMs: nowMs, deviceName: deviceNameOf(account, jkt) } as const;
  const answer = { realmSetId, issuedAtMs: nowMs, tryNumber: tries.lastNumber };
  return done(remember({ ...account, tries }, event), answer);
}

function grantReadBack(account: Account, slot: GrantedSlot, { jkt, nowMs }: GrantRequest): Step<RecoverGrant> {
  if (!equalBytes(slot.jkt, jkt)) return refused('slot-unknown', { detail: 'Another device reserved this slot.' });
  if (nowMs >= slot.leaseEndsMs) return refused('lease-ended');
  if (slot.readBacks >= READ_BACKS) return refused('try-later', { nextAtMs: slot.leaseEndsMs });
  const tries = countReadBack(account.tries);
  const counted = withSlot({ ...account, tries }, { ...slot, readBacks: slot.readBacks + 1 });
  return done(counted, { realmSetId: slot.realmSetId, issuedAtMs: nowMs, tryNumber: tries.lastNumber });
}
