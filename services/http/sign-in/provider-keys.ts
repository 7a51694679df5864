/**
 * The public keys of an identity provider: fetched by one request for all who wait, kept as long as the provider says, and
 * for a day if it does not answer.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { unavailable } from '@/services/http/api/problem';
import { fetchJson } from '@/services/http/sign-in/fetch-json';

export interface ProviderKeysOptions {
  /** Says where the keys are. */
  readonly find: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  /** Ms since the epoch. */
  readonly now: () => number;
}

export interface ProviderKeys {
  /**
   * The key that a token names.
   * @throws ServiceError 503 `provider-unreachable` when there are no usable keys; an error of `jose` when none fits
   */
  readonly keyOf: JWTVerifyGetKey;
  /** Ms since the keys were fetched; undefined before the first time. */
  ageMs(): number | undefined;
  /** Fetches them unless they are fresh. @throws when the provider does not answer and there are none from before */
  warmUp(): Promise<void>;
}

/** Used where the provider names no `max-age`; what it names counts between the other two. */
const FRESH_MS = 600_000;
const LEAST_FRESH_MS = 60_000;
const MOST_FRESH_MS = 24 * 3_600_000;
/** Key ids that nobody knows cause at most one request in so long. */
const UNKNOWN_COOLDOWN_MS = 30_000;
/** After a request that failed. */
const FAILED_COOLDOWN_MS = 30_000;
/** The same while there are no keys at all, and nobody can sign in. */
const EMPTY_COOLDOWN_MS = 2_000;
/** Keys of a provider that has been silent for longer are not a ground to let anybody in. */
export const MAX_KEYS_AGE_MS = 24 * 3_600_000;

interface Held {
  readonly select: JWTVerifyGetKey;
  readonly fetchedAtMs: number;
  readonly freshForMs: number;
}

export function createProviderKeys({ find, fetch, now }: ProviderKeysOptions): ProviderKeys {
  let held: Held | null = null;
  let failure: { atMs: number; cause: unknown } | null = null;
  let unknownAtMs = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;

  const load = async (): Promise<void> => {
    try {
      const { status, json, headers } = await fetchJson(fetch, await find());
      if (status !== 200) throw new Error('The provider gives no keys.');
      const select = createLocalJWKSet(json as JSONWebKeySet);
      held = { select, fetchedAtMs: now(), freshForMs: freshForMs(headers) };
      failure = null;
    } catch (cause) {
      failure = { atMs: now(), cause };
    } finally {
      loading = null;
    }
  };
  const reload = (): Promise<void> => {
    loading ??= load();
    return loading;
  };
  const isFresh = () => held !== null && now() - held.fetchedAtMs < held.freshForMs;
  const isCoolingDown = () =>
    failure !== null && now() - failure.atMs < (held === null ? EMPTY_COOLDOWN_MS : FAILED_COOLDOWN_MS);
  const refresh = async () => {
    if (!isFresh() && !isCoolingDown()) await reload();
  };
  const usable = (): Held => {
    if (held === null || now() - held.fetchedAtMs > MAX_KEYS_AGE_MS)
      throw unavailable('provider-unreachable', failure?.cause);
    return held;
  };
  const lookForUnknown = async (): Promise<void> => {
    const mayAsk = now() - unknownAtMs >= UNKNOWN_COOLDOWN_MS && !isCoolingDown();
    if (mayAsk) unknownAtMs = now();
    if (mayAsk || loading !== null) await reload();
    // It may be a new key: the token is not refused on the word of a provider that does not answer.
    if (failure !== null) throw unavailable('provider-unreachable', failure.cause);
  };

  return {
    keyOf: async (header, token) => {
      await refresh();
      try {
        return await usable().select(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await lookForUnknown();
        return usable().select(header, token);
      }
    },
    ageMs: () => (held === null ? undefined : now() - held.fetchedAtMs),
    warmUp: async () => {
      await refresh();
      usable();
    },
  };
}

/** RFC 9111, section 5.2.2.1. */
function freshForMs(headers: Headers): number {
  const [, seconds] = /(?:^|[,\s])max-age=(\d{1,9})/i.exec(headers.get('cache-control') ?? '') ?? [];
  if (seconds === undefined) return FRESH_MS;
  return Math.min(Math.max(Number(seconds) * 1000, LEAST_FRESH_MS), MOST_FRESH_MS);
}
