/** Samples, medians and ratios. Ours and the peer's are taken in turn, so that a busy moment of the machine hits both. */

export interface Spread {
  readonly median: number;
  /** First and third quartile. */
  readonly low: number;
  readonly high: number;
}

/** Quartiles by linear interpolation between the closest ranks. @throws RangeError without samples */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new RangeError('no samples');
  return below + (above - below) * (place - Math.floor(place));
}

/** One sample: in ms for a duration, per second for a rate. */
export type Sample = () => Promise<number>;

/**
 * Takes samples ours, peer, ours, peer, ...
 * @param warmUps rounds that are not counted
 */
export async function interleave(
  rounds: number,
  warmUps: number,
  ours: Sample,
  peer: Sample,
): Promise<{ ours: Spread; peer: Spread }> {
  const [oursTaken, peerTaken]: [number[], number[]] = [[], []];
  for (let round = -warmUps; round < rounds; round += 1) {
    const [one, other] = [await ours(), await peer()];
    if (round < 0) continue;
    oursTaken.push(one);
    peerTaken.push(other);
  }
  return { ours: spreadOf(oursTaken), peer: spreadOf(peerTaken) };
}

/** Two samples that were taken one right after the other. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

/** @param warmUps pairs that are not counted */
export async function pairs(rounds: number, warmUps: number, ours: Sample, peer: Sample): Promise<Pair[]> {
  const taken: Pair[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    // Who is first in one pair is second in the next: what the first pays for is paid by both.
    const isOursFirst = round % 2 === 0;
    const first = await (isOursFirst ? ours : peer)();
    const second = await (isOursFirst ? peer : ours)();
    if (round >= 0) taken.push(isOursFirst ? { ours: first, peer: second } : { ours: second, peer: first });
  }
  return taken;
}

/**
 * Upper bound of the median that holds in 95 of 100 cases, whatever the samples are spread like: the sample at the rank
 * that the median exceeds with a chance of at most 5 % (sign test).
 * @throws RangeError for fewer than five samples, which bound nothing
 */
export function medianAtMost(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const { length } = sorted;
  // Chance that at most `rank` of the samples lie below the median, each as by a coin.
  let [chance, term] = [0, 0.5 ** length];
  for (let rank = 0; rank <= length; rank += 1) {
    chance += term;
    term = (term * (length - rank)) / (rank + 1);
    const bound = sorted[rank];
    if (chance >= 0.95 && bound !== undefined) return bound;
  }
  throw new RangeError('too few samples');
}

/** How long `work` takes, in ms. */
export async function durationMs(work: () => unknown): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
