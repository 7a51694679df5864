import { describe, expect, it } from 'vitest';
import { signingKeyOf } from '@/lib/crypto/signature';
import type { FeedEntry, FeedPage } from '@/lib/keyless/wire/feed';
import { REGISTER_TOKENS_USABLE_MS } from '../realms/realm-tokens';
import { ACCOUNT, OWNER, REALM_SET_ID, SLOT, START_MS, THIEF } from '../testing/issuer';
import { filled, type ModelVault, numbered, signActivation } from '../testing/model-vault';
import { accountWith, asked, knowsAll, openVault, readAll, refusalOf, reserveSlot, succeed } from '../testing/steps';
import { findSlot, hasEnded, NEW_ACCOUNT } from './account';
import { applyPage, FeedBroken } from './apply-feed';
import { grantRegister } from './grant';
import { keepRow } from './keep';
import { forgetSlot } from './retire';

const NEXT_SLOT = numbered(16, 11);
const stateOf = (account: typeof NEW_ACCOUNT, slot: Uint8Array) => findSlot(account, slot)?.state;

describe('a feed that is believed', () => {
  it('reserved: the slot may be granted', () => {
    const { account } = accountWith('reserved');
    expect(findSlot(account, SLOT)).toMatchObject({ state: 'reserved', from: 0, to: 1 });
    expect(account.ownerPub).toBeNull();
  });

  it('activated: the slot is current, number and owner are pinned', () => {
    const { account } = accountWith('current');
    expect(stateOf(account, SLOT)).toBe('current');
    expect(account).toMatchObject({ lastNumber: 1, ownerPub: OWNER.publicKey });
  });

  it('activated: makes a slot current that was never granted or kept here', () => {
    const { vault, signed } = accountWith('reserved');
    vault.activate(ACCOUNT, signed, OWNER);
    expect(readAll(vault)).toMatchObject({ lastNumber: 1, slots: [{ state: 'current', slot: SLOT }] });
  });

  it('activated: retires the old current row', () => {
    const { vault, account } = accountWith('current');
    const next = reserveSlot(vault, NEXT_SLOT);
    vault.activate(ACCOUNT, signActivation(vault, ACCOUNT, next, OWNER), OWNER);
    const after = readAll(vault, account);
    expect([stateOf(after, SLOT), stateOf(after, NEXT_SLOT)]).toEqual(['retired', 'current']);
    expect(after.lastNumber).toBe(2);
  });

  it('activated: retires every other kept row up to it', () => {
    // An honest vault voids the first reservation; this one forgets to say so.
    const { vault, account } = accountWith('kept');
    const unannounced = { slot: NEXT_SLOT, from: 0, to: 1, realmSetId: REALM_SET_ID };
    const { statement, signature } = signActivation(vault, ACCOUNT, unannounced, OWNER);
    vault.publish(ACCOUNT, { kind: 'activated', statement, signature });
    expect(stateOf(readAll(vault, account), SLOT)).toBe('retired');
  });

  it.each(['reserved', 'granted', 'kept'] as const)('void: retires a slot that is %s', (state) => {
    const { vault, account } = accountWith(state);
    vault.voidOpen(ACCOUNT);
    expect(stateOf(readAll(vault, account), SLOT)).toBe('retired');
  });

  it('void: waits for a register token that a copy of this account which was lost may have given', () => {
    const { vault, account } = accountWith('reserved');
    vault.voidOpen(ACCOUNT);
    const retired = findSlot(readAll(vault, account), SLOT);
    expect(retired).toMatchObject({ registerTokensEndMs: 0, deleteAtMs: START_MS + REGISTER_TOKENS_USABLE_MS });
  });

  it('void: an unknown slot can never be granted', () => {
    const vault = openVault();
    vault.publish(ACCOUNT, { kind: 'void', slot: SLOT });
    reserveSlot(vault);
    const account = readAll(vault);
    expect(findSlot(account, SLOT)).toBeUndefined();
    expect(refusalOf(grantRegister(account, asked(), knowsAll))).toEqual({ code: 'slot-retired' });
  });

  it('erased: retires everything up to the number, clears the pin, moves the number', () => {
    const { vault, account } = accountWith('current');
    vault.erase(ACCOUNT);
    const after = readAll(vault, account);
    expect(stateOf(after, SLOT)).toBe('retired');
    expect(after).toMatchObject({ lastNumber: 2, ownerPub: null });
  });

  it('erased: the next generation goes on from the number and may have another owner', () => {
    const { vault, account } = accountWith('current');
    vault.erase(ACCOUNT);
    const next = reserveSlot(vault, NEXT_SLOT);
    expect(next.from).toBe(2);
    vault.activate(ACCOUNT, signActivation(vault, ACCOUNT, next, THIEF), THIEF);
    expect(readAll(vault, account)).toMatchObject({ lastNumber: 3, ownerPub: THIEF.publicKey });
  });

  it('ordered and undone change no slot and are told', () => {
    const { vault, account } = accountWith('current');
    vault.order(ACCOUNT);
    vault.undo(ACCOUNT);
    const after = readAll(vault, account);
    expect(after.slots).toEqual(account.slots);
    expect(after.events.map(({ kind }) => kind)).toEqual(['undone', 'ordered', 'activated']);
  });

  it('activated resets the schedule of tries but not the numbers', () => {
    const { vault, account } = accountWith('current');
    const tired = { ...account, tries: { lastNumber: 9, lastSuccess: 2, sinceSuccess: 6, lastAtMs: START_MS } };
    const next = reserveSlot(vault, NEXT_SLOT);
    vault.activate(ACCOUNT, signActivation(vault, ACCOUNT, next, OWNER), OWNER);
    expect(readAll(vault, tired).tries).toEqual({ ...tired.tries, sinceSuccess: 0 });
  });

  it('remembers that a slot has ended after the slot itself is forgotten', () => {
    const { vault, account } = accountWith('granted');
    vault.voidOpen(ACCOUNT);
    const forgotten = forgetSlot(readAll(vault, account), SLOT, START_MS);
    expect([forgotten.slots, hasEnded(forgotten, SLOT)]).toEqual([[], true]);
    vault.publish(ACCOUNT, {
      kind: 'reserved',
      slot: SLOT,
      from: 0,
      to: 1,
      realmSetId: REALM_SET_ID,
      jkt: filled(32, 1),
    });
    expect(readAll(vault, forgotten).slots).toEqual([]);
  });

  it('reserved again changes nothing about a slot that is known', () => {
    const { vault, account } = accountWith('granted');
    vault.publish(ACCOUNT, {
      kind: 'reserved',
      slot: SLOT,
      from: 0,
      to: 1,
      realmSetId: REALM_SET_ID,
      jkt: filled(32, 1),
    });
    expect(readAll(vault, account).slots).toEqual(account.slots);
  });
});

describe('a feed that is not believed', () => {
  const faultOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof FeedBroken) return error.fault;
      throw error;
    }
    return 'none';
  };
  const apply = (vault: ModelVault, page: FeedPage, account = NEW_ACCOUNT) =>
    faultOf(() => applyPage(account, page, { ...vault, accountId: ACCOUNT, nowMs: START_MS }));
  const twoEntries = () => {
    const vault = openVault();
    reserveSlot(vault);
    vault.voidOpen(ACCOUNT);
    const [first, second] = vault.account(ACCOUNT).entries;
    if (!first || !second) throw new Error('expected two entries');
    return { vault, first, second };
  };
  const changed = (entry: FeedEntry, changes: Partial<FeedEntry>): FeedPage => ({
    head: 2,
    entries: [{ ...entry, ...changes }],
  });

  it('refuses a head below the place', () => {
    const { vault, account } = accountWith('reserved');
    expect(apply(vault, { head: 0, entries: [] }, account)).toBe('head-below-place');
  });

  it('refuses another entry where one was read before', () => {
    const { vault, account } = accountWith('reserved');
    const other = openVault();
    reserveSlot(other, NEXT_SLOT);
    expect(apply(vault, { head: 1, entries: other.account(ACCOUNT).entries }, account)).toBe('entry-changed');
  });

  it('refuses a gap, a repeated entry and entries out of order', () => {
    const { vault, first, second } = twoEntries();
    expect(apply(vault, { head: 2, entries: [second] })).toBe('number');
    expect(apply(vault, { head: 2, entries: [first, second, first] })).toBe('number');
    expect(apply(vault, { head: 2, entries: [second, first] })).toBe('number');
  });

  it('refuses an entry that does not name the one before', () => {
    const { vault, first } = twoEntries();
    expect(apply(vault, changed(first, { previousHash: filled(32, 9) }))).toBe('chain');
  });

  it('refuses an entry that the receipt key did not sign', () => {
    const { vault, first } = twoEntries();
    expect(apply(vault, changed(first, { signature: filled(64, 9) }))).toBe('signature');
    expect(apply(vault, changed(first, { fact: { kind: 'void', slot: SLOT } }))).toBe('signature');
    expect(apply(vault, changed(first, { atMs: first.atMs + 1000 }))).toBe('signature');
    const receiptKey = signingKeyOf(filled(32, 1)).publicKey;
    expect(apply({ ...vault, receiptKey }, { head: 2, entries: [first] })).toBe('signature');
  });

  it('refuses an entry of another account or vault', () => {
    const { vault, first } = twoEntries();
    const context = { ...vault, accountId: filled(32, 1), nowMs: START_MS };
    expect(faultOf(() => applyPage(NEW_ACCOUNT, { head: 2, entries: [first] }, context))).toBe('signature');
    expect(apply({ ...vault, vaultId: filled(32, 1) }, { head: 2, entries: [first] })).toBe('signature');
  });

  it('refuses to void the current row', () => {
    const { vault, account } = accountWith('current');
    vault.publish(ACCOUNT, { kind: 'void', slot: SLOT });
    expect(faultOf(() => readAll(vault, account))).toBe('contradiction');
  });

  it('refuses an activation of a slot that has ended', () => {
    const { vault, account, signed } = accountWith('kept');
    vault.voidOpen(ACCOUNT);
    vault.publish(ACCOUNT, { kind: 'activated', ...signed });
    expect(faultOf(() => readAll(vault, account))).toBe('contradiction');
  });

  it('refuses an erasure that does not move the number on', () => {
    const { vault, account } = accountWith('current');
    vault.publish(ACCOUNT, { kind: 'erased', number: 1, orderId: filled(16, 1) });
    expect(faultOf(() => readAll(vault, account))).toBe('contradiction');
  });

  it.each([
    ['that nobody signed', {}, { signature: filled(64, 1) }],
    ['that is no statement', {}, { statement: filled(10, 1) }],
    ['of another account', { accountId: filled(32, 1) }, {}],
    ['of another vault', { vaultId: filled(32, 1) }, {}],
    ['with another number', { from: 4, to: 5 }, {}],
    ['that skips a number', { to: 3 }, {}],
    ['for another realm set than reserved', { realmSetId: filled(16, 1) }, {}],
  ])('refuses an activation %s', (_what, fields, replaced) => {
    const { vault, account, reservation } = accountWith('granted');
    const signed = signActivation(vault, ACCOUNT, reservation, OWNER, fields);
    vault.publish(ACCOUNT, { kind: 'activated', ...signed, ...replaced });
    expect(faultOf(() => readAll(vault, account))).toBe('contradiction');
  });

  it('refuses an activation by anybody but the pinned owner', () => {
    const { vault, account } = accountWith('current');
    const next = reserveSlot(vault, NEXT_SLOT);
    vault.publish(ACCOUNT, { kind: 'activated', ...signActivation(vault, ACCOUNT, next, THIEF) });
    expect(faultOf(() => readAll(vault, account))).toBe('contradiction');
  });
});

it('keeps rows of one number side by side until the vault decides', () => {
  const { vault, account } = accountWith('kept');
  // A vault that has not voided the first reservation yet.
  const facts = { slot: NEXT_SLOT, from: 0, to: 1, realmSetId: REALM_SET_ID };
  vault.publish(ACCOUNT, { kind: 'reserved', ...facts, jkt: asked().jkt });
  const granted = succeed(grantRegister(readAll(vault, account), asked({ slot: NEXT_SLOT }), knowsAll)).account;
  const signed = signActivation(vault, ACCOUNT, facts, OWNER);
  const both = succeed(keepRow(granted, { ...signed, vaultId: vault.vaultId, accountId: ACCOUNT })).account;
  expect([stateOf(both, SLOT), stateOf(both, NEXT_SLOT)]).toEqual(['kept', 'kept']);
});
