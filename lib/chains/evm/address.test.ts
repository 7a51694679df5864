import { describe, expect, it } from 'vitest';
import { checkAddress } from './address';

// From EIP-55.
const CHECKSUMMED = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

describe('checkAddress', () => {
  it('takes the checksummed form and forms of one case', () => {
    for (const text of [CHECKSUMMED, ` ${CHECKSUMMED}\n`, CHECKSUMMED.toLowerCase()])
      expect(checkAddress(text)).toBe(CHECKSUMMED);
    expect(checkAddress(`0x${CHECKSUMMED.slice(2).toUpperCase()}`)).toBe(CHECKSUMMED);
  });

  it.each([
    ['', 'empty'],
    ['vitalik.eth', 'format'],
    [CHECKSUMMED.slice(0, -1), 'format'],
    [`${CHECKSUMMED}0`, 'format'],
    [CHECKSUMMED.slice(2), 'format'],
    [CHECKSUMMED.replace('5', 'g'), 'format'],
    [CHECKSUMMED.replace('aA', 'Aa'), 'checksum'],
    [`0x${'0'.repeat(40)}`, 'zero-address'],
  ])('refuses %j as %s', (text, reason) => {
    expect(() => checkAddress(text)).toThrow(
      expect.objectContaining({ code: 'bad-address', details: { reason } }) as Error,
    );
  });

  it('names the chain of an address that is of another', () => {
    expect(() => checkAddress('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')).toThrow(
      expect.objectContaining({ details: { reason: 'other-chain', party: 'Bitcoin' } }) as Error,
    );
  });
});
