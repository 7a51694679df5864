import { describe, expect, it } from 'vitest';
import { type PaymentPart, paymentsOf } from './payments';

const FROM = '0x3D9a4bE1c07F52a86E1bD93f0C24a7715eB8F20c';
const part = (hash: string, more: Partial<PaymentPart> = {}): PaymentPart => ({
  hash,
  chainId: 1,
  from: FROM,
  nonce: 7,
  state: 'pending',
  ...more,
});
const speedUp = (hash: string, more: Partial<PaymentPart> = {}) =>
  part(hash, { replaces: { hash: '0xa', how: 'speed-up' }, ...more });
const cancel = (hash: string, more: Partial<PaymentPart> = {}) =>
  part(hash, { replaces: { hash: '0xa', how: 'cancel' }, ...more });

/** What became of one payment, in short. */
function seen(...parts: PaymentPart[]) {
  const [payment] = paymentsOf(parts);
  return payment && [payment.wanted.hash, payment.current.hash, payment.state, payment.cancelledTooLate];
}

describe('a payment', () => {
  it('is one transaction where nothing replaced it', () => {
    expect(seen(part('0xa'))).toEqual(['0xa', '0xa', 'pending', false]);
    expect(seen(part('0xa', { state: 'failed' }))).toEqual(['0xa', '0xa', 'failed', false]);
  });

  it('that was sped up is the newest until one of them is mined', () => {
    expect(seen(speedUp('0xb'), part('0xa'))).toEqual(['0xa', '0xb', 'pending', false]);
    expect(seen(speedUp('0xb', { state: 'confirmed' }), part('0xa', { state: 'replaced' }))).toEqual([
      '0xa',
      '0xb',
      'confirmed',
      false,
    ]);
    expect(seen(speedUp('0xb', { state: 'replaced' }), part('0xa', { state: 'confirmed' }))).toEqual([
      '0xa',
      '0xa',
      'confirmed',
      false,
    ]);
  });

  it('that is being cancelled says so, and what came of it', () => {
    expect(seen(cancel('0xb'), part('0xa'))).toEqual(['0xa', '0xb', 'cancelling', false]);
    expect(seen(cancel('0xb', { state: 'confirmed' }), part('0xa', { state: 'replaced' }))).toEqual([
      '0xa',
      '0xb',
      'cancelled',
      false,
    ]);
    expect(seen(cancel('0xb', { state: 'replaced' }), part('0xa', { state: 'confirmed' }))).toEqual([
      '0xa',
      '0xa',
      'confirmed',
      true,
    ]);
  });

  it('that another device has replaced is said to be replaced', () => {
    expect(seen(speedUp('0xb', { state: 'replaced' }), part('0xa', { state: 'replaced' }))?.[2]).toBe('replaced');
  });

  it('is told apart by account, network and number, newest first', () => {
    const all = [part('0xd', { nonce: 8 }), part('0xc', { chainId: 10 }), speedUp('0xb'), part('0xa')];
    expect(paymentsOf(all).map(({ wanted }) => wanted.hash)).toEqual(['0xd', '0xc', '0xa']);
    expect(paymentsOf([part('0xb', { from: '0x1' }), part('0xa')])).toHaveLength(2);
  });
});
