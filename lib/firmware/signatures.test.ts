import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '@/lib/bytes';
import { parseImage } from './image';
import { checkSignatures, fingerprintOf, signedDigest } from './signatures';
import { buildImage, signImage, TEST_KEYS } from './testing/synthetic';
import { VENDOR_KEYS } from './vendor-keys';

const check = (bytes: Uint8Array, keys = TEST_KEYS) => checkSignatures(parseImage(bytes), keys);
const statesOf = (bytes: Uint8Array) => check(bytes).slots.map(({ state }) => state);

describe('checkSignatures', () => {
  it('finds four signatures of seven keys valid', () => {
    const report = check(signImage(buildImage(), [7, 2, 5, 1]));
    expect(report).toMatchObject({ state: 'valid', valid: 4, threshold: 4, keyCount: 7 });
    expect(report.slots.map(({ index }) => index)).toEqual([7, 2, 5, 1]);
  });

  it('finds the two schemes of a Trezor One', () => {
    const build = buildImage({ family: 'TRZF' });
    expect(check(signImage(build, [1, 3]))).toMatchObject({ state: 'valid', valid: 2, threshold: 2 });
    expect(check(signImage(build, [5, 1, 4], 'plain'))).toMatchObject({ state: 'valid', valid: 3, threshold: 3 });
    expect(check(signImage(build, [1, 2], 'plain')).state).toBe('invalid');
  });

  it('finds an own build not signed', () => {
    expect(check(buildImage())).toMatchObject({ state: 'none', valid: 0 });
    expect(statesOf(buildImage())).toEqual(['empty', 'empty', 'empty', 'empty']);
  });

  it('counts one key once, and wants all that the boot loader wants', () => {
    expect(statesOf(signImage(buildImage(), [1, 2, 2, 3]))).toEqual(['valid', 'valid', 'invalid', 'valid']);
    expect(check(signImage(buildImage(), [1, 2, 3])).state).toBe('invalid');
  });

  it('holds a signature against the key that its index names', () => {
    for (const index of [0, 2, 8, 255]) {
      const bytes = signImage(buildImage(), [1, 3, 4, 5]);
      bytes[0x320] = index;
      expect(statesOf(bytes), String(index)).toEqual(['invalid', 'valid', 'valid', 'valid']);
    }
  });

  it('notices a changed bit in header and signature, and in the code by its chunk hash', () => {
    for (const offset of [4, 0x20, 0x220, 0x220 + 63, 0x3ff]) {
      const bytes = signImage(buildImage(), [1, 2, 3, 4]);
      bytes[offset] = (bytes[offset] ?? 0) ^ 1;
      expect(check(bytes).state, `0x${offset.toString(16)}`).toBe('invalid');
    }
  });

  it('finds test signatures invalid by the vendors’ keys', () => {
    expect(check(signImage(buildImage(), [1, 2, 3, 4]), VENDOR_KEYS)).toMatchObject({ state: 'invalid', valid: 0 });
  });
});

describe('the signed digest', () => {
  it('is that of a Bitcoin message over the masked header', () => {
    const build = buildImage();
    const header = build.slice(0, 1024);
    expect(toHex(fingerprintOf(parseImage(signImage(build, [1, 2, 3, 4]))))).toBe(toHex(sha256(header)));
    const message = new Uint8Array([0x18, ...utf8('Bitcoin Signed Message:\n'), 0x20, ...sha256(header)]);
    expect(toHex(signedDigest(sha256(header), 'message'))).toBe(toHex(sha256(sha256(message))));
  });
});

describe('the vendors’ keys', () => {
  it('are points on the curve, and no scheme holds one twice', () => {
    for (const scheme of Object.values(VENDOR_KEYS).flat()) {
      expect(new Set(scheme.keys).size).toBe(scheme.keys.length);
      for (const key of scheme.keys)
        expect(() => secp256k1.Point.fromBytes(fromHex(key)).assertValidity()).not.toThrow();
    }
  });
});
