import { describe, expect, it } from 'vitest';
import type { RealmLogEvent } from '../wire/issuer';
import { wrongGuesses, wrongTries } from './guesses';

const REALMS = ['a', 'b', 'c'].map((digit) => digit.repeat(32));
const MINUTE_MS = 60_000;

/** Lines of one realm, oldest first: `g` a guess, `s` a success, `r` a registration, each at its minute. */
const logOf = (realm: number, ...lines: readonly (readonly ['g' | 's' | 'r', number])[]): RealmLogEvent[] =>
  lines.map(([kind, minute]) => ({
    realmId: REALMS[realm] ?? '',
    kind: kind === 'g' ? 'guess-used' : kind === 's' ? 'share-recovered' : 'registered',
    atMs: minute * MINUTE_MS,
    guessCount: kind === 'g' ? 1 : null,
  }));
const wrongIn = (...logs: readonly RealmLogEvent[][]) => wrongGuesses({ events: logs.flat().reverse() }, 2);

describe('wrong guesses', () => {
  it('are those that no success followed, of the realm that tells of the most', () => {
    expect(wrongIn(logOf(0, ['r', 0], ['g', 1], ['s', 1]), logOf(1, ['r', 0], ['g', 1], ['s', 1]))).toEqual({
      count: 0,
      lastAtMs: null,
    });
    const asked = logOf(0, ['r', 0], ['g', 5], ['g', 6], ['g', 7]);
    expect(wrongIn(asked, logOf(1, ['r', 0], ['g', 5], ['g', 6]), logOf(2, ['r', 0]))).toEqual({
      count: 3,
      lastAtMs: 7 * MINUTE_MS,
    });
  });

  it('are none where guess and success fell into one millisecond, in whichever order they are told', () => {
    const log = logOf(0, ['r', 0], ['s', 0], ['g', 0]);
    expect([wrongIn(log).count, wrongIn([...log].reverse()).count]).toEqual([0, 0]);
  });

  it('are none where a realm missed a success that two others know of', () => {
    const success = [0, 1].map((realm) => logOf(realm, ['r', 0], ['g', 5], ['s', 5]));
    expect(wrongIn(...success, logOf(2, ['r', 0], ['g', 5])).count).toBe(0);
    expect(wrongIn(...success, logOf(2, ['r', 0], ['g', 5], ['g', 9]))).toEqual({ count: 1, lastAtMs: 9 * MINUTE_MS });
  });

  it('are none where a realm missed the success of the read-back, moments after it took the row', () => {
    const success = [0, 1].map((realm) => logOf(realm, ['r', 0], ['g', 0.1], ['s', 0.15]));
    expect(wrongIn(...success, logOf(2, ['r', 0], ['g', 0.1])).count).toBe(0);
    expect(wrongIn(...success, logOf(2, ['r', 0], ['g', 0.1], ['g', 0.5])).count).toBe(1);
  });

  it('are not talked away by one realm that claims a success', () => {
    const asked = [0, 1].map((realm) => logOf(realm, ['r', 0], ['g', 5], ['g', 6]));
    expect(wrongIn(...asked, logOf(2, ['r', 0], ['s', 1_000])).count).toBe(2);
  });

  it('of a realm count beside the tries of the issuer, whichever knows of more', () => {
    const tries = { sinceSuccess: 2, lastAtMs: 7, nextAtMs: 0 };
    expect(wrongTries(tries, { count: 2, lastAtMs: 9 })).toEqual({ count: 2, lastAtMs: 7 });
    expect(wrongTries(tries, { count: 3, lastAtMs: 9 })).toEqual({ count: 3, lastAtMs: 9 });
  });
});
