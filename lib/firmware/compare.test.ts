import { createHash } from 'node:crypto';
import { blake2s } from '@noble/hashes/blake2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import type { WalletError } from '@/lib/errors';
import { compareFirmware, type FirmwareComparison } from './compare';
import { deviceHash } from './hashes';
import { parseImage } from './image';
import { CHUNK_BYTES, HEADER_BYTES, LAYOUTS } from './layout';
import { chunkMarks } from './report-text';
import { BUILD_ID, buildImage, hashChunks, type SyntheticOptions, signImage, TEST_KEYS } from './testing/synthetic';

const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(createHash('sha256').update(bytes).digest());
const compare = (vendor: Uint8Array, built: Uint8Array): Promise<FirmwareComparison> =>
  compareFirmware(parseImage(vendor), parseImage(built), { digest, keys: TEST_KEYS });
const sign = (build: Uint8Array) => signImage(build, [1, 2, 3, 4]);
const classesOf = ({ differences }: FirmwareComparison) => [...new Set(differences.map((each) => each.class))];

function flipped(bytes: Uint8Array, ...offsets: readonly number[]): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  for (const offset of offsets) copy[offset] = (copy[offset] ?? 0) ^ 0x80;
  return copy;
}

const dated = (buildId: string, options: SyntheticOptions = {}) => buildImage({ ...options, buildId });

describe('a build of the same source', () => {
  it('is reproducible: only signatures differ', async () => {
    const comparison = await compare(sign(buildImage()), buildImage());
    expect(comparison.verdict).toEqual({ kind: 'reproducible' });
    expect(classesOf(comparison)).toEqual(['signatures']);
    expect(comparison.vendor.hashes.masked).toBe(comparison.built.hashes.masked);
    expect(comparison.vendor.hashes.code).toBe(comparison.built.hashes.code);
    expect(comparison.vendor.hashes.fingerprint).toBe(comparison.built.hashes.fingerprint);
    expect(comparison.vendor.hashes.full).not.toBe(comparison.built.hashes.full);
    expect(comparison.vendor.signatures.state).toBe('valid');
    expect(comparison.built.signatures.state).toBe('none');
    expect(comparison.vendor.buildId?.text).toBe(BUILD_ID);
  });

  it('is reproducible for a Trezor One, too', async () => {
    const build = buildImage({ family: 'TRZF' });
    expect((await compare(signImage(build, [1, 2]), build)).verdict).toEqual({ kind: 'reproducible' });
  });

  it('has the hashes that sha256sum gives', async () => {
    const vendor = sign(buildImage());
    const { hashes } = (await compare(vendor, buildImage())).vendor;
    expect(hashes.full).toBe(createHash('sha256').update(vendor).digest('hex'));
    expect(hashes.code).toBe(createHash('sha256').update(vendor.subarray(1024)).digest('hex'));
    expect(hashes.masked).toBe(createHash('sha256').update(buildImage()).digest('hex'));
  });
});

describe('a build of another day', () => {
  const vendor = sign(buildImage({ buildIdOffset: 2 * CHUNK_BYTES + 0x3b4 }));
  const built = dated('mini.9.9.9-Stable-0919-4f1c2a9', { buildIdOffset: 2 * CHUNK_BYTES + 0x3b4 });

  it('differs only in build date, and is never called reproducible', async () => {
    const comparison = await compare(vendor, built);
    const [signatures, hash, date] = ['signatures', 'chunk-hash', 'build-date'].map((name) =>
      comparison.differences.filter((each) => each.class === name),
    );
    expect(comparison.differences.every(({ explained }) => explained)).toBe(true);
    expect(date).toMatchObject([{ start: 2 * CHUNK_BYTES + 0x3b4 + 19, differingBytes: 2, chunk: 2 }]);
    expect(hash?.[0]).toMatchObject({ field: 'hash_2', chunk: 2, explained: true });
    expect(signatures).toHaveLength(1);
    const hashBytes = hash?.reduce((sum, { differingBytes }) => sum + differingBytes, 0) ?? 0;
    expect(comparison.verdict).toEqual({ kind: 'build-date-only', bytes: hashBytes + 2 });
  });

  it('explains no hash that is not that of the content', async () => {
    const lying = flipped(built, 0x20 + 32 * 2);
    const comparison = await compare(vendor, lying);
    expect(comparison.verdict).toMatchObject({ kind: 'not-reproducible' });
    expect(comparison.built.chunks[2]).toEqual({ chunk: 2, state: 'stale' });
  });

  it('does not explain a date that stands elsewhere, or in another text', async () => {
    for (const other of [
      'mini.9.9.8-Stable-0919-4f1c2a9',
      'mini.9.9.9-Alpha-0919-4f1c2a90',
      'mini.9.9.9-Stable-09x9-4f1c2a9',
    ]) {
      const comparison = await compare(vendor, dated(other, { buildIdOffset: 2 * CHUNK_BYTES + 0x3b4 }));
      expect(comparison.verdict.kind, other).toBe('not-reproducible');
    }
    const moved = await compare(vendor, dated(BUILD_ID, { buildIdOffset: 2 * CHUNK_BYTES + 0x3b5 }));
    expect(moved.verdict.kind).toBe('not-reproducible');
  });

  it('names another commit as what it is, in both places, and leaves it unexplained', async () => {
    const options = { buildIdOffset: CHUNK_BYTES + 0x100, revisionOffset: CHUNK_BYTES + 0x200 };
    const comparison = await compare(
      sign(buildImage(options)),
      buildImage({ ...options, buildId: 'mini.9.9.9-Stable-0612-0a1b2c3' }),
    );
    const revisions = comparison.differences.filter((each) => each.class === 'scm-revision');
    expect(revisions.map(({ start }) => start)).toEqual([CHUNK_BYTES + 0x100 + 23, CHUNK_BYTES + 0x200]);
    expect(comparison.verdict.kind).toBe('not-reproducible');
    expect(classesOf(comparison)).toEqual(['chunk-hash', 'signatures', 'scm-revision']);
  });
});

describe('a build of other source', () => {
  it('is not reproducible, and every unexplained byte is counted', async () => {
    const built = hashChunks(flipped(buildImage(), 5000, 5001, 5040, 2 * CHUNK_BYTES));
    const comparison = await compare(sign(buildImage()), built);
    const code = comparison.differences.filter((each) => each.class === 'code');
    expect(code.map(({ start, end }) => [start, end])).toEqual([
      [5000, 5002],
      [5040, 5041],
      [2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 1],
    ]);
    expect(comparison.verdict).toEqual({ kind: 'not-reproducible', unexplainedBytes: 4 });
    expect(chunkMarks(comparison).slice(0, 4)).toEqual(['unexplained', 'equal', 'unexplained', 'unused']);
  });

  it('counts what only the longer one has', async () => {
    const comparison = await compare(
      sign(buildImage({ sizeBytes: CHUNK_BYTES })),
      buildImage({ sizeBytes: CHUNK_BYTES + 9, buildIdOffset: CHUNK_BYTES - 100 }),
    );
    expect(comparison.differences.at(-1)).toMatchObject({
      class: 'code',
      start: CHUNK_BYTES,
      end: CHUNK_BYTES + 9,
      differingBytes: 9,
    });
    expect(classesOf(comparison)).toContain('header');
  });

  it.each(Array.from({ length: 4 }, (_, chunk) => [chunk]))(
    'sees the first and the last byte of chunk %i',
    async (chunk) => {
      const base = buildImage({ sizeBytes: 4 * CHUNK_BYTES, buildIdOffset: 3 * CHUNK_BYTES + 500 });
      for (const offset of [Math.max(HEADER_BYTES, chunk * CHUNK_BYTES), (chunk + 1) * CHUNK_BYTES - 1]) {
        const comparison = await compare(sign(base), hashChunks(flipped(base, offset)));
        const hashes = comparison.differences.filter((each) => each.class === 'chunk-hash');
        expect(new Set(hashes.map((each) => each.chunk))).toEqual(new Set([chunk]));
        expect(comparison.verdict).toEqual({ kind: 'not-reproducible', unexplainedBytes: 1 });
        expect(comparison.built.chunks.map(({ state }) => state).slice(0, 5)).toEqual([
          'fits',
          'fits',
          'fits',
          'fits',
          'unused',
        ]);
      }
    },
  );
});

describe('a header with one bit flipped', () => {
  const build = buildImage();
  it.each(LAYOUTS.MINI.fields.filter(({ name }) => name !== 'magic' && name !== 'codelen'))(
    'is told by its field: $name',
    async ({ name, start }) => {
      const comparison = await compare(sign(build), flipped(build, start));
      const found = comparison.differences.filter(({ explained }) => !explained);
      if (/^sig/.test(name)) {
        expect(comparison.verdict.kind).toBe('reproducible');
        expect(comparison.built.signatures.state).toBe('invalid');
      } else {
        expect(found).toMatchObject([{ field: name, start, end: start + 1, differingBytes: 1 }]);
        expect(comparison.verdict).toEqual({ kind: 'not-reproducible', unexplainedBytes: 1 });
      }
    },
  );

  it('is no image of this family, or of another length, for magic and codelen', () => {
    expect(() => parseImage(flipped(build, 0))).toThrow('bad-firmware');
    expect(() => parseImage(flipped(build, 12))).toThrow('bad-firmware');
  });
});

describe('two files that cannot be compared', () => {
  const reasonOf = (vendor: Uint8Array, built: Uint8Array) =>
    compare(vendor, built).then(
      () => undefined,
      (error: WalletError) => error.details.reason,
    );

  it('are the same file twice, a wrapper or not', async () => {
    expect(await reasonOf(buildImage(), buildImage())).toBe('same-file');
    const wrapped = new Uint8Array(256 + buildImage().length);
    wrapped.set(new TextEncoder().encode('TRZR'));
    wrapped.set(buildImage({ family: 'TRZF' }), 256);
    expect(await reasonOf(wrapped, buildImage({ family: 'TRZF' }))).toBe('same-file');
  });

  it('are of two families', async () => {
    expect(await reasonOf(buildImage(), buildImage({ family: 'TRZF' }))).toBe('other-family');
  });
});

it('accounts for every differing byte exactly once, whatever differs', async () => {
  const base = buildImage({ sizeBytes: 2 * CHUNK_BYTES });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(2 * CHUNK_BYTES - 1), { minLength: 1, maxLength: 40 }), async (offsets) => {
      const kept = offsets.filter((at) => at >= 16);
      if (kept.length === 0) return;
      const { differences } = await compare(base, flipped(base, ...kept));
      expect(differences.reduce((sum, { differingBytes }) => sum + differingBytes, 0)).toBe(kept.length);
      for (const [place, { start }] of differences.entries())
        expect(start).toBeGreaterThanOrEqual(differences[place - 1]?.end ?? 0);
    }),
    { numRuns: 40 },
  );
});

it('computes what a device with this image answers to a challenge', () => {
  const challenge = Uint8Array.from({ length: 32 }, (_, place) => place);
  const bytes = sign(buildImage());
  const flash = new Uint8Array(983_040).fill(0xff);
  flash.set(bytes);
  expect(toHex(deviceHash(parseImage(bytes), challenge))).toBe(toHex(blake2s(flash, { key: challenge })));
  expect(deviceHash(parseImage(bytes), challenge)).not.toEqual(deviceHash(parseImage(buildImage()), challenge));
});
