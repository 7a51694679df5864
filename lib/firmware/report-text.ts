/** A comparison as text to be shared: `sha256sum` lines, findings, and differences as `xxd` shows them. */
import type { FirmwareComparison, ImageReport } from './compare';
import { type HexRow, hexRows, ROW_BYTES } from './hex-dump';
import { flashAddress } from './layout';
import { type FileNames, headerLines, hexAddress, verdictText } from './report';
import { reviewOf } from './reviews';

/** Differences that are written out, and rows of each. */
const SHOWN_DIFFERENCES = 64;
const SHOWN_ROWS = 8;

export function reportText(comparison: FirmwareComparison, files: FileNames): string[] {
  const { verdict, vendor, built } = comparison;
  const review = reviewOf(vendor.hashes.full);
  return [
    `${vendor.hashes.full}  ${files.vendor}`,
    `${built.hashes.full}  ${files.built}`,
    '',
    ...hashLines(vendor, built),
    '',
    ...fieldLines(comparison),
    '',
    ...findings(vendor, 'vendor'),
    ...findings(built, 'built'),
    `chunks      ${chunkStrip(comparison)}`,
    '            = equal, ~ explained, # unexplained, . unused',
    '',
    ...differenceLines(comparison),
    ...(review ? [`review      ${review.version}: ${review.verdict}, ${review.reviewer}, ${review.source}`, ''] : []),
    verdictText(verdict),
  ];
}

function hashLines(vendor: ImageReport, built: ImageReport): string[] {
  return (['masked', 'code', 'fingerprint'] as const).flatMap((name) => [
    `${name.padEnd(12)}${vendor.hashes[name]}  vendor`,
    `${''.padEnd(12)}${built.hashes[name]}  built${vendor.hashes[name] === built.hashes[name] ? ', equal' : ''}`,
  ]);
}

/** Fields that fit on a line; the long ones stand among the differences. */
function fieldLines({ vendor, built }: FirmwareComparison): string[] {
  return headerLines(vendor.image, built.image)
    .filter((line) => line.vendor.length <= 24 && line.built.length <= 24)
    .map(({ field, offset, vendor: theirs, built: ours, equal }) =>
      `${field.padEnd(15)} 0x${offset.toString(16).padStart(3, '0')}  ${theirs.padEnd(14)}${equal ? '' : `built ${ours}`}`.trimEnd(),
    );
}

function findings({ image, signatures, buildId, chunks, reservedOffsets, fitsFlash }: ImageReport, who: string) {
  const slots = signatures.slots.map(({ slot, index, state }) => `${slot}: key ${index} ${state}`).join(', ');
  const stale = chunks.filter(({ state }) => state === 'stale').map(({ chunk }) => chunk);
  return [
    `${who.padEnd(12)}${image.bytes.length} bytes${image.wrapped ? ', without its TRZR wrapper' : ''}, ${buildId?.text ?? 'names no build'}`,
    `${''.padEnd(12)}signatures ${signatures.state}, ${signatures.valid} valid of ${signatures.threshold} wanted (${slots})`,
    ...(stale.length > 0
      ? [`${''.padEnd(12)}chunk hashes that are not those of the content: ${stale.join(', ')}`]
      : []),
    ...(reservedOffsets.length > 0
      ? [
          `${''.padEnd(12)}reserved bytes that are not zero: ${reservedOffsets.map((at) => `0x${at.toString(16)}`).join(', ')}`,
        ]
      : []),
    ...(fitsFlash ? [] : [`${''.padEnd(12)}larger than the flash of the device`]),
  ];
}

export type ChunkMark = 'equal' | 'explained' | 'unexplained' | 'unused';

/** What happened to each of the sixteen chunks, its hash in the header included. */
export function chunkMarks({ vendor, built, differences }: FirmwareComparison): ChunkMark[] {
  return vendor.chunks.map(({ chunk }) => {
    const own = differences.filter(
      (each) => each.chunk === chunk && (each.class === 'chunk-hash' || !each.field) && each.class !== 'signatures',
    );
    if (own.some(({ explained }) => !explained)) return 'unexplained';
    if (own.length > 0) return 'explained';
    return chunk >= Math.max(vendor.image.usedChunks, built.image.usedChunks) ? 'unused' : 'equal';
  });
}

const CHUNK_SIGNS: Record<ChunkMark, string> = { equal: '=', explained: '~', unexplained: '#', unused: '.' };

const chunkStrip = (comparison: FirmwareComparison): string =>
  chunkMarks(comparison)
    .map((mark) => CHUNK_SIGNS[mark])
    .join('');

function differenceLines({ vendor, built, differences }: FirmwareComparison): string[] {
  const [theirs, ours] = [vendor.image.bytes, built.image.bytes];
  const shown = differences.slice(0, SHOWN_DIFFERENCES).flatMap((difference) => {
    const { start, end, field, differingBytes, explained } = difference;
    const name = field === undefined ? difference.class : `${difference.class} ${field}`;
    const rows = Math.ceil((end - start + (start % ROW_BYTES)) / ROW_BYTES);
    return [
      `${name}, offset 0x${start.toString(16)}, flash ${hexAddress(flashAddress(start))}, ${differingBytes} of ${end - start} bytes differ, ${explained ? 'explained' : 'unexplained'}`,
      ...hexRows(theirs, ours, difference, SHOWN_ROWS).map((row) => `- ${xxd(row)}`),
      ...hexRows(ours, theirs, difference, SHOWN_ROWS).map((row) => `+ ${xxd(row)}`),
      ...(rows > SHOWN_ROWS ? [`  and ${rows - SHOWN_ROWS} rows more`] : []),
      '',
    ];
  });
  const more = differences.length - SHOWN_DIFFERENCES;
  return more > 0 ? [...shown, `and ${more} differences more`, ''] : shown;
}

/** `000001f0: 6d69 6e69 2e33 ...  mini.3` */
function xxd({ offset, hex, ascii }: HexRow): string {
  const pairs = hex.join('').match(/.{1,4}/g) ?? [];
  return `${offset.toString(16).padStart(8, '0')}: ${pairs.join(' ').padEnd(39)}  ${ascii.join('').replaceAll('·', '.')}`;
}

export interface ResultsFacts {
  /** When the comparison was made, ms since the epoch. */
  readonly nowMs: number;
  /** Of the program that compared. */
  readonly version: string;
  readonly files: FileNames;
}

/** COMPARISON_RESULTS.yaml, as reviewers collect them. Text is quoted as in JSON, which YAML reads. */
export function resultsYaml(comparison: FirmwareComparison, { nowMs, version, files }: ResultsFacts): string {
  const { verdict, vendor, built } = comparison;
  const match = verdict.kind === 'reproducible';
  const quoted = (text: string) => JSON.stringify(text);
  const file = (name: string, hash: string) => [
    `      - filename: ${quoted(name)}`,
    `        hash: ${quoted(hash)}`,
    `        match: ${match}`,
  ];
  return [
    `date: ${quoted(new Date(nowMs).toISOString())}`,
    `script_version: ${quoted(version)}`,
    `build_type: ${quoted('firmware')}`,
    'results:',
    `  - architecture: ${quoted(vendor.image.family === 'MINI' ? 'onekey-mini' : 'trezor-one')}`,
    `    status: ${quoted(verdictText(verdict))}`,
    '    files:',
    ...file(files.vendor, vendor.hashes.full),
    ...file(files.built, built.hashes.full),
    '',
  ].join('\n');
}
