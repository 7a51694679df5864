import { expect, it } from 'vitest';
import { statementHashOf } from '@/lib/keyless/wire/statement';
import { ACCOUNT, OWNER, SLOT, THIEF } from '../testing/issuer';
import { filled, numbered, signActivation } from '../testing/model-vault';
import { accountWith, asked, knowsAll, openVault, readAll, refusalOf, reserveSlot, succeed } from '../testing/steps';
import { type Account, findSlot, withSlot } from './account';
import { grantRegister } from './grant';
import { type KeepInput, keepRow, MAX_KEPT } from './keep';

const { vaultId } = openVault();
const keep = (account: Account, input: Pick<KeepInput, 'statement' | 'signature'>) =>
  keepRow(account, { ...input, vaultId, accountId: ACCOUNT });

it('keeps a statement whose slot is granted, and answers with its hash', () => {
  const { account: granted, signed } = accountWith('granted');
  const { account, answer } = succeed(keep(granted, signed));
  expect(answer.statementHash).toEqual(statementHashOf(signed.statement));
  expect(findSlot(account, SLOT)).toMatchObject({ state: 'kept', to: 1 });
});

it('does not pin the owner', () => {
  expect(accountWith('kept').account.ownerPub).toBeNull();
});

it('keeps after the lease, too: the row has been read back by then', () => {
  const { account, signed } = accountWith('granted');
  const old = { ...account, slots: account.slots.map((slot) => ({ ...slot, leaseEndsMs: 0 })) };
  expect(keep(old, signed).done).toBe(true);
});

it.each(['kept', 'current'] as const)('answers the same statement the same when it is %s', (state) => {
  const { account, signed } = accountWith(state);
  const repeated = succeed(keep(account, signed));
  expect(repeated.answer.statementHash).toEqual(statementHashOf(signed.statement));
  expect(repeated.account).toBe(account);
});

it.each(['kept', 'current'] as const)('refuses another statement for a slot that is %s', (state) => {
  const { account, vault, reservation } = accountWith(state);
  const other = signActivation(vault, ACCOUNT, reservation, OWNER, { recordHash: filled(32, 1) });
  expect(refusalOf(keep(account, other))).toEqual({ code: 'slot-unknown' });
});

it('refuses a slot that is reserved only, or unknown', () => {
  const { account, vault, signed, reservation } = accountWith('reserved');
  expect(refusalOf(keep(account, signed))).toEqual({ code: 'slot-unknown' });
  const unknown = signActivation(vault, ACCOUNT, { ...reservation, slot: numbered(16, 99) }, OWNER);
  expect(refusalOf(keep(account, unknown))).toEqual({ code: 'slot-unknown' });
});

it.each(['granted', 'kept'] as const)('refuses a slot that was %s and is retired', (state) => {
  const { account, vault, signed } = accountWith(state);
  vault.voidOpen(ACCOUNT);
  expect(refusalOf(keep(readAll(vault, account), signed))).toEqual({ code: 'slot-retired' });
});

it('refuses a number that does not follow the last one', () => {
  const { account, signed } = accountWith('granted');
  expect(refusalOf(keep({ ...account, lastNumber: 1 }, signed))).toEqual({ code: 'wrong-number' });
});

it.each([
  ['skips a number', { to: 2 }],
  ['starts elsewhere', { from: 1, to: 2 }],
])('refuses a statement that %s', (_what, fields) => {
  const { account, vault, reservation } = accountWith('granted');
  const signed = signActivation(vault, ACCOUNT, reservation, OWNER, fields);
  expect(refusalOf(keep(account, signed))).toEqual({ code: 'wrong-number' });
});

it.each([
  ['vault', { vaultId: filled(32, 1) }],
  ['account', { accountId: filled(32, 1) }],
  ['realm set', { realmSetId: filled(16, 1) }],
])('refuses a statement for another %s', (_what, fields) => {
  const { account, vault, reservation } = accountWith('granted');
  const signed = signActivation(vault, ACCOUNT, reservation, OWNER, fields);
  expect(refusalOf(keep(account, signed))?.code).toBe('bad-request');
});

it('refuses bytes that are no statement', () => {
  const { account, signed } = accountWith('granted');
  expect(refusalOf(keep(account, { ...signed, statement: filled(20, 1) }))?.code).toBe('bad-request');
});

it('refuses a signature by another key', () => {
  const { account, signed } = accountWith('granted');
  const signature = THIEF.sign(signed.statement);
  expect(refusalOf(keep(account, { ...signed, signature }))).toEqual({ code: 'bad-signature' });
});

it('refuses another owner than the pinned one', () => {
  const { account, vault } = accountWith('current');
  const next = reserveSlot(vault, numbered(16, 11));
  const granted = succeed(grantRegister(readAll(vault, account), asked({ slot: next.slot }), knowsAll)).account;
  const byThief = signActivation(vault, ACCOUNT, next, THIEF);
  expect(refusalOf(keep(granted, byThief))).toEqual({ code: 'bad-signature' });
  expect(keep(granted, signActivation(vault, ACCOUNT, next, OWNER)).done).toBe(true);
});

it('keeps no more rows than a witness has room for', () => {
  const { account, signed } = accountWith('granted');
  const kept = findSlot(accountWith('kept').account, SLOT);
  if (kept?.state !== 'kept') throw new Error('expected a kept slot');
  let crowded = account;
  for (let n = 0; n < MAX_KEPT; n += 1) crowded = withSlot(crowded, { ...kept, slot: numbered(16, 1000 + n) });
  expect(refusalOf(keep(crowded, signed))).toEqual({ code: 'too-many-requests' });
});
