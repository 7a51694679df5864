/** Limits of a realm. They refuse before anything of a request is carried out: a refused request is never a counted guess. */
import type { Context } from 'hono';
import { encode } from '@/lib/bytes';
import { bucketName, bucketOf, type RateLimitStore, retryAfterS, type Take } from '@/services/http/limits/rate-limit';
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
  /** Of a request whose token is of no use, and of each for the log. @throws TooManyRequests */
  takeForAddress(c: Context): Promise<void>;
  /**
   * Of one with a token that is: first for its address, then for the token. By token, not by user: the issuer gives few
   * of them, and whoever else has one of the same user would otherwise use up what the owner may ask.
   * @throws TooManyRequests
   */
  takeForToken(c: Context, claims: Claims): Promise<void>;
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
  const [perAddress, perToken] = [bucketOf(options.addressPerMinute), bucketOf(options.tokenPerMinute)];
  const ofAddress = (c: Context): Take => ({ name: bucketName('address', addressOf(c)), bucket: perAddress });
  const ofToken = ({ tenant, subject, tokenId }: Claims): Take => ({
    name: bucketName('token', encode(tenant, subject, tokenId)),
    bucket: perToken,
  });
  const take = async (...takes: Take[]) => {
    const refused = await store.take(takes, now());
    if (refused) throw new TooManyRequests(retryAfterS(refused.bucket));
  };
  return {
    takeForAddress: (c) => take(ofAddress(c)),
    takeForToken: (c, claims) => take(ofAddress(c), ofToken(claims)),
  };
}
