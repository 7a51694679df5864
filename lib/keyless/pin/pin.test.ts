import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { normalizePin, pinBytes, pinWeakness } from './pin';
import vectors from './pin.vectors.json';

describe('the normal form of a PIN', () => {
  it.each(vectors.normal)('$typed', ({ typed, utf8 }) => {
    expect(toHex(pinBytes(typed))).toBe(utf8);
  });

  it('is its own normal form', () => {
    for (const { typed } of vectors.normal) expect(normalizePin(normalizePin(typed))).toBe(normalizePin(typed));
  });

  it('maps every decimal digit of Unicode to ASCII', () => {
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      if (codePoint >= 0xd800 && codePoint < 0xe000) continue;
      const character = String.fromCodePoint(codePoint);
      if (/\p{Nd}/u.test(character)) expect(normalizePin(character)).toMatch(/^[0-9]$/);
    }
  });

  it.each([...vectors.refused, 'abcdef\ud800'])('refuses code points that nobody sees: %j', (typed) => {
    expect(() => normalizePin(typed)).toThrow(RangeError);
  });
});

describe('a weak PIN', () => {
  it.each(Object.entries(vectors.weak))('%j is refused: %s', (typed, reason) => {
    expect(pinWeakness(typed)).toBe(reason);
  });

  it.each(vectors.strong)('%j is not one', (typed) => {
    expect(pinWeakness(typed)).toBeNull();
  });
});
