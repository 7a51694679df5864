import { expect, it } from 'vitest';
import { addressParts, shortAddress } from './address-text';

const CASH = 'bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6';

it('shortens an address to what tells it from others, without what all of the chain begin with', () => {
  expect(shortAddress('bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu')).toBe('bc1qcr8t…306fyu');
  expect(shortAddress(CASH)).toBe('qqyx49mu…ahq3q6');
});

it('shows every character of an address once, in groups of four', () => {
  const { prefix, groups } = addressParts(CASH);
  expect(prefix).toBe('bitcoincash:');
  expect(prefix + groups.join('')).toBe(CASH);
  expect(groups.slice(0, -1).every((group) => group.length === 4)).toBe(true);
});
