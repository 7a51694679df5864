import { describe, expect, it } from 'vitest';
import { compareText } from './compare-code';

describe('the code that two devices show', () => {
  it('is the thirty bits, five at a time, without letters that look like digits', () => {
    expect(compareText(0)).toBe('000-000');
    expect(compareText(2 ** 30 - 1)).toBe('ZZZ-ZZZ');
    expect(compareText(1)).toBe('000-001');
    expect(compareText(31 << 25)).toBe('Z00-000');
    expect(compareText(354393459)).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/);
  });

  it('differs where a single bit differs', () => {
    const codes = Array.from({ length: 30 }, (_, bit) => compareText(2 ** bit));
    expect(new Set(codes).size).toBe(30);
  });
});
