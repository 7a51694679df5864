import { createHash } from 'node:crypto';
import { encode, toBase64url } from '@/lib/bytes';

/** How many requests are let through: `capacity` at once, and one more each `refillMs`. */
export interface Bucket {
  readonly capacity: number;
  readonly refillMs: number;
}

/**
 * Where buckets are kept. Of each only the time is stored at which it will be full again, which says everything (the
 * generic cell rate algorithm, ITU-T I.371): taking one token moves that time on by `refillMs`.
 */
export interface RateLimitStore {
  /** Takes one token of the bucket with this name; false, with nothing changed, if there is none. Atomic. */
  take(name: string, bucket: Bucket, nowMs: number): Promise<boolean>;
  /** Forgets the buckets that are full again: a new one is the same. */
  removeFull(nowMs: number): Promise<void>;
}

/** A store that lives as long as the process. For tests and for a service within one process. */
export function memoryRateLimitStore(): RateLimitStore {
  const fullAtMs = new Map<string, number>();
  return {
    async take(name, { capacity, refillMs }, nowMs) {
      const next = Math.max(fullAtMs.get(name) ?? 0, nowMs) + refillMs;
      if (next > nowMs + capacity * refillMs) return false;
      fullAtMs.set(name, next);
      return true;
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
