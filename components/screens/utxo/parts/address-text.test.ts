import { expect, it } from 'vitest';
import { shortAddress } from '@/components/wallet/address-text';
import { addressParts } from './address-text';

const CASH = 'bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6';
const SEGWIT = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';

it('shortens an address to what tells it from others, without what all of the chain begin with', () => {
  expect(shortAddress(SEGWIT)).toBe('bc1qcr8t…306fyu');
  expect(shortAddress(CASH)).toBe('qqyx49mu…ahq3q6');
});

it.each([CASH, SEGWIT])('shows every character of %s once, in groups of four', (address) => {
  const { prefix, groups } = addressParts(address);
  expect(prefix).toBe(address === CASH ? 'bitcoincash:' : '');
  expect(prefix + groups.join('')).toBe(address);
  expect(groups.slice(0, -1).every((group) => group.length === 4)).toBe(true);
});
