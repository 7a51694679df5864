/**
 * Keeps balances and pending transactions fresh: soon while something new is pending and somebody looks, seldom when it has
 * been pending for long, by alarms alone when no page is open, and never not at all.
 */
import { asWalletError, type WalletError } from '@/lib/errors';

/** What is pending after a question to the chain. */
export interface StillPending {
  readonly count: number;
  /** Age of the youngest, ms; 0 if there is none. */
  readonly youngestMs: number;
}

/** Of two kinds of chains. */
export const bothPending = (one: StillPending, other: StillPending): StillPending => ({
  count: one.count + other.count,
  youngestMs:
    one.count === 0
      ? other.youngestMs
      : other.count === 0
        ? one.youngestMs
        : Math.min(one.youngestMs, other.youngestMs),
});

export interface FollowDependencies {
  readonly activity: { refresh(): Promise<StillPending> };
  readonly refreshBalances: () => Promise<void>;
  /** Whether a page of the wallet is open. */
  readonly isWatched: () => boolean;
  /** Wakes the background to call `refresh` again. */
  readonly setAlarm: (delayMs: number) => Promise<void>;
  /** The same while it is awake. */
  readonly setTimer: (run: () => void, delayMs: number) => void;
  /** Called after every refresh. @param error why the chain did not answer, or null */
  readonly onRefresh: (error: WalletError | null) => void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Up to which age of the youngest pending transaction it is asked again after which pause. */
const WATCHED: ReadonlyArray<readonly [ageMs: number, pauseMs: number]> = [
  [MINUTE_MS, 3 * SECOND_MS],
  [10 * MINUTE_MS, 10 * SECOND_MS],
  [Number.POSITIVE_INFINITY, 30 * SECOND_MS],
];
/** The same with no page open; browsers allow no alarm below half a minute. */
const UNWATCHED: typeof WATCHED = [
  [10 * MINUTE_MS, 30 * SECOND_MS],
  [HOUR_MS, 2 * MINUTE_MS],
  [24 * HOUR_MS, 10 * MINUTE_MS],
  [Number.POSITIVE_INFINITY, 30 * MINUTE_MS],
];

/** How long to wait before the next question. @param ageMs of the youngest pending transaction */
export function pauseMs(ageMs: number, watched: 'watched' | 'unwatched'): number {
  const steps = watched === 'watched' ? WATCHED : UNWATCHED;
  return steps.find(([upToMs]) => ageMs < upToMs)?.[1] ?? 30 * MINUTE_MS;
}

/**
 * @returns asks the chain now; while something is pending it goes on by itself. Calls while it is being asked are one
 *   more question after it: what is asked for may have changed since that began.
 */
export function createFollow(deps: FollowDependencies): () => Promise<void> {
  let going: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let timerSet = false;

  const onTimer = () => {
    timerSet = false;
    // The page was closed meanwhile: a timer would keep the background awake, the alarm that is set goes on.
    if (deps.isWatched()) void refresh();
  };
  const goOn = async ({ youngestMs }: StillPending): Promise<void> => {
    await deps.setAlarm(pauseMs(youngestMs, 'unwatched'));
    if (timerSet || !deps.isWatched()) return;
    timerSet = true;
    deps.setTimer(onTimer, pauseMs(youngestMs, 'watched'));
  };
  const once = async (): Promise<void> => {
    const pending = await deps.activity.refresh();
    // Set before anything else can fail: what is pending is asked about again, whatever happens here.
    if (pending.count > 0) await goOn(pending);
    deps.onRefresh(await deps.refreshBalances().then(() => null, asWalletError));
  };
  const refresh = (): Promise<void> => {
    if (going === null) {
      going = once().finally(() => {
        going = null;
      });
      return going;
    }
    const again = () => {
      next = null;
      return refresh();
    };
    next ??= going.then(again, again);
    return next;
  };
  return refresh;
}
