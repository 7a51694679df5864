import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareFirmware } from './compare';
import { hexRows } from './hex-dump';
import { parseImage } from './image';
import { CHUNK_BYTES } from './layout';
import { reportDocument, verdictText } from './report';
import { reportText, resultsYaml } from './report-text';
import { PUBLIC_REVIEWS, reviewOf } from './reviews';
import { buildImage, signImage, TEST_KEYS } from './testing/synthetic';

const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(createHash('sha256').update(bytes).digest());
const VENDOR = signImage(buildImage(), [1, 2, 3, 4]);
const BUILT = buildImage({ buildId: 'mini.9.9.9-Stable-0919-4f1c2a9' });
const files = { vendor: 'theirs "signed".bin', built: 'ours: local.bin' };
const compare = () => compareFirmware(parseImage(VENDOR), parseImage(BUILT), { digest, keys: TEST_KEYS });

describe('the report', () => {
  it('says verdicts in the reviewers’ words', () => {
    expect(verdictText({ kind: 'reproducible' })).toBe('Reproducible (only signatures differ)');
    expect(verdictText({ kind: 'build-date-only', bytes: 34 })).toBe(
      'Differs only in build date: 34 bytes, all accounted for',
    );
    expect(verdictText({ kind: 'not-reproducible', unexplainedBytes: 1 })).toBe('Not reproducible: 1 byte unexplained');
  });

  it('has differences with offset, flash address, hex and ASCII', async () => {
    const report = reportDocument(await compare(), files);
    const date = report.differences.find((each) => each.class === 'build-date');
    const offset = CHUNK_BYTES + 0x3b4 + 19;
    expect(date).toMatchObject({
      offset,
      flashAddress: '0x080203c7',
      length: 3,
      differingBytes: 2,
      vendor: { hex: '363132', ascii: '612' },
      built: { hex: '393139', ascii: '919' },
    });
    expect(report.header.find(({ field }) => field === 'onekey_version')).toMatchObject({
      vendor: '9.9.9',
      equal: true,
    });
    expect(report.chunks[1]).toEqual({ chunk: 1, vendor: 'fits', built: 'fits', differingBytes: 2 });
    expect(report.verdict).toMatch(/^Differs only in build date: \d+ bytes, all accounted for$/);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('begins with two lines of sha256sum, shows rows like xxd, and ends with the verdict', async () => {
    const lines = reportText(await compare(), files);
    expect(lines[0]).toBe(`${createHash('sha256').update(VENDOR).digest('hex')}  ${files.vendor}`);
    expect(lines[1]).toBe(`${createHash('sha256').update(BUILT).digest('hex')}  ${files.built}`);
    expect(lines).toContain('chunks      =~=.............');
    const row = `000103c0: ${Buffer.from(VENDOR.subarray(0x103c0, 0x103d0)).toString('hex').match(/.{4}/g)?.join(' ')}`;
    expect(lines.some((line) => line.startsWith(`- ${row}`))).toBe(true);
    expect(lines.at(-1)).toBe(verdictText((await compare()).verdict));
  });

  it('is bounded where everything differs', async () => {
    const other = new Uint8Array(buildImage());
    for (let at = 1024; at < other.length; at += 20) other[at] = (other[at] ?? 0) ^ 1;
    const comparison = await compareFirmware(parseImage(VENDOR), parseImage(other), { digest, keys: TEST_KEYS });
    expect(comparison.differences.length).toBeGreaterThan(9_000);
    const lines = reportText(comparison, files);
    expect(lines.length).toBeLessThan(1_000);
    expect(lines.some((line) => /^and \d+ differences more$/.test(line))).toBe(true);
  });
});

it('COMPARISON_RESULTS.yaml is YAML, whatever the files are called', async () => {
  const text = resultsYaml(await compare(), { nowMs: Date.UTC(2026, 4, 3), version: '0.1.0', files });
  expect(parse(text)).toEqual({
    date: '2026-05-03T00:00:00.000Z',
    script_version: '0.1.0',
    build_type: 'firmware',
    results: [
      {
        architecture: 'onekey-mini',
        status: expect.stringContaining('Differs only in build date'),
        files: [
          { filename: files.vendor, hash: createHash('sha256').update(VENDOR).digest('hex'), match: false },
          { filename: files.built, hash: createHash('sha256').update(BUILT).digest('hex'), match: false },
        ],
      },
    ],
  });
});

it('rows of a dump are aligned, marked, and end with the image', () => {
  const a = Uint8Array.from({ length: 40 }, (_, at) => at);
  const b = Uint8Array.from(a).fill(0xff, 33, 34);
  expect(hexRows(a, b, { start: 30, end: 60 }, 8)).toMatchObject([
    { offset: 16, marked: [] },
    {
      offset: 32,
      marked: [1],
      hex: ['20', '21', '22', '23', '24', '25', '26', '27'],
      ascii: [' ', '!', '"', '#', '$', '%', '&', "'"],
    },
  ]);
  expect(hexRows(a, b, { start: 0, end: 40 }, 1)).toHaveLength(1);
});

it('the published reviews are well-formed, and found by the vendor’s hash alone', () => {
  for (const { vendorSha256, builtSha256, source } of PUBLIC_REVIEWS) {
    expect(vendorSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(builtSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(source).toMatch(/^https:\/\//);
  }
  expect(reviewOf('88b76f05d95e6718d0bf3d4dabb12cf2403cfed91c351008441fe2a33b1cd9ae')?.version).toBe('3.0.0');
  expect(reviewOf('0'.repeat(64))).toBeUndefined();
});
