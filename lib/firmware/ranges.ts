/** Where two images differ: runs of differing bytes, joined over short stretches of equal ones. */
import type { Span } from './layout';

/** Equal bytes that a run goes over: what is read together on a line is told together. */
const JOINED_BYTES = 8;

/** The first place from `start` on where both differ; `end` if there is none. */
function nextDifference(a: Uint8Array, b: Uint8Array, start: number, end: number): number {
  let offset = start;
  while (offset < end && a[offset] === b[offset]) offset += 1;
  return offset;
}

/**
 * Every differing byte lies in exactly one range; a range begins and ends with one. What only the longer image has
 * differs. Ranges do not cross the given cuts, which are in ascending order.
 */
export function differingRanges(a: Uint8Array, b: Uint8Array, cuts: readonly number[]): Span[] {
  const common = Math.min(a.length, b.length);
  const ranges: Span[] = [];
  let from = 0;
  for (const cut of [...cuts.filter((at) => at < common), common]) {
    addRanges(ranges, a, b, { start: from, end: cut });
    from = cut;
  }
  const longest = Math.max(a.length, b.length);
  if (longest > common) ranges.push({ start: common, end: longest });
  return ranges;
}

function addRanges(ranges: Span[], a: Uint8Array, b: Uint8Array, { start, end }: Span): void {
  let first = nextDifference(a, b, start, end);
  while (first < end) {
    let last = first;
    for (let offset = first + 1; offset < end && offset - last <= JOINED_BYTES; offset += 1) {
      if (a[offset] !== b[offset]) last = offset;
    }
    ranges.push({ start: first, end: last + 1 });
    first = nextDifference(a, b, last + 1, end);
  }
}

export const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && nextDifference(a, b, 0, a.length) === a.length;

/** How many bytes of a range differ. */
export function countDiffering(a: Uint8Array, b: Uint8Array, { start, end }: Span): number {
  let count = 0;
  for (let offset = start; offset < end; offset += 1) if (a[offset] !== b[offset]) count += 1;
  return count;
}
