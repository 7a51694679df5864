import { createHash } from 'node:crypto';
import { encode, toBase64url } from '@/lib/bytes';

/** How many requests are let through: `capacity` at once, and one more each `refillMs`. */
export interface Bucket {
  readonly capacity: number;
  readonly refillMs: number;
}

/** One token of the bucket with this name. */
export interface Take {
  readonly name: string;
  readonly bucket: Bucket;
}

/**
 * Where buckets are kept. Of each only the time is stored at which it will be full again, which says everything (the
 * generic cell rate algorithm, ITU-T I.371): taking one token moves that time on by `refillMs`.
 */
export interface RateLimitStore {
  /**
   * Takes a token of each bucket in turn, up to the first that has none; names must differ. Each is taken atomically.
   * A bucket that claims to be emptier than empty is full: the clock was set back, and nobody is to wait for it.
   * @returns that first one, with nothing taken of it; null if all had a token. Of those behind it nothing is taken either,
   *   unless another takes of them at the same moment or the process ends: a token may be spent then, never given twice.
   */
  take(takes: readonly Take[], nowMs: number): Promise<Take | null>;
  /** Forgets the buckets that are full again: a new one is the same. */
  removeFull(nowMs: number): Promise<void>;
}

/** When a bucket of these is full at the latest. What is stored beyond it was written by a clock that has been set back. */
export const latestFullAtMs = (takes: readonly Take[], nowMs: number): number =>
  nowMs + Math.max(...takes.map(({ bucket: { capacity, refillMs } }) => capacity * refillMs));

/** A store that lives as long as the process. For tests and for a service within one process. */
export function memoryRateLimitStore(): RateLimitStore {
  const fullAtMs = new Map<string, number>();
  const isTaken = ({ name, bucket: { capacity, refillMs } }: Take, nowMs: number, latestMs: number): boolean => {
    const storedMs = fullAtMs.get(name) ?? 0;
    const next = Math.max(storedMs > latestMs ? 0 : storedMs, nowMs) + refillMs;
    if (next > nowMs + capacity * refillMs) return false;
    fullAtMs.set(name, next);
    return true;
  };
  return {
    take: async (takes, nowMs) => {
      const latestMs = latestFullAtMs(takes, nowMs);
      return takes.find((take) => !isTaken(take, nowMs, latestMs)) ?? null;
    },
    async removeFull(nowMs) {
      for (const [name, atMs] of fullAtMs) if (atMs <= nowMs) fullAtMs.delete(name);
    },
  };
}

/** What `perMinute` means as a bucket: so many at once after a quiet minute, and so many a minute for ever. */
export const bucketOf = (perMinute: number): Bucket => ({
  capacity: perMinute,
  refillMs: Math.max(1, Math.round(60_000 / perMinute)),
});

/**
 * Name of a bucket: tells nobody who reads the table whose it is without a guess.
 * @param kind what is counted, such as `account` or `address`
 */
export const bucketName = (kind: string, whose: Uint8Array | string): string =>
  toBase64url(
    createHash('sha256')
      .update(encode('halfkey/rate-limit/v1', kind, whose))
      .digest(),
  );

/** Seconds after which one token is there for certain: an upper bound, because a refused request takes nothing. */
export const retryAfterS = ({ refillMs }: Bucket): string => String(Math.ceil(refillMs / 1000));
