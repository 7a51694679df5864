import { describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import type { SigningKey } from '@/lib/crypto/signature';
import { signOutStatement } from '@/lib/keyless/wire/statement';
import {
  ACCOUNT,
  DEVICE,
  OTHER_DEVICE,
  OWNER,
  REALM_SET_ID,
  SLOT,
  START_MS,
  startIssuer,
  THIEF,
} from '../testing/issuer';
import { filled, signActivation } from '../testing/model-vault';
import { accountWith, readAll, refusalOf, succeed } from '../testing/steps';
import type { Account } from './account';
import { noteDevice } from './events';
import { signOutDevice } from './sign-out';

const signed = (owner: SigningKey, jkt = OTHER_DEVICE, accountId = ACCOUNT) => ({
  jkt,
  signature: owner.sign(signOutStatement({ accountId, jkt })),
});
const signOut = (account: Account, order = signed(OWNER)) =>
  signOutDevice(account, { ...order, accountId: ACCOUNT, nowMs: START_MS });

function twoDevices(): Account {
  const laptop = noteDevice(accountWith('current').account, { jkt: DEVICE, name: 'Laptop' }, START_MS);
  return noteDevice(laptop, { jkt: OTHER_DEVICE, name: 'Desktop' }, START_MS);
}

describe('signing a device out', () => {
  it('takes it from the devices of the account, and is an event with its name', () => {
    const { account } = succeed(signOut(twoDevices()));
    expect(account.devices.map(({ name }) => name)).toEqual(['Laptop']);
    expect(account.events[0]).toEqual({ kind: 'device-signed-out', atMs: START_MS, deviceName: 'Desktop' });
  });

  it('changes nothing when it comes again, and lets the device come back as a new one', () => {
    const { account } = succeed(signOut(twoDevices()));
    expect(succeed(signOut(account)).account).toBe(account);
    const back = noteDevice(account, { jkt: OTHER_DEVICE, name: 'Desktop' }, START_MS + 1);
    expect(back.events[0]).toEqual({ kind: 'device-signed-in', atMs: START_MS + 1, deviceName: 'Desktop' });
  });

  it.each([
    ['by anybody but the owner', signed(THIEF)],
    ['signed for another device', { ...signed(OWNER, DEVICE), jkt: OTHER_DEVICE }],
    ['signed for another account', signed(OWNER, OTHER_DEVICE, filled(32, 0xad))],
  ])('is refused %s', (_, order) => {
    expect(refusalOf(signOut(twoDevices(), order))?.code).toBe('bad-signature');
  });

  it('is refused where no owner is pinned: before the first backup, and after it is gone', () => {
    expect(refusalOf(signOut(accountWith('kept').account))?.code).toBe('not-found');
    const { vault, account } = accountWith('current');
    vault.erase(ACCOUNT);
    expect(refusalOf(signOut(readAll(vault, account)))?.code).toBe('not-found');
  });

  it('over HTTP ends the session of that device alone, and only if it was accepted', async () => {
    const issuer = startIssuer();
    const reservation = issuer.vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
    const activation = signActivation(issuer.vault, ACCOUNT, reservation, OWNER);
    issuer.vault.activate(ACCOUNT, activation, OWNER);
    const send = ({ jkt, signature }: ReturnType<typeof signed>) =>
      issuer.send('POST', '/sign-out', { jkt: toBase64url(jkt), signature: toBase64url(signature) });
    expect((await send(signed(THIEF))).body.code).toBe('bad-signature');
    expect(issuer.signedOut).toEqual([]);
    expect((await send(signed(OWNER))).status).toBe(200);
    expect(issuer.signedOut).toEqual([OTHER_DEVICE]);
    const { body } = await issuer.send('GET', '/devices');
    expect(body.devices).toEqual([{ jkt: toBase64url(DEVICE), name: 'Test device', lastSeenAtMs: START_MS }]);
  });
});
