import { expect, test } from 'vitest';
import type { Difference } from '@/lib/firmware/classify';
import { dayOf, firstToShow, groupDifferences, unexplainedBytes } from './groups';

const difference = (facts: Partial<Difference>): Difference => ({
  class: 'code',
  start: 5_000,
  end: 5_001,
  chunk: 0,
  differingBytes: 1,
  explained: false,
  ...facts,
});
const DATE = difference({ class: 'build-date', start: 70_000, chunk: 1, explained: true, differingBytes: 2 });
const HASH = difference({ class: 'chunk-hash', start: 0x40, chunk: 1, explained: true, differingBytes: 32 });
const SIGNATURES = difference({ class: 'signatures', start: 0x220, explained: true, differingBytes: 260 });

test('puts the code of each chunk together, and each field of the header alone', () => {
  const groups = groupDifferences([
    difference({ class: 'header', field: 'version', start: 16 }),
    HASH,
    SIGNATURES,
    difference({}),
    difference({ start: 6_000, differingBytes: 3 }),
    difference({ start: 70_100, chunk: 1 }),
  ]);
  expect(groups.map(({ id, differingBytes }) => [id, differingBytes])).toEqual([
    ['signatures', 260],
    ['header version', 1],
    ['chunk-hash 1', 32],
    ['code 0', 4],
    ['code 1', 1],
  ]);
  expect(unexplainedBytes(groups)).toBe(6);
});

test('shows the date first, but before it what nobody has explained', () => {
  expect(firstToShow(groupDifferences([SIGNATURES, HASH, DATE]))).toBe('build-date');
  expect(firstToShow(groupDifferences([SIGNATURES, HASH, DATE, difference({})]))).toBe('code 0');
  expect(firstToShow(groupDifferences([SIGNATURES]))).toBe('signatures');
  expect(firstToShow([])).toBeUndefined();
});

test('reads a day from its digits, and none from others', () => {
  expect(dayOf('0612', 2026)).toBe(new Date(2026, 5, 12).getTime());
  for (const digits of ['0000', '1301', '0231', '9999', '061', undefined]) expect(dayOf(digits, 2026)).toBeUndefined();
});
