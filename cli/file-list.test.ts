import { expect, test } from 'vitest';
import { buildHash, fileList } from './file-list';

const bytes = (text: string) => new TextEncoder().encode(text);
/** Of the empty input, and of `abc` (FIPS 180-2, appendix B). */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('lists every file but the list, sorted, as sha256sum does', () => {
  const copy = new Map([
    ['popup.html', bytes('abc')],
    ['files.txt', bytes('an older list')],
    ['background.js', bytes('')],
  ]);
  expect(fileList(copy)).toBe(`${EMPTY}  background.js\n${ABC}  popup.html\n`);
});

test('another byte, name or file makes another hash; an older list does not', () => {
  const hash = buildHash(new Map([['a.js', bytes('abc')]]));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(buildHash(new Map([['a.js', bytes('abd')]]))).not.toBe(hash);
  expect(buildHash(new Map([['b.js', bytes('abc')]]))).not.toBe(hash);
  expect(
    buildHash(
      new Map([
        ['a.js', bytes('abc')],
        ['b.js', bytes('')],
      ]),
    ),
  ).not.toBe(hash);
  expect(
    buildHash(
      new Map([
        ['a.js', bytes('abc')],
        ['files.txt', bytes('x')],
      ]),
    ),
  ).toBe(hash);
});
