/** Limits of requests, per network address and per account, for services that answer with problems. */
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ClientAddress } from '@/services/http/client-address';
import { ServiceError } from '@/services/http/problem';
import { type Bucket, bucketName, bucketOf, type RateLimitStore, retryAfterS } from '@/services/http/rate-limit';
import type { SessionEnv } from '@/services/http/session-guards';

export interface LimitsOptions {
  readonly store: RateLimitStore;
  readonly addressOf: ClientAddress;
  readonly addressPerMinute: number;
  readonly accountPerMinute: number;
  readonly now: () => number;
}

export interface Limits {
  /** To be run before anything that costs: a token's check, a query. */
  readonly perAddress: MiddlewareHandler<SessionEnv>;
  /** To be run once it is known who asks. */
  readonly perAccount: MiddlewareHandler<SessionEnv>;
}

/** Both answer 429 `too-many-requests` with `Retry-After`; nothing has happened then. */
export function createLimits(options: LimitsOptions): Limits {
  const { store, addressOf, addressPerMinute, accountPerMinute, now } = options;
  const limit = (kind: string, bucket: Bucket, whose: (c: Context<SessionEnv>) => Uint8Array | string) =>
    createMiddleware<SessionEnv>(async (c, next) => {
      const isTaken = await store.take(bucketName(kind, whose(c)), bucket, now());
      if (!isTaken) throw tooManyRequests(bucket);
      await next();
    });
  return {
    perAddress: limit('address', bucketOf(addressPerMinute), addressOf),
    perAccount: limit('account', bucketOf(accountPerMinute), (c) => c.get('session').accountId),
  };
}

const letThrough = createMiddleware<SessionEnv>((_, next) => next());
/** For parties within one process. */
export const NO_LIMITS: Limits = { perAddress: letThrough, perAccount: letThrough };

function tooManyRequests(bucket: Bucket): ServiceError {
  return new ServiceError(429, 'too-many-requests', { headers: { 'retry-after': retryAfterS(bucket) } });
}
