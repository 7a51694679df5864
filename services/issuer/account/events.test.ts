import { expect, it } from 'vitest';
import { DEVICE } from '../testing/issuer';
import { numbered } from '../testing/model-vault';
import { NEW_ACCOUNT } from './account';
import { deviceNameOf, noteDevice, remember } from './events';

it('tells of a device once, and calls it as it last called itself', () => {
  const once = noteDevice(NEW_ACCOUNT, { jkt: DEVICE, name: 'Laptop' }, 1);
  const again = noteDevice(once, { jkt: DEVICE, name: 'Old laptop' }, 2);
  expect(again.events).toEqual([{ kind: 'device-signed-in', atMs: 1, deviceName: 'Laptop' }]);
  expect(deviceNameOf(again, DEVICE)).toBe('Old laptop');
  expect(deviceNameOf(again, numbered(32, 7))).toBeNull();
});

it('does not let sign-ins push out a try', () => {
  let account = remember(NEW_ACCOUNT, { kind: 'try-granted', atMs: 0, deviceName: null });
  for (let n = 0; n < 200; n += 1) account = noteDevice(account, { jkt: numbered(32, n), name: `Device ${n}` }, n);
  expect(account.events).toHaveLength(21);
  expect(account.events[0]).toMatchObject({ deviceName: 'Device 199' });
  expect(account.events.at(-1)).toMatchObject({ kind: 'try-granted' });
  expect(account.devices).toHaveLength(32);
});

it('keeps fifty events, the newest first', () => {
  let account = NEW_ACCOUNT;
  for (let atMs = 0; atMs < 60; atMs += 1) account = remember(account, { kind: 'activated', atMs, deviceName: null });
  expect(account.events.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 50 }, (_, index) => 59 - index));
});
