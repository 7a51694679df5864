/** What differs, put together as people look at it: signatures, a chunk's checksum, the date, the code of a chunk. */
import type { Difference, DifferenceClass } from '@/lib/firmware/classify';

export interface DifferenceGroup {
  readonly id: string;
  readonly kind: DifferenceClass;
  readonly chunk: number;
  readonly field: string | undefined;
  /** At least one, in ascending order. */
  readonly ranges: readonly [Difference, ...Difference[]];
  readonly differingBytes: number;
  readonly explained: boolean;
}

const idOf = ({ class: kind, chunk, field }: Difference): string => {
  if (kind === 'header') return `header ${field}`;
  return kind === 'code' || kind === 'chunk-hash' ? `${kind} ${chunk}` : kind;
};

/** What the vendor adds first, then the header, then the code. */
const ORDER: readonly DifferenceClass[] = [
  'signatures',
  'header',
  'reset-handler',
  'chunk-hash',
  'build-date',
  'scm-revision',
  'code',
];

export function groupDifferences(differences: readonly Difference[]): DifferenceGroup[] {
  const found = new Map<string, [Difference, ...Difference[]]>();
  for (const range of differences) {
    const known = found.get(idOf(range));
    if (known) known.push(range);
    else found.set(idOf(range), [range]);
  }
  const groups = [...found].map(([id, ranges]): DifferenceGroup => {
    const [{ class: kind, chunk, field }] = ranges;
    const differingBytes = ranges.reduce((sum, range) => sum + range.differingBytes, 0);
    return { id, kind, chunk, field, ranges, differingBytes, explained: ranges.every(({ explained }) => explained) };
  });
  return groups.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** Bytes that nobody has explained. */
export const unexplainedBytes = (groups: readonly DifferenceGroup[]): number =>
  groups.filter(({ explained }) => !explained).reduce((sum, { differingBytes }) => sum + differingBytes, 0);

/** What to look at first: the date where there is one, then whatever is not explained. */
export function firstToShow(groups: readonly DifferenceGroup[]): string | undefined {
  const shown = groups.find(({ explained }) => !explained) ?? groups.find(({ kind }) => kind === 'build-date');
  return (shown ?? groups[0])?.id;
}

/** The start of a day from four digits, month first; undefined for what is no day. @param year of no meaning */
export function dayOf(monthDay: string | undefined, year: number): number | undefined {
  const match = /^(\d\d)(\d\d)$/.exec(monthDay ?? '');
  if (!match) return undefined;
  const [month, day] = [Number(match[1]), Number(match[2])];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : undefined;
}
