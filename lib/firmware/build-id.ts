/** What a build of the Mini says of itself inside its code: version, day and commit (`BUILD_ID`, `SCM_REVISION`). */
import type { FirmwareImage } from './image';
import { HEADER_BYTES, type Span } from './layout';

export interface BuildId extends Span {
  /** `mini.3.9.0-Stable-0807-a8b4519` */
  readonly text: string;
  /** Month and day, four digits: the clock of the machine that built it. */
  readonly monthDay: string;
  /** First seven hex digits of the commit. */
  readonly commit: string;
  /** Where the four digits stand. */
  readonly dateSpan: Span;
}

const BUILD_ID = /^mini\.\d+\.\d+\.\d+-(?:Stable|Alpha)-(\d{4})-([0-9a-f]{7})/;
const LONGEST_BUILD_ID = 64;
const REVISION_BYTES = 20;

/** Every place where the code names its build; the Mini's sources put one there. */
export function buildIdsOf({ bytes }: FirmwareImage): BuildId[] {
  const found: BuildId[] = [];
  for (let start = nextM(bytes, HEADER_BYTES); start >= 0; start = nextM(bytes, start + 1)) {
    const text = textAt(bytes, start);
    const match = text === undefined ? null : BUILD_ID.exec(text);
    if (match) found.push(buildIdAt(start, match));
  }
  return found;
}

const nextM = (bytes: Uint8Array, from: number): number => bytes.indexOf(0x6d, from);

/** The bytes there as Latin-1, if they can be a BUILD_ID: almost everywhere they cannot. */
function textAt(bytes: Uint8Array, start: number): string | undefined {
  if (bytes[start + 1] !== 0x69 || bytes[start + 4] !== 0x2e) return undefined;
  return String.fromCharCode(...bytes.subarray(start, start + LONGEST_BUILD_ID));
}

function buildIdAt(start: number, [text = '', monthDay = '', commit = '']: readonly string[]): BuildId {
  const end = start + text.length;
  return { text, monthDay, commit, start, end, dateSpan: { start: end - 12, end: end - 8 } };
}

/** Dates at the same place of both, in texts that are otherwise equal. */
export function movedDates(vendor: readonly BuildId[], built: readonly BuildId[]): Span[] {
  return pairs(vendor, built)
    .filter(([theirs, ours]) => withoutDate(theirs) === withoutDate(ours))
    .map(([theirs]) => theirs.dateSpan);
}

/** Commits that differ: as digits in BUILD_ID, and as the 20 bytes of SCM_REVISION. */
export function movedRevisions(
  vendor: FirmwareImage,
  built: FirmwareImage,
  vendorIds: readonly BuildId[],
  builtIds: readonly BuildId[],
): Span[] {
  return pairs(vendorIds, builtIds)
    .filter(([theirs, ours]) => theirs.commit !== ours.commit && versionOf(theirs) === versionOf(ours))
    .flatMap(([theirs, ours]) => [
      { start: theirs.end - 7, end: theirs.end },
      ...revisionSpans(vendor.bytes, theirs.commit, built.bytes, ours.commit),
    ]);
}

function pairs(vendor: readonly BuildId[], built: readonly BuildId[]): [BuildId, BuildId][] {
  return vendor.flatMap((theirs) => {
    const ours = built.find(({ start, end }) => start === theirs.start && end === theirs.end);
    return ours ? [[theirs, ours] as [BuildId, BuildId]] : [];
  });
}

const versionOf = ({ text }: BuildId): string => text.slice(0, -13);
const withoutDate = (id: BuildId): string => versionOf(id) + id.commit;

/** A revision is binary: it begins with the seven digits, as three bytes and a half. */
function revisionSpans(vendor: Uint8Array, theirs: string, built: Uint8Array, ours: string): Span[] {
  const spans: Span[] = [];
  const last = Math.min(vendor.length, built.length) - REVISION_BYTES;
  for (let start = HEADER_BYTES; start <= last; start += 1) {
    if (beginsWith(vendor, start, theirs) && beginsWith(built, start, ours)) {
      spans.push({ start, end: start + REVISION_BYTES });
    }
  }
  return spans;
}

function beginsWith(bytes: Uint8Array, start: number, digits: string): boolean {
  if (bytes[start] !== Number.parseInt(digits.slice(0, 2), 16)) return false;
  const text = Array.from(bytes.subarray(start, start + 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.startsWith(digits);
}
