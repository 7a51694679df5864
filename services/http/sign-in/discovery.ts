/** What a provider says of itself (OpenID Connect Discovery 1.0, section 4). */
import { z } from 'zod';
import { fetchJson } from '@/services/http/sign-in/fetch-json';

/** Addresses of a provider, each https or, on this machine, http. */
export interface Endpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly jwksUrl: string;
}

/** The provider's endpoints. @throws when it does not answer, or not as the issuer that it should be */
export type Discover = () => Promise<Endpoints>;

export interface DiscoveryOptions {
  readonly issuer: string;
  readonly fetch: typeof globalThis.fetch;
  /** Ms since the epoch. */
  readonly now: () => number;
}

const FRESH_MS = 24 * 3_600_000;
/** After a failure the addresses from before serve for so long until it is asked again. */
const COOLDOWN_MS = 30_000;

export const httpsOrLoopback = z.url().refine((text) => {
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1');
}, 'must be https, or http on 127.0.0.1');

const document = z.object({
  issuer: z.string(),
  authorization_endpoint: httpsOrLoopback,
  token_endpoint: httpsOrLoopback,
  jwks_uri: httpsOrLoopback,
});

/** Asked once a day, by one request for all who wait; while the provider does not answer, what it said before stands. */
export function createDiscovery({ issuer, fetch, now }: DiscoveryOptions): Discover {
  let known: Endpoints | null = null;
  let askAgainAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<Endpoints> | null = null;
  const ask = async (): Promise<Endpoints> => {
    try {
      known = await discover(fetch, issuer);
      askAgainAtMs = now() + FRESH_MS;
      return known;
    } catch (error) {
      if (known === null) throw error;
      askAgainAtMs = now() + COOLDOWN_MS;
      return known;
    } finally {
      asking = null;
    }
  };
  return async () => {
    if (known !== null && now() < askAgainAtMs) return known;
    asking ??= ask();
    return asking;
  };
}

async function discover(fetch: typeof globalThis.fetch, issuer: string): Promise<Endpoints> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { status, json } = await fetchJson(fetch, url);
  if (status !== 200) throw new Error('The provider does not describe itself.');
  const said = document.parse(json);
  if (said.issuer !== issuer) throw new Error('The provider describes itself as another issuer.');
  return { authorizationUrl: said.authorization_endpoint, tokenUrl: said.token_endpoint, jwksUrl: said.jwks_uri };
}
