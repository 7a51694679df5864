import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHUNK_BYTES } from '@/lib/firmware/layout';
import { buildImage, hashChunks, signImage } from '@/lib/firmware/testing/synthetic';
import { firmwareDiff } from './firmware-diff';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'halfkey-firmware-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, bytes: Uint8Array): string {
  const path = join(root, name);
  writeFileSync(path, bytes);
  return path;
}

async function run(...args: string[]): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  return { status: await firmwareDiff(args, (line) => lines.push(line)), lines };
}

const MIB = { sizeBytes: 16 * CHUNK_BYTES, buildIdOffset: 9 * CHUNK_BYTES + 0xa3bf };
const vendor = (options = {}) => write('vendor.bin', signImage(buildImage(options), [1, 2, 3, 4]));
const built = (options = {}) => write('built.bin', buildImage(options));

describe('halfkey firmware-diff', () => {
  it('exits with 0 for a reproduced image of 1 MiB, and says so last', async () => {
    const { status, lines } = await run(vendor(MIB), built(MIB));
    expect(status).toBe(0);
    expect(lines.at(-1)).toBe('Reproducible (only signatures differ)');
  });

  it('exits with 1 for another build date, and prints one object with --json', async () => {
    const { status, lines } = await run(
      vendor(MIB),
      built({ ...MIB, buildId: 'mini.9.9.9-Stable-0919-4f1c2a9' }),
      '--json',
    );
    expect(status).toBe(1);
    expect(lines).toHaveLength(1);
    const report = JSON.parse(lines[0] ?? '');
    expect(report.verdict).toMatch(/^Differs only in build date: \d+ bytes, all accounted for$/);
    // A byte-wise tool, counting from 1, stops at chunk hash 9 of the header: byte 321.
    const first = report.differences.find((each: { class: string }) => each.class === 'chunk-hash');
    expect(first).toMatchObject({ offset: 0x140, field: 'hash_9' });
    for (const key of ['hashes', 'header', 'signatures']) expect(report[key]).toBeDefined();
  });

  it('exits with 1 for other code', async () => {
    const other = buildImage();
    other[9_000] = (other[9_000] ?? 0) ^ 1;
    const { status, lines } = await run(vendor(), write('other.bin', hashChunks(other)));
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe('Not reproducible: 1 byte unexplained');
  });

  it('writes COMPARISON_RESULTS.yaml where it is asked to', async () => {
    const path = join(root, 'COMPARISON_RESULTS.yaml');
    await run(vendor(), built(), '--results', path);
    expect(parse(readFileSync(path, 'utf8')).results[0]).toMatchObject({
      status: 'Reproducible (only signatures differ)',
      files: [
        { filename: 'vendor.bin', match: true },
        { filename: 'built.bin', match: true },
      ],
    });
  });

  it.each([
    ['a file that is not there', () => [join(root, 'none'), built()], /none does not exist/],
    ['a folder', () => [root, built()], /is not a file/],
    ['an empty file', () => [vendor(), write('empty.bin', new Uint8Array())], /empty\.bin is empty/],
    ['more than 8 MiB', () => [write('big.bin', new Uint8Array(8 * 1024 * 1024 + 1)), built()], /larger than 8 MiB/],
    ['no image', () => [write('a.bin', new Uint8Array(5000)), built()], /a\.bin is not a firmware image/],
    ['a cut image', () => [vendor(), write('cut.bin', buildImage().subarray(0, 9000))], /cut\.bin ends before/],
    [
      'another family',
      () => [vendor(), write('t.bin', buildImage({ family: 'TRZF' }))],
      /t\.bin is for another family/,
    ],
    ['the same file twice', () => [built(), built()], /byte for byte/],
    ['one file', () => [built()], /usage: halfkey firmware-diff/],
    ['three files', () => [built(), built(), built()], /usage/],
  ])('refuses %s in words', async (_, paths, words) => {
    await expect(run(...paths())).rejects.toThrow(words);
  });
});
