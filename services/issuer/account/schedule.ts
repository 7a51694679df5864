/**
 * When recover tokens are given: one set is one try. Three at once, the fourth 10 minutes after the third, the fifth an
 * hour after that, every later one a day after the one before (keyless protocol, section 3). One schedule an account.
 */
import type { Account } from './account';

type Tries = Account['tries'];

const AT_ONCE = 3;
const MINUTE_MS = 60_000;
const FOURTH_AFTER_MS = 10 * MINUTE_MS;
const FIFTH_AFTER_MS = 60 * MINUTE_MS;
const LATER_AFTER_MS = 24 * 60 * MINUTE_MS;

function delayMs(sinceSuccess: number): number {
  if (sinceSuccess < AT_ONCE) return 0;
  if (sinceSuccess === AT_ONCE) return FOURTH_AFTER_MS;
  return sinceSuccess === AT_ONCE + 1 ? FIFTH_AFTER_MS : LATER_AFTER_MS;
}

/** When the next set may be given; in the past means now. */
export const nextTryAtMs = (tries: Tries): number => (tries.lastAtMs ?? 0) + delayMs(tries.sinceSuccess);

/** One more set under the schedule. */
export const countTry = (tries: Tries, nowMs: number): Tries => ({
  ...tries,
  lastNumber: tries.lastNumber + 1,
  sinceSuccess: tries.sinceSuccess + 1,
  lastAtMs: nowMs,
});

/** One more set outside the schedule: it has a number, but no later try waits for it. */
export const countReadBack = (tries: Tries): Tries => ({ ...tries, lastNumber: tries.lastNumber + 1 });

/** The set with this number was the owner's. Sets given after it still count. */
export const noteSuccess = (tries: Tries, tryNumber: number): Tries => ({
  ...tries,
  lastSuccess: tryNumber,
  sinceSuccess: Math.min(tries.sinceSuccess, tries.lastNumber - tryNumber),
});

/** A new generation has all its guesses. */
export const startAfresh = (tries: Tries): Tries => ({ ...tries, sinceSuccess: 0 });
