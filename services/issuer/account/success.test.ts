import { expect, it } from 'vitest';
import { ACCOUNT, DEVICE, OWNER, SLOT, START_MS, THIEF } from '../testing/issuer';
import { numbered, signSuccess } from '../testing/model-vault';
import { accountWith, asked, readAll, refusalOf, succeed } from '../testing/steps';
import type { Account } from './account';
import { noteDevice } from './events';
import { grantRecover } from './grant';
import { noteOwnersTry } from './success';

const note = (account: Account, tryNumber: number, owner = OWNER, slot = SLOT) =>
  noteOwnersTry(account, {
    slot,
    tryNumber,
    signature: signSuccess(owner, ACCOUNT, slot, tryNumber),
    accountId: ACCOUNT,
    jkt: DEVICE,
    nowMs: START_MS,
  });

function triedAccount(count = 3): Account {
  let { account } = accountWith('current');
  for (let n = 0; n < count; n += 1) account = succeed(grantRecover(account, asked())).account;
  return account;
}

it('resets the schedule, so that the next try is at once', () => {
  const tired = triedAccount();
  expect(refusalOf(grantRecover(tired, asked()))?.code).toBe('try-later');
  const { account } = succeed(note(tired, 3));
  expect(succeed(grantRecover(account, asked())).answer.tryNumber).toBe(4);
});

it('tells of a recovery by the device', () => {
  const known = noteDevice(triedAccount(), { jkt: DEVICE, name: 'Laptop' }, START_MS);
  const event = { kind: 'recovered', atMs: START_MS, deviceName: 'Laptop' };
  expect(succeed(note(known, 3)).account.events[0]).toEqual(event);
});

it('notes the read-back of a new backup without calling it a recovery', () => {
  const { vault, account, signed } = accountWith('granted');
  const read = succeed(grantRecover(account, asked())).account;
  vault.publish(ACCOUNT, { kind: 'activated', ...signed });
  const noted = succeed(note(readAll(vault, read), 1)).account;
  expect(noted.tries).toMatchObject({ lastNumber: 1, lastSuccess: 1, sinceSuccess: 0 });
  expect(noted.events.map(({ kind }) => kind)).toEqual(['activated']);
});

it('changes nothing when it comes again, or after a newer one', () => {
  const noted = succeed(note(triedAccount(), 3)).account;
  expect(succeed(note(noted, 3)).account).toBe(noted);
  expect(succeed(note(noted, 1)).account).toBe(noted);
});

it('refuses a try that was never given', () => {
  expect(refusalOf(note(triedAccount(), 4))?.code).toBe('wrong-number');
});

it('refuses a signature by anybody but the pinned owner', () => {
  expect(refusalOf(note(triedAccount(), 3, THIEF))).toEqual({ code: 'bad-signature' });
});

it('refuses a note while no owner is pinned', () => {
  const { account } = succeed(grantRecover(accountWith('kept').account, asked()));
  expect(refusalOf(note(account, 1))).toEqual({ code: 'bad-signature' });
});

it('refuses a slot that is not a backup', () => {
  expect(refusalOf(note(triedAccount(), 3, OWNER, numbered(16, 99)))).toEqual({ code: 'slot-unknown' });
  const { vault, account } = accountWith('current');
  vault.erase(ACCOUNT);
  expect(refusalOf(note(readAll(vault, account), 1))).toEqual({ code: 'slot-retired' });
});
