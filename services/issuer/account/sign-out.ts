/** The owner signs a device out: it is no device of the account any more, and that is an event. */
import { equalBytes } from '@/lib/bytes';
import type { SignOutRequest } from '@/lib/keyless/wire/session';
import { verifySignOut } from '@/services/http/sessions/verify-sign-out';
import type { Account } from './account';
import { deviceNameOf, remember } from './events';
import { done, refused, type Step } from './step';

export interface SignOutInput extends SignOutRequest {
  readonly accountId: Uint8Array;
  readonly nowMs: number;
}

/** Again changes nothing. When the device signs in once more it is a new one. */
export function signOutDevice(account: Account, input: SignOutInput): Step<null> {
  const { jkt, accountId, nowMs } = input;
  const refusal = verifySignOut(account.ownerPub, accountId, input);
  if (refusal !== null) return refused(refusal);
  const devices = account.devices.filter((device) => !equalBytes(device.jkt, jkt));
  if (devices.length === account.devices.length) return done(account, null);
  const event = { kind: 'device-signed-out', atMs: nowMs, deviceName: deviceNameOf(account, jkt) } as const;
  return done(remember({ ...account, devices }, event), null);
}
