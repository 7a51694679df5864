/** What a comparison found, as one object that others can read: offsets from the image's start, hex in lower case. */
import type { FirmwareComparison, ImageReport, Verdict } from './compare';
import { asciiOf } from './hex-dump';
import { type FirmwareImage, fieldText } from './image';
import { flashAddress, LAYOUTS, type Span } from './layout';
import { reviewOf } from './reviews';

/** More of a difference is not written out. */
const SHOWN_BYTES = 256;

const plural = (bytes: number): string => `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;

/** In the reviewers' words; said in English in every report, so that reports can be compared. */
export function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'reproducible':
      return 'Reproducible (only signatures differ)';
    case 'build-date-only':
      return `Differs only in build date: ${plural(verdict.bytes)}, all accounted for`;
    case 'not-reproducible':
      return `Not reproducible: ${plural(verdict.unexplainedBytes)} unexplained`;
    default:
      return verdict satisfies never;
  }
}

export interface HeaderLine {
  readonly field: string;
  readonly offset: number;
  readonly vendor: string;
  readonly built: string;
  readonly equal: boolean;
}

/** Every field of the header, side by side. */
export function headerLines(vendor: FirmwareImage, built: FirmwareImage): HeaderLine[] {
  return LAYOUTS[vendor.family].fields.map((field) => {
    const [theirs, ours] = [fieldText(vendor, field), fieldText(built, field)];
    return { field: field.name, offset: field.start, vendor: theirs, built: ours, equal: theirs === ours };
  });
}

export interface FileNames {
  readonly vendor: string;
  readonly built: string;
}

export const hexAddress = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

function bytesOf({ bytes }: FirmwareImage, { start, end }: Span): { hex: string; ascii: string } {
  const shown = Array.from(bytes.subarray(start, Math.min(end, start + SHOWN_BYTES)));
  return {
    hex: shown.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    ascii: shown.map(asciiOf).join(''),
  };
}

/** The whole report as plain data, for `--json` and for a file. */
export function reportDocument(comparison: FirmwareComparison, files: FileNames) {
  const { verdict, vendor, built, differences } = comparison;
  return {
    verdict: verdictText(verdict),
    family: vendor.image.family,
    files: { vendor: fileOf(vendor, files.vendor), built: fileOf(built, files.built) },
    hashes: { vendor: vendor.hashes, built: built.hashes },
    header: headerLines(vendor.image, built.image),
    signatures: { vendor: vendor.signatures, built: built.signatures },
    chunks: vendor.chunks.map(({ chunk, state }) => ({
      chunk,
      vendor: state,
      built: built.chunks[chunk]?.state ?? 'unused',
      differingBytes: differences
        .filter((difference) => difference.chunk === chunk && !IN_HEADER.has(difference.class))
        .reduce((sum, { differingBytes }) => sum + differingBytes, 0),
    })),
    differences: differences.map((difference) => ({
      class: difference.class,
      ...(difference.field === undefined ? {} : { field: difference.field }),
      offset: difference.start,
      flashAddress: hexAddress(flashAddress(difference.start)),
      length: difference.end - difference.start,
      differingBytes: difference.differingBytes,
      chunk: difference.chunk,
      explained: difference.explained,
      vendor: bytesOf(vendor.image, difference),
      built: bytesOf(built.image, difference),
    })),
    review: reviewOf(vendor.hashes.full) ?? null,
  };
}

/** Classes of bytes that no chunk holds. */
export const IN_HEADER: ReadonlySet<string> = new Set(['signatures', 'chunk-hash', 'reset-handler', 'header']);

function fileOf({ image, buildId, reservedOffsets, fitsFlash }: ImageReport, name: string) {
  return {
    name,
    sizeBytes: image.bytes.length,
    wrapped: image.wrapped,
    buildId: buildId?.text ?? null,
    reservedOffsets,
    fitsFlash,
  };
}
