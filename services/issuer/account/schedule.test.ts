import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NEW_ACCOUNT } from './account';
import { countReadBack, countTry, nextTryAtMs, noteSuccess } from './schedule';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START_MS = 1_000_000;

function eager(count: number) {
  let tries = NEW_ACCOUNT.tries;
  let nowMs = START_MS;
  const waitsMs: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const nextAtMs = Math.max(nowMs, nextTryAtMs(tries));
    waitsMs.push(nextAtMs - nowMs);
    nowMs = nextAtMs;
    tries = countTry(tries, nowMs);
  }
  return { tries, waitsMs, nowMs };
}

it('gives three at once, then after 10 minutes, an hour, and a day each', () => {
  expect(eager(8).waitsMs).toEqual([0, 0, 0, 10 * MINUTE_MS, HOUR_MS, DAY_MS, DAY_MS, DAY_MS]);
});

it('takes at least three days to use eight guesses', () => {
  expect(eager(8).nowMs - START_MS).toBeGreaterThan(3 * DAY_MS);
});

it('starts afresh after a success, with numbers that go on', () => {
  const { tries, nowMs } = eager(6);
  const rested = noteSuccess(tries, 6);
  expect(rested).toMatchObject({ sinceSuccess: 0, lastSuccess: 6, lastNumber: 6 });
  expect(nextTryAtMs(rested)).toBeLessThanOrEqual(nowMs);
  expect(countTry(rested, nowMs).lastNumber).toBe(7);
});

it('still counts tries that were given after the one that succeeded', () => {
  expect(noteSuccess(eager(6).tries, 4).sinceSuccess).toBe(2);
});

it('lets a read-back take a number but no place in the schedule', () => {
  const { tries } = eager(3);
  expect(countReadBack(tries)).toEqual({ ...tries, lastNumber: 4 });
});

it('never lets a number return, nor more sets in a day than three and one for each wait', () => {
  const operation = fc.record({ kind: fc.constantFrom('try', 'back', 'success'), waitMs: fc.nat(2 * DAY_MS) });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      let tries = NEW_ACCOUNT.tries;
      let nowMs = START_MS;
      let sinceSuccess: number[] = [];
      for (const { kind, waitMs } of operations) {
        nowMs += waitMs;
        const before = tries;
        if (kind === 'back') tries = countReadBack(tries);
        if (kind === 'try' && nowMs >= nextTryAtMs(tries)) {
          tries = countTry(tries, nowMs);
          sinceSuccess.push(nowMs);
        }
        if (kind === 'success' && tries.lastNumber > tries.lastSuccess) {
          tries = noteSuccess(tries, tries.lastNumber);
          sinceSuccess = [];
        }
        expect(tries.lastNumber).toBeGreaterThanOrEqual(before.lastNumber);
        expect(tries.sinceSuccess).toBe(sinceSuccess.length);
        const inADay = sinceSuccess.filter((atMs) => atMs > nowMs - DAY_MS).length;
        expect(inADay).toBeLessThanOrEqual(5);
      }
    }),
  );
});
