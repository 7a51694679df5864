import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { createFollow, type FollowDependencies, pauseMs } from './follow';

const MINUTE_MS = 60_000;

interface Given {
  readonly pendingAtEach: readonly number[];
  readonly ageMs?: number;
  readonly refreshBalances?: FollowDependencies['refreshBalances'];
}

function following({ pendingAtEach, ageMs = 0, refreshBalances = async () => {} }: Given) {
  const timers: Array<() => void> = [];
  const seen = { alarmsMs: [] as number[], timersMs: [] as number[], refreshed: [] as (string | null)[], asked: 0 };
  const world = { watched: true };
  const refresh = createFollow({
    activity: { refresh: async () => ({ count: pendingAtEach[seen.asked++] ?? 0, youngestMs: ageMs }) },
    refreshBalances,
    isWatched: () => world.watched,
    setAlarm: async (delayMs) => void seen.alarmsMs.push(delayMs),
    setTimer: (run, delayMs) => {
      timers.push(run);
      seen.timersMs.push(delayMs);
    },
    onRefresh: (error) => seen.refreshed.push(error?.code ?? null),
  });
  return { refresh, timers, seen, world };
}

/** Lets everything that waits for nothing else come to its end. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('follow', () => {
  it('asks once when nothing is pending', async () => {
    const { refresh, timers, seen } = following({ pendingAtEach: [0] });
    await refresh();
    expect([seen.asked, seen.alarmsMs.length, timers.length]).toEqual([1, 0, 0]);
  });

  it('goes on while something is pending, with an alarm behind it', async () => {
    const { refresh, timers, seen } = following({ pendingAtEach: [1, 1, 0] });
    await refresh();
    while (timers.length > 0) {
      timers.shift()?.();
      await turn();
    }
    expect([seen.asked, seen.alarmsMs.length]).toEqual([3, 2]);
  });

  it('asks once more for all who called while it was being asked', async () => {
    const ends: Array<() => void> = [];
    const refreshBalances = () => new Promise<void>((resolve) => ends.push(resolve));
    const { refresh, seen } = following({ pendingAtEach: [0, 0, 0], refreshBalances });
    const first = refresh();
    await turn();
    const later = Promise.all([refresh(), refresh()]);
    ends.shift()?.();
    await first;
    await turn();
    expect([seen.asked, ends.length]).toEqual([2, 1]);
    ends.shift()?.();
    await later;
    expect(seen.asked).toBe(2);
  });

  it('sets one timer, however often it is asked', async () => {
    const { refresh, timers } = following({ pendingAtEach: [1, 1] });
    await Promise.all([refresh(), refresh()]);
    await refresh();
    expect(timers).toHaveLength(1);
  });

  it('asks less often the longer something is pending', async () => {
    const young = following({ pendingAtEach: [1], ageMs: 0 });
    const old = following({ pendingAtEach: [1], ageMs: 60 * MINUTE_MS });
    await young.refresh();
    await old.refresh();
    expect([young.seen.timersMs, old.seen.timersMs]).toEqual([[3_000], [30_000]]);
    expect([young.seen.alarmsMs, old.seen.alarmsMs]).toEqual([[30_000], [600_000]]);
  });

  it('sets only alarms when no page is open', async () => {
    const { refresh, seen, world } = following({ pendingAtEach: [1, 1] });
    world.watched = false;
    await refresh();
    expect([seen.timersMs, seen.alarmsMs]).toEqual([[], [30_000]]);
  });

  it('stops asking when the page is closed, and leaves it to the alarm', async () => {
    const { refresh, timers, seen, world } = following({ pendingAtEach: [1, 1, 1] });
    await refresh();
    world.watched = false;
    timers.shift()?.();
    expect([seen.asked, timers.length]).toEqual([1, 0]);
    // The alarm, then a page that opens again.
    await refresh();
    world.watched = true;
    await refresh();
    expect([seen.asked, timers.length]).toEqual([3, 1]);
  });

  it('never stops while something is pending, however old it is', () => {
    for (const ageMs of [0, MINUTE_MS, 60 * MINUTE_MS, 24 * 60 * MINUTE_MS, 1e12]) {
      expect(pauseMs(ageMs, 'unwatched')).toBeGreaterThanOrEqual(30_000);
      expect(pauseMs(ageMs, 'unwatched')).toBeLessThanOrEqual(30 * MINUTE_MS);
      expect(pauseMs(ageMs, 'watched')).toBeLessThanOrEqual(30_000);
    }
  });

  it('says why the chain did not answer, and still asks again', async () => {
    const refreshBalances = async () => Promise.reject(new WalletError('chain-unreachable'));
    const { refresh, seen } = following({ pendingAtEach: [1], refreshBalances });
    await refresh();
    expect([seen.refreshed, seen.alarmsMs.length]).toEqual([['chain-unreachable'], 1]);
  });
});
