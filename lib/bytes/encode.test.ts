import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decode,
  decodeFixed,
  encode,
  equalBytes,
  fromBase64url,
  fromHex,
  readU32,
  toBase64url,
  toHex,
  u8,
  u32,
} from './index';

describe('encode', () => {
  it('puts each length in four big-endian bytes before its value', () => {
    expect(toHex(encode('ab', u8(1), u32(258)))).toBe('0000000261620000000101000000040000' + '0102');
  });

  it('gives back every tuple of byte strings', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (values) => {
        expect(decode(encode(...values)).map(toHex)).toEqual(values.map(toHex));
      }),
    );
  });

  it('refuses every truncation', () => {
    const encoded = encode('halfkey', u32(7), new Uint8Array(33));
    for (let length = 1; length < encoded.length; length++) {
      const cut = encoded.slice(0, length);
      const whole = [11, 19].includes(length);
      if (whole) expect(decode(cut).length).toBeLessThan(3);
      else expect(() => decode(cut)).toThrow(RangeError);
    }
  });

  it('refuses integers that do not fit', () => {
    for (const value of [-1, 256, 1.5, Number.NaN]) expect(() => u8(value)).toThrow(RangeError);
    for (const value of [-1, 2 ** 32, 0.1]) expect(() => u32(value)).toThrow(RangeError);
  });

  it('reads a number where it stands, and none past the end', () => {
    const bytes = Uint8Array.of(9, 0, 0, 1, 2, 9).subarray(1, 5);
    expect(readU32(bytes)).toBe(258);
    expect(readU32(encode(u32(4_294_967_295)), 4)).toBe(4_294_967_295);
    expect(() => readU32(bytes, 1)).toThrow(RangeError);
  });

  it('gives back a tuple of fixed lengths, and refuses any other', () => {
    const encoded = encode(u8(7), new Uint8Array(3));
    expect(decodeFixed(encoded, [1, 3]).map(toHex)).toEqual(['07', '000000']);
    for (const lengths of [[1], [1, 2], [3, 1], [1, 3, 0], []])
      expect(() => decodeFixed(encoded, lengths)).toThrow(RangeError);
  });
});

describe('text forms', () => {
  it('round-trip', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(fromHex(toHex(bytes)))).toBe(toHex(bytes));
        expect(toHex(fromBase64url(toBase64url(bytes)))).toBe(toHex(bytes));
      }),
    );
  });

  it('compare by content and length', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  });
});
