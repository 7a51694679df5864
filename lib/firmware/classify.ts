/** What each differing byte belongs to, and whether its difference is explained. */
import { type BuildId, movedDates, movedRevisions } from './build-id';
import type { ChunkHash } from './hashes';
import type { FirmwareImage } from './image';
import { CHUNK_BYTES, CHUNK_COUNT, HEADER_BYTES, LAYOUTS, type Span } from './layout';
import { countDiffering, differingRanges } from './ranges';

export type DifferenceClass =
  | 'signatures'
  | 'chunk-hash'
  | 'build-date'
  | 'scm-revision'
  | 'reset-handler'
  | 'header'
  | 'code';

export interface Difference extends Span {
  readonly class: DifferenceClass;
  /** A field of the header by its name in the sources. */
  readonly field?: string;
  /** The chunk that the bytes lie in; for a chunk's hash the chunk that it speaks for. */
  readonly chunk: number;
  readonly differingBytes: number;
  /** Nobody has to wonder about it: a signature, the date of the build, or a hash that follows from its chunk. */
  readonly explained: boolean;
}

interface Region extends Span {
  readonly class: DifferenceClass;
  readonly field?: string;
  readonly explained: boolean;
  readonly chunk?: number;
}

interface Side {
  readonly image: FirmwareImage;
  readonly chunks: readonly ChunkHash[];
  readonly buildIds: readonly BuildId[];
}

/** Every range of differing bytes, in ascending order, each within one region. */
export function classifyDifferences(vendor: Side, built: Side): Difference[] {
  const regions = [...headerRegions(vendor, built), ...codeRegions(vendor, built)].sort((a, b) => a.start - b.start);
  const edges = regions.flatMap(({ start, end }) => [start, end]);
  const chunkEdges = Array.from({ length: CHUNK_COUNT }, (_, chunk) => CHUNK_BYTES * chunk);
  const cuts = [...new Set([...edges, ...chunkEdges, HEADER_BYTES])].sort((a, b) => a - b);
  const [theirs, ours] = [vendor.image.bytes, built.image.bytes];
  // Ranges and regions both ascend, and no range crosses the edge of a region.
  let next = 0;
  return differingRanges(theirs, ours, cuts).map((span): Difference => {
    while ((regions[next]?.end ?? Number.POSITIVE_INFINITY) <= span.start) next += 1;
    const region = regions[next];
    const inside = region !== undefined && region.start <= span.start;
    return describe(span, inside ? region : undefined, countDiffering(theirs, ours, span));
  });
}

function describe({ start, end }: Span, region: Region | undefined, differingBytes: number): Difference {
  const chunk = Math.floor(start / CHUNK_BYTES);
  if (region === undefined) return { start, end, class: 'code', chunk, differingBytes, explained: false };
  return {
    start,
    end,
    class: region.class,
    ...(region.field === undefined ? {} : { field: region.field }),
    chunk: region.chunk ?? chunk,
    differingBytes,
    explained: region.explained,
  };
}

function headerRegions(vendor: Side, built: Side): Region[] {
  const { fields, signatures } = LAYOUTS[vendor.image.family];
  const hashed = ({ chunks }: Side, chunk: number) => chunks[chunk]?.state !== 'stale';
  const others = fields
    .filter(({ start }) => start < signatures.start || start >= signatures.end)
    .map(({ name, form, start, end }): Region => {
      const place = { start, end, field: name };
      if (form === 'hash') {
        const chunk = Number(name.slice('hash_'.length));
        return { ...place, class: 'chunk-hash', chunk, explained: hashed(vendor, chunk) && hashed(built, chunk) };
      }
      return { ...place, class: name === 'reset_handler' ? 'reset-handler' : 'header', explained: false };
    });
  return [{ ...signatures, class: 'signatures', explained: true }, ...others];
}

function codeRegions(vendor: Side, built: Side): Region[] {
  const dates = movedDates(vendor.buildIds, built.buildIds);
  const revisions = movedRevisions(vendor.image, built.image, vendor.buildIds, built.buildIds);
  return [
    ...dates.map((span): Region => ({ ...span, class: 'build-date', explained: true })),
    ...revisions.map((span): Region => ({ ...span, class: 'scm-revision', explained: false })),
  ];
}
