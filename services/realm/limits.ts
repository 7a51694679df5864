/** Limits of a realm. They refuse before anything of a request is carried out: a refused request is never a counted guess. */
import type { Context } from 'hono';
import type { ClientAddress } from '@/services/http/client-address';
import { type Bucket, bucketName, bucketOf, type RateLimitStore, retryAfterS } from '@/services/http/rate-limit';
import { recordId } from './record';

export interface RealmLimitsOptions {
  readonly store: RateLimitStore;
  readonly addressOf: ClientAddress;
  readonly addressPerMinute: number;
  readonly userPerMinute: number;
  readonly now: () => number;
}

export interface RealmLimits {
  /** Before the token is verified. @throws TooManyRequests */
  takeForAddress(c: Context): Promise<void>;
  /** Once the token says who asks. @throws TooManyRequests */
  takeForUser(tenant: string, subject: string): Promise<void>;
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
  const [ofAddress, ofUser] = [bucketOf(options.addressPerMinute), bucketOf(options.userPerMinute)];
  const take = async (name: string, bucket: Bucket) => {
    if (!(await store.take(name, bucket, now()))) throw new TooManyRequests(retryAfterS(bucket));
  };
  return {
    takeForAddress: (c) => take(bucketName('address', addressOf(c)), ofAddress),
    takeForUser: (tenant, subject) => take(bucketName('user', recordId(tenant, subject)), ofUser),
  };
}
