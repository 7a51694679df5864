/** Wrong PINs since the last success: as the issuer counts its tries, and as the realms wrote down their guesses. */
import type { GuessesResponse, RealmLogEvent, WitnessResponse } from '../wire/issuer';

export interface WrongTries {
  readonly count: number;
  readonly lastAtMs: number | null;
}

/** How far the clocks of realms may be apart. */
const TOLERANCE_MS = 60_000;

export const NO_WRONG_TRIES: WrongTries = { count: 0, lastAtMs: null };

/**
 * Guesses that no success followed, of the realm that tells of the most. A success or registration that a realm missed
 * (its answer was lost) counts for it, too, if as many others know of it as a success takes: one that lies excuses nobody.
 * @param recoverThreshold how many realms a success takes
 */
export function wrongGuesses({ events }: Pick<GuessesResponse, 'events'>, recoverThreshold: number): WrongTries {
  // A success comes after its guess, also within one millisecond.
  const newestFirst = [...events].sort((a, b) => b.atMs - a.atMs || Number(isGuess(a)) - Number(isGuess(b)));
  const realms = new Set(newestFirst.map(({ realmId }) => realmId));
  const afresh = [...realms].map((id) => afreshAtMs(newestFirst.filter(({ realmId }) => realmId === id)));
  const latestMs = afresh.sort((a, b) => b - a)[recoverThreshold - 1] ?? Number.NEGATIVE_INFINITY;
  let wrong = NO_WRONG_TRIES;
  for (const id of realms) {
    const own = newestFirst.filter(({ realmId }) => realmId === id);
    const missed = latestMs - afreshAtMs(own) > TOLERANCE_MS;
    // Otherwise it may have missed the read-back of the row that it took a moment before.
    const fromMs = missed ? latestMs + TOLERANCE_MS : latestMs;
    const guesses = since(own).filter(({ atMs }) => atMs > fromMs);
    const lastAtMs = guesses[0]?.atMs ?? null;
    if (guesses.length > wrong.count) wrong = { count: guesses.length, lastAtMs };
  }
  return wrong;
}

/** Of what realm and issuer know, what is more; the issuer's own time where both know the same. */
export const wrongTries = ({ sinceSuccess, lastAtMs }: WitnessResponse['tries'], guesses: WrongTries): WrongTries =>
  guesses.count > sinceSuccess ? guesses : { count: sinceSuccess, lastAtMs };

const isGuess = ({ kind }: RealmLogEvent): boolean => kind === 'guess-used';

const afreshAtMs = (newestFirst: readonly RealmLogEvent[]): number =>
  newestFirst.find((event) => !isGuess(event))?.atMs ?? Number.NEGATIVE_INFINITY;

function since(newestFirst: readonly RealmLogEvent[]): readonly RealmLogEvent[] {
  const end = newestFirst.findIndex((event) => !isGuess(event));
  return end === -1 ? newestFirst : newestFirst.slice(0, end);
}
