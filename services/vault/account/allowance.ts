/** What one account may add to its feed, which is never cut: some at once, and one more each interval. */

export interface Allowance {
  /** As many may be used at once. */
  readonly atOnce: number;
  /** After this, one more. */
  readonly oneMoreAfterMs: number;
}

/** What is used and not given back yet. */
export interface Usage {
  /** From when on time counts for the next one that is given back. */
  readonly sinceMs: number;
  readonly count: number;
}

export const UNUSED: Usage = { sinceMs: 0, count: 0 };

/** One more, or from when on there is one. A clock that went back gives nothing back, and takes nothing. */
export function takeOne(
  used: Usage,
  { atOnce, oneMoreAfterMs }: Allowance,
  nowMs: number,
): Usage | { nextAtMs: number } {
  const count = Math.min(used.count, atOnce);
  const returned = Math.min(count, Math.max(0, Math.floor((nowMs - used.sinceMs) / oneMoreAfterMs)));
  const left = count - returned;
  const sinceMs = left === 0 ? nowMs : used.sinceMs + returned * oneMoreAfterMs;
  return left < atOnce ? { sinceMs, count: left + 1 } : { nextAtMs: sinceMs + oneMoreAfterMs };
}
