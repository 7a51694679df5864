import { describe, expect, it } from 'vitest';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';
import { EMPTY_RECIPIENT, isComplete, pastedTexts, placeOf, withRecipient } from './draft';

const ADDRESS = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
const draft = (...recipients: UtxoSendDraft['recipients']): UtxoSendDraft => ({
  walletId: 'A'.repeat(22),
  coin: 'btc',
  account: '84-0-0',
  recipients,
  fee: 'normal',
  picked: null,
});
const paid = { to: ADDRESS, amount: '0.1', everything: false };

describe('a recipient', () => {
  it('is changed where it stands, the others stay', () => {
    const next = withRecipient(draft(paid, EMPTY_RECIPIENT), 1, { to: 'x' });
    expect(next.recipients).toEqual([paid, { to: 'x', amount: '', everything: false }]);
  });

  it('that gets everything takes that from any other', () => {
    const before = draft({ ...paid, amount: '', everything: true }, paid);
    const next = withRecipient(before, 1, { amount: '', everything: true });
    expect(next.recipients.map(({ everything }) => everything)).toEqual([false, true]);
  });

  it('needs an address and an amount before it is asked what it costs', () => {
    expect(isComplete(draft(paid))).toBe(true);
    expect(isComplete(draft({ ...paid, amount: '', everything: true }))).toBe(true);
    expect(isComplete(draft(paid, EMPTY_RECIPIENT))).toBe(false);
    expect(isComplete(draft({ ...paid, to: ' ' }))).toBe(false);
  });

  it('is looked at once its address was pasted, not while it is typed', () => {
    expect(pastedTexts(draft(EMPTY_RECIPIENT), draft(paid))).toEqual([ADDRESS]);
    expect(pastedTexts(draft({ ...paid, to: ADDRESS.slice(0, -1) }), draft(paid))).toEqual([]);
    expect(pastedTexts(draft(paid), draft({ ...paid, to: ADDRESS.slice(0, -1) }))).toEqual([]);
    expect(pastedTexts(draft(paid), draft(paid))).toEqual([]);
  });

  it('is looked at once another address was pasted over the first', () => {
    const other = `ltc1${ADDRESS.slice(4)}`;
    expect(pastedTexts(draft(paid), draft({ ...paid, to: other }))).toEqual([other]);
  });
});

describe('an error stands', () => {
  const at = (code: Parameters<typeof placeOf>[0]['code'], details = {}, of = draft(paid)) =>
    placeOf({ code, details }, of);

  it('at the recipient that it is about', () => {
    expect(at('bad-address', { place: 1 })).toEqual({ at: 'to', place: 1 });
    expect(at('bad-amount')).toEqual({ at: 'amount', place: 0 });
  });

  it('at the amount where there is one, and at the coins where there are several or they were picked', () => {
    expect(at('insufficient-funds', { reason: 'amount' })).toEqual({ at: 'amount', place: 0 });
    expect(at('insufficient-funds', { reason: 'amount' }, draft(paid, paid))).toEqual({ at: 'coins' });
    expect(at('insufficient-funds', { reason: 'not-spendable' })).toEqual({ at: 'coins' });
  });

  it('at the fee, or below the form', () => {
    expect(at('bad-fee', { reason: 'too-low' })).toEqual({ at: 'fee' });
    expect(at('chain-unreachable')).toEqual({ at: 'form' });
  });
});
