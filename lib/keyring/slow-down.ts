/**
 * Wrong passwords one after the other make the next one wait, and so do wrong PINs that this device checks by itself. It slows down somebody at the keyboard; somebody with a
 * copy of the disk goes by no clock of ours, against him stands only what a password costs to try.
 */
import { z } from 'zod';
import { type ErrorCode, WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';

/** In `storage.local`, so that neither the background nor the browser has to keep running. Absent: none was wrong. */
export const slowDownRecord = z.object({
  /** Passwords since the last right one, the one that is being tried included. */
  wrong: z.int().min(1),
  /** When the last one was typed, ms since the epoch. */
  lastAtMs: z.number(),
});
type SlowDownRecord = z.output<typeof slowDownRecord>;

/** Typing errors: so many wrong ones cost nothing. */
const FREE = 4;
/** The wait after the fifth wrong one, the sixth, and so on; the last one for all that follow. */
const WAITS_MS = [5_000, 15_000, 30_000, 60_000, 300_000] as const;

export interface SlowDownDependencies {
  readonly record: {
    read(): Promise<SlowDownRecord | null>;
    write(value: SlowDownRecord): Promise<void>;
    remove(): Promise<void>;
  };
  /** ms since the epoch */
  readonly now: () => number;
  /** What a wrong one is refused with, and one that comes too early; by default those of passwords. */
  readonly codes?: { readonly wrong: ErrorCode; readonly later: ErrorCode };
}

const OF_PASSWORDS = { wrong: 'password-wrong', later: 'password-later' } as const;
/** For PINs that are checked on this device. */
export const OF_PINS = { wrong: 'pin-wrong', later: 'try-later' } as const;

export interface SlowDown {
  /** When the next password is taken, ms since the epoch; null: at once. */
  nextAtMs(): Promise<number | null>;
  /**
   * Tries a password. It is counted before, so that nobody gains by stopping the background in between.
   * @throws WalletError the later code (`password-later`) with the time, untried; what `attempt` throws, the wrong code
   *   (`password-wrong`) with the time
   */
  guard<Result>(attempt: () => Promise<Result>): Promise<Result>;
}

export function createSlowDown({ record, now, codes = OF_PASSWORDS }: SlowDownDependencies): SlowDown {
  const exclusively = inTurn();

  /** A clock that was put back must not keep anybody out for longer than the wait itself. */
  const freeAtMs = ({ wrong, lastAtMs }: SlowDownRecord): number | null => {
    const waitMs = waitAfterMs(wrong);
    const atMs = Math.min(lastAtMs, now()) + waitMs;
    return waitMs > 0 && atMs > now() ? atMs : null;
  };
  /** A disk that is full keeps nobody out: what cannot be counted is not. */
  const write = (value: SlowDownRecord | null) =>
    (value === null ? record.remove() : record.write(value)).catch(() => undefined);
  const waiting = async (): Promise<{ readonly before: SlowDownRecord | null; readonly atMs: number | null }> => {
    const before = await record.read().catch(() => null);
    if (before !== null && before.lastAtMs > now()) await write({ ...before, lastAtMs: now() });
    return { before, atMs: before && freeAtMs(before) };
  };

  return {
    nextAtMs: async () => (await waiting()).atMs,
    guard: (attempt) =>
      exclusively(async () => {
        const { before, atMs } = await waiting();
        if (atMs !== null) throw new WalletError(codes.later, { nextAtMs: atMs });
        const counted = { wrong: (before?.wrong ?? 0) + 1, lastAtMs: now() };
        await write(counted);
        try {
          const result = await attempt();
          await write(null);
          return result;
        } catch (error) {
          if (!(error instanceof WalletError) || error.code !== codes.wrong) await write(before);
          else {
            // Counted from now: trying it took time, too.
            const wrong = { ...counted, lastAtMs: now() };
            await write(wrong);
            const nextAtMs = freeAtMs(wrong);
            if (nextAtMs !== null) throw new WalletError(codes.wrong, { nextAtMs });
          }
          throw error;
        }
      }),
  };
}

const waitAfterMs = (wrong: number): number =>
  wrong <= FREE ? 0 : (WAITS_MS[Math.min(wrong - FREE, WAITS_MS.length) - 1] ?? 0);
