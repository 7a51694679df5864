import { describe, expect, it } from 'vitest';
import { equalBytes } from '@/lib/bytes';
import { REGISTER_TOKENS_USABLE_MS } from '../realms/realm-tokens';
import { DEVICE, OTHER_DEVICE, REALM_SET_ID, SLOT, START_MS } from '../testing/issuer';
import { filled, numbered } from '../testing/model-vault';
import { accountWith, asked, knowsAll, openVault, readAll, refusalOf, reserveSlot, succeed } from '../testing/steps';
import { type Account, findSlot, withSlot } from './account';
import { noteDevice } from './events';
import { grantRecover, grantRegister, LEASE_MS } from './grant';

const LEASE_ENDS_MS = START_MS + LEASE_MS;

describe('register tokens', () => {
  it('are given for a reservation that was read in the feed, with a lease of 15 minutes', () => {
    const { account, answer } = succeed(grantRegister(accountWith('reserved').account, asked(), knowsAll));
    expect(answer).toEqual({ realmSetId: REALM_SET_ID, issuedAtMs: START_MS });
    expect(findSlot(account, SLOT)).toMatchObject({
      state: 'granted',
      leaseEndsMs: START_MS + 15 * 60_000,
      registerTokensEndMs: START_MS + REGISTER_TOKENS_USABLE_MS,
    });
  });

  it('are given again within the lease, which does not move', () => {
    const { account } = accountWith('granted');
    const nowMs = LEASE_ENDS_MS - 1;
    const again = succeed(grantRegister(account, asked({ nowMs }), knowsAll)).account;
    expect(findSlot(again, SLOT)).toMatchObject({
      leaseEndsMs: LEASE_ENDS_MS,
      registerTokensEndMs: nowMs + REGISTER_TOKENS_USABLE_MS,
    });
  });

  it('are refused when the lease has ended', () => {
    const { account } = accountWith('granted');
    expect(refusalOf(grantRegister(account, asked({ nowMs: LEASE_ENDS_MS }), knowsAll))).toEqual({
      code: 'lease-ended',
    });
  });

  it.each(['reserved', 'granted'] as const)(
    'are refused to another device than the one that reserved (%s)',
    (state) => {
      const { account } = accountWith(state);
      const refusal = refusalOf(grantRegister(account, asked({ jkt: OTHER_DEVICE }), knowsAll));
      expect(refusal?.code).toBe('slot-unknown');
    },
  );

  it.each(['kept', 'current'] as const)('are refused for a slot that is %s', (state) => {
    const { account } = accountWith(state);
    expect(refusalOf(grantRegister(account, asked(), knowsAll))).toEqual({ code: 'slot-unknown' });
  });

  it('are refused for a slot without a reservation', () => {
    const { account } = accountWith('reserved');
    const refusal = refusalOf(grantRegister(account, asked({ slot: numbered(16, 99) }), knowsAll));
    expect(refusal).toEqual({ code: 'slot-unknown' });
  });

  it('are refused for a retired slot', () => {
    const { vault, account } = accountWith('granted');
    vault.voidOpen(filled(32, 0xac));
    expect(refusalOf(grantRegister(readAll(vault, account), asked(), knowsAll))).toEqual({ code: 'slot-retired' });
  });

  it('are refused for a number that has passed', () => {
    const { account } = accountWith('reserved');
    expect(refusalOf(grantRegister({ ...account, lastNumber: 1 }, asked(), knowsAll))).toEqual({
      code: 'wrong-number',
    });
  });

  it('are refused for a realm set that nobody configured', () => {
    const { account } = accountWith('reserved');
    const knowsOthers = (id: Uint8Array) => !equalBytes(id, REALM_SET_ID);
    expect(refusalOf(grantRegister(account, asked(), knowsOthers))?.code).toBe('bad-request');
  });
});

describe('recover tokens', () => {
  const recover = (account: Account, changes = {}) => grantRecover(account, asked(changes));

  it.each(['current', 'kept'] as const)('are given for a %s slot to any device, and counted', (state) => {
    const { account, answer } = succeed(recover(accountWith(state).account, { jkt: OTHER_DEVICE }));
    expect(answer).toEqual({ realmSetId: REALM_SET_ID, issuedAtMs: START_MS, tryNumber: 1 });
    expect(account.tries).toEqual({ lastNumber: 1, lastSuccess: 0, sinceSuccess: 1, lastAtMs: START_MS });
  });

  it('leave an event with the name of the device', () => {
    const known = noteDevice(accountWith('current').account, { jkt: DEVICE, name: 'Laptop' }, START_MS);
    const { account } = succeed(recover(known, { nowMs: START_MS + 5 }));
    expect(account.events[0]).toEqual({ kind: 'try-granted', atMs: START_MS + 5, deviceName: 'Laptop' });
  });

  it('are refused when the tries are used up for now, and the refusal says until when', () => {
    let { account } = accountWith('current');
    for (let n = 0; n < 3; n += 1) account = succeed(recover(account)).account;
    expect(refusalOf(recover(account))).toEqual({ code: 'try-later', nextAtMs: START_MS + 600_000 });
  });

  it('count current and kept slots together', () => {
    let { account } = accountWith('current');
    const kept = { ...account.slots[0], slot: numbered(16, 11), state: 'kept', to: 2 } as Account['slots'][number];
    account = withSlot(account, kept);
    for (const slot of [SLOT, kept.slot, SLOT]) account = succeed(recover(account, { slot })).account;
    expect(refusalOf(recover(account, { slot: kept.slot }))?.code).toBe('try-later');
  });

  it('are given three times for a granted slot within its lease, whatever the schedule says', () => {
    let { account } = accountWith('granted');
    const tries = { lastNumber: 7, lastSuccess: 0, sinceSuccess: 7, lastAtMs: START_MS };
    account = { ...account, tries };
    const numbers: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const step = succeed(recover(account));
      account = step.account;
      numbers.push(step.answer.tryNumber);
    }
    expect(numbers).toEqual([8, 9, 10]);
    expect(account.tries).toEqual({ ...tries, lastNumber: 10 });
    expect(account.events).toEqual([]);
    expect(refusalOf(recover(account))).toEqual({ code: 'try-later', nextAtMs: LEASE_ENDS_MS });
  });

  it('are refused for a granted slot to another device, and after the lease', () => {
    const { account } = accountWith('granted');
    expect(refusalOf(recover(account, { jkt: OTHER_DEVICE }))?.code).toBe('slot-unknown');
    expect(refusalOf(recover(account, { nowMs: LEASE_ENDS_MS }))).toEqual({ code: 'lease-ended' });
  });

  it('are refused for a slot that is only reserved, unknown or retired', () => {
    const vault = openVault();
    reserveSlot(vault);
    const reserved = readAll(vault);
    expect(refusalOf(recover(reserved))).toEqual({ code: 'slot-unknown' });
    expect(refusalOf(recover(reserved, { slot: numbered(16, 99) }))).toEqual({ code: 'slot-unknown' });
    vault.voidOpen(filled(32, 0xac));
    expect(refusalOf(recover(readAll(vault)))).toEqual({ code: 'slot-retired' });
  });
});
