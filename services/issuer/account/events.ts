/** What happened to an account, bounded so that noise cannot push out what matters. */
import { equalBytes } from '@/lib/bytes';
import type { AccountEvent } from '@/lib/keyless/wire/issuer';
import type { Account } from './account';

const MAX_EVENTS = 50;
/** Sign-ins cost a thief nothing, so they may not take the place of the tries that he would like forgotten. */
const MAX_SIGN_INS = 20;
const MAX_DEVICES = 32;

/** The account with one more event, newest first. */
export function remember(account: Account, event: AccountEvent): Account {
  let signIns = 0;
  const events = [event, ...account.events].filter((known) => {
    if (known.kind !== 'device-signed-in') return true;
    signIns += 1;
    return signIns <= MAX_SIGN_INS;
  });
  return { ...account, events: events.slice(0, MAX_EVENTS) };
}

/** What the device with this key called itself, if it is remembered. */
export function deviceNameOf(account: Account, jkt: Uint8Array): string | null {
  return account.devices.find((device) => equalBytes(device.jkt, jkt))?.name ?? null;
}

/** Notes that a device opened a session; an event if the key is new to the account. */
export function noteDevice(account: Account, device: { jkt: Uint8Array; name: string }, nowMs: number): Account {
  const others = account.devices.filter((known) => !equalBytes(known.jkt, device.jkt));
  const isNew = others.length === account.devices.length;
  const noted = { ...account, devices: [{ ...device, lastSeenAtMs: nowMs }, ...others].slice(0, MAX_DEVICES) };
  return isNew ? remember(noted, { kind: 'device-signed-in', atMs: nowMs, deviceName: device.name }) : noted;
}
