import { describe, expect, it } from 'vitest';
import { lookAlikeOf } from './look-alike';

const MIRA = { name: 'Mira', address: '0x71C7656EC7ab88b098defB751B7401B5f6d8976F' };
const OTHER = { name: 'Other', address: '0xB4c1D27e63A9F08d5C6b1E4a97D20fB5863390aE' };
const known = [OTHER, MIRA];
const middle = 'f'.repeat(30);

describe('lookAlikeOf', () => {
  it.each([
    ['three and three', `0x71c${middle}0000${'76f'}`],
    ['four and four', `0x71C7${middle}00976F`],
    ['two and four', `0x71${middle}0000976f`],
  ])('finds the same ends: %s', (_, address) => expect(lookAlikeOf(address, known)).toBe(MIRA));

  it.each([
    ['itself', MIRA.address],
    ['itself in small letters', MIRA.address.toLowerCase()],
    ['the start only', `0x71C7656EC7${middle}`],
    ['too few characters', `0x71${middle}00000076F`],
    ['a stranger', '0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1'],
  ])('is quiet about %s', (_, address) => expect(lookAlikeOf(address, known)).toBeNull());

  it('is quiet about a known address that looks like another known one', () => {
    const twin = { name: 'Twin', address: `0x71C7${middle}00976F` };
    expect(lookAlikeOf(twin.address, [MIRA, twin])).toBeNull();
  });
});
