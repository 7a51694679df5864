import { expect, test } from 'vitest';
import { identiconParts } from './identicon-parts';

const ADDRESS = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `0x${(index * 7_919).toString(16).padStart(40, '0')}`);
}

test('the picture is the same for every spelling of an address', () => {
  expect(identiconParts(ADDRESS.toLowerCase())).toEqual(identiconParts(ADDRESS));
});

test('the two halves never have the same hue', () => {
  for (const address of addresses(2_000)) {
    const { first, second } = identiconParts(address);
    expect(second).not.toBe(first);
  }
});

test('all 12 x 11 x 8 pictures come up', () => {
  const pictures = new Set(addresses(20_000).map((address) => JSON.stringify(identiconParts(address))));
  expect(pictures.size).toBeGreaterThan(1_000);
});
