/** Limits of a realm. They refuse before anything of a request is carried out: a refused request is never a counted guess. */
import type { Context } from 'hono';
import { encode } from '@/lib/bytes';
import { type Bucket, bucketName, bucketOf, type RateLimitStore, retryAfterS } from '@/services/http/limits/rate-limit';
import type { ClientAddress } from '@/services/http/server/client-address';
import type { Claims } from './protocol/tokens';

export interface RealmLimitsOptions {
  readonly store: RateLimitStore;
  readonly addressOf: ClientAddress;
  readonly addressPerMinute: number;
  readonly tokenPerMinute: number;
  readonly now: () => number;
}

export interface RealmLimits {
  /** Before the token is verified. @throws TooManyRequests */
  takeForAddress(c: Context): Promise<void>;
  /**
   * Once the token has been verified. By token, not by user: the issuer gives few of them, and whoever else has one of
   * the same user would otherwise use up what the owner may ask. @throws TooManyRequests
   */
  takeForToken(claims: Claims): Promise<void>;
}

/** Answered with 429: the client gives up this attempt and asks again later. */
export class TooManyRequests extends Error {
  override name = 'TooManyRequests';
  /** @param retryAfterS whole seconds, as text */
  constructor(readonly retryAfterS: string) {
    super('too many requests');
  }
}

export function createRealmLimits(options: RealmLimitsOptions): RealmLimits {
  const { store, addressOf, now } = options;
  const [ofAddress, ofToken] = [bucketOf(options.addressPerMinute), bucketOf(options.tokenPerMinute)];
  const take = async (name: string, bucket: Bucket) => {
    if (!(await store.take(name, bucket, now()))) throw new TooManyRequests(retryAfterS(bucket));
  };
  return {
    takeForAddress: (c) => take(bucketName('address', addressOf(c)), ofAddress),
    takeForToken: ({ tenant, subject, tokenId }) =>
      take(bucketName('token', encode(tenant, subject, tokenId)), ofToken),
  };
}
