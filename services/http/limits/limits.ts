/** Limits of requests, per network address and per device, for services that answer with problems. */
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { encode } from '@/lib/bytes';
import { ServiceError } from '@/services/http/api/problem';
import { type Bucket, bucketName, bucketOf, type RateLimitStore, retryAfterS } from '@/services/http/limits/rate-limit';
import type { ClientAddress } from '@/services/http/server/client-address';
import type { Session, SessionEnv } from '@/services/http/sessions/session-guards';

export interface LimitsOptions {
  readonly store: RateLimitStore;
  readonly addressOf: ClientAddress;
  readonly addressPerMinute: number;
  readonly devicePerMinute: number;
  readonly now: () => number;
}

export interface Limits {
  /** To be run before anything that costs: a token's check, a query. */
  readonly perAddress: MiddlewareHandler<SessionEnv>;
  /**
   * To be run once it is known who asks. By device, not by account: somebody else who signs in to an account would
   * otherwise use up what its owner may ask.
   */
  readonly perDevice: MiddlewareHandler<SessionEnv>;
}

/** Both answer 429 `too-many-requests` with `Retry-After`; nothing has happened then. */
export function createLimits(options: LimitsOptions): Limits {
  const { store, addressOf, addressPerMinute, devicePerMinute, now } = options;
  const limit = (kind: string, bucket: Bucket, whose: (c: Context<SessionEnv>) => Uint8Array | string) =>
    createMiddleware<SessionEnv>(async (c, next) => {
      const refused = await store.take([{ name: bucketName(kind, whose(c)), bucket }], now());
      if (refused) throw tooManyRequests(bucket);
      await next();
    });
  return {
    perAddress: limit('address', bucketOf(addressPerMinute), addressOf),
    perDevice: limit('device', bucketOf(devicePerMinute), (c) => deviceOf(c.get('session'))),
  };
}

const letThrough = createMiddleware<SessionEnv>((_, next) => next());
/** For parties within one process. */
export const NO_LIMITS: Limits = { perAddress: letThrough, perDevice: letThrough };

const deviceOf = ({ accountId, jkt }: Session): Uint8Array => encode(accountId, jkt);

function tooManyRequests(bucket: Bucket): ServiceError {
  return new ServiceError(429, 'too-many-requests', { headers: { 'retry-after': retryAfterS(bucket) } });
}
