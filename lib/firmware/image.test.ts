import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { codeOf, fieldText, maskedImage, parseImage, reservedOffsets } from './image';
import { CHUNK_BYTES, HEADER_BYTES, LAYOUTS } from './layout';
import { buildImage, signImage } from './testing/synthetic';

function faultOf(file: Uint8Array): string | undefined {
  try {
    parseImage(file);
    return undefined;
  } catch (error) {
    if (!(error instanceof WalletError)) throw error;
    expect(error.code).toBe('bad-firmware');
    return error.details.reason;
  }
}

function withLength(codeBytes: number, fileBytes: number): Uint8Array {
  const file = new Uint8Array(fileBytes);
  file.set(utf8('MINI'));
  new DataView(file.buffer).setUint32(12, codeBytes, true);
  return file;
}

describe('parseImage', () => {
  it('finds family, code and the number of chunks', () => {
    const image = parseImage(buildImage({ sizeBytes: 2 * CHUNK_BYTES + 1 }));
    expect(image).toMatchObject({ family: 'MINI', wrapped: false, usedChunks: 3 });
    expect(codeOf(image)).toHaveLength(2 * CHUNK_BYTES + 1 - HEADER_BYTES);
  });

  it('strips the wrapper of old files from Trezor', () => {
    const inner = buildImage({ family: 'TRZF' });
    const file = new Uint8Array(256 + inner.length);
    file.set(utf8('TRZR'));
    file.set(inner, 256);
    const image = parseImage(file);
    expect(image).toMatchObject({ family: 'TRZF', wrapped: true });
    expect(equalBytes(image.bytes, inner)).toBe(true);
  });

  it.each([
    ['nothing at all', new Uint8Array(), 'empty'],
    ['more than 8 MiB', new Uint8Array(8 * 1024 * 1024 + 1), 'too-large'],
    ['a text', utf8('MINIMAL, but not at its beginning').subarray(1), 'not-firmware'],
    ['a header that is cut', buildImage().subarray(0, 1023), 'truncated'],
    ['four letters', utf8('MINI'), 'truncated'],
    ['a wrapper around nothing', utf8('TRZR'), 'truncated'],
    ['a file that is cut', buildImage().subarray(0, -1), 'truncated'],
    ['a file that goes on', new Uint8Array([...buildImage(), 0]), 'trailing-bytes'],
    ['a length of zero', withLength(0, HEADER_BYTES), 'too-short'],
    ['4,095 bytes', withLength(4095 - HEADER_BYTES, 4095), 'too-short'],
    [
      'a length beyond sixteen chunks',
      withLength(16 * CHUNK_BYTES - HEADER_BYTES + 1, 16 * CHUNK_BYTES + 1),
      'too-long',
    ],
    ['the largest length there is', withLength(0xffff_ffff, 4096), 'too-long'],
  ])('refuses %s', (_, file, fault) => {
    expect(faultOf(file)).toBe(fault);
  });

  it('takes the smallest and the largest image there can be', () => {
    expect(parseImage(withLength(4096 - HEADER_BYTES, 4096)).usedChunks).toBe(1);
    expect(parseImage(withLength(16 * CHUNK_BYTES - HEADER_BYTES, 16 * CHUNK_BYTES)).usedChunks).toBe(16);
  });

  it('answers any header with an image or with a reason, and never breaks', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 6000 }),
        fc.constantFrom('MINI', 'TRZF', 'TRZR', ''),
        (bytes, magic) => {
          const file = new Uint8Array(bytes);
          file.set(utf8(magic).subarray(0, file.length));
          const fault = faultOf(file);
          if (fault === undefined) expect(parseImage(file).bytes.length).toBeGreaterThanOrEqual(4096);
          else expect(fault).toMatch(/^[a-z-]+$/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the header', () => {
  it('covers all of its 1,024 bytes once, in both families', () => {
    for (const { fields } of Object.values(LAYOUTS)) {
      const covered = new Uint8Array(HEADER_BYTES);
      for (const { start, end } of fields) for (let at = start; at < end; at += 1) covered[at] = (covered[at] ?? 0) + 1;
      expect(new Set(covered)).toEqual(new Set([1]));
    }
  });

  it('is read as people write it', () => {
    const image = parseImage(buildImage());
    const text = (name: string) => {
      const field = LAYOUTS.MINI.fields.find((each) => each.name === name);
      return field && fieldText(image, field);
    };
    expect(text('magic')).toBe('MINI');
    expect(text('reset_handler')).toBe('0x08012345');
    expect(text('version')).toBe('2.99.99.0');
    expect(text('onekey_version')).toBe('9.9.9');
    expect(text('codelen')).toBe(String(3 * CHUNK_BYTES - HEADER_BYTES));
    expect(text('hash_15')).toBe('0'.repeat(64));
  });

  it('tells reserved bytes that are not zero', () => {
    const bytes = buildImage();
    expect(reservedOffsets(parseImage(bytes))).toEqual([]);
    bytes[0x1c] = 1;
    bytes[959] = 1;
    expect(reservedOffsets(parseImage(bytes))).toEqual([0x1c, 959]);
  });

  it('is masked exactly where the vendor signs', () => {
    for (const [family, start, end] of [
      ['MINI', 544, 804],
      ['TRZF', 544, 739],
    ] as const) {
      const bytes = buildImage({ family });
      bytes.fill(7, 500, 900);
      const masked = maskedImage(parseImage(bytes));
      for (let at = 500; at < 900; at += 1) expect(masked[at], `${family} ${at}`).toBe(at >= start && at < end ? 0 : 7);
    }
    expect(equalBytes(maskedImage(parseImage(signImage(buildImage(), [1, 2, 3, 4]))), buildImage())).toBe(true);
  });
});
