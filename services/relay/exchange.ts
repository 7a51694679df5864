/** Trades a code at the provider's token endpoint (OpenID Connect Core 1.0, section 3.1.3). */
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { toBase64url } from '@/lib/bytes';
import { ServiceError, unavailable } from '@/services/http/api/problem';
import type { Logger } from '@/services/http/server/logger';
import { fetchJson } from '@/services/http/sign-in/fetch-json';
import type { RelayProvider } from './providers';

const tokens = z.object({ id_token: z.string().min(1).max(8192) });
/** RFC 6749, section 5.2. */
const refusal = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

export interface ExchangeOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly logger: Logger;
}

export interface Exchanged {
  readonly code: string;
  /** 43 characters. */
  readonly verifier: string;
  /** The same that the provider was called with. */
  readonly redirectUrl: string;
  /** What the ID token must carry, 32 bytes. */
  readonly nonce: Uint8Array;
}

/**
 * @returns the ID token, which came straight from the provider. The device checks its signature; so do vault and issuer.
 * @throws ServiceError `code-refused` when the code is not one of this sign-in, 503 when the provider cannot be used
 */
export async function exchangeCode(
  { fetch, logger }: ExchangeOptions,
  provider: RelayProvider,
  { code, verifier, redirectUrl, nonce }: Exchanged,
): Promise<string> {
  const { tokenUrl } = await provider.endpoints().catch((cause) => {
    throw unavailable('provider-unreachable', cause);
  });
  const secret = await provider.clientSecret();
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUrl,
    client_id: provider.clientId,
    code_verifier: verifier,
    ...(secret !== undefined && { client_secret: secret }),
  });
  const { status, json } = await fetchJson(fetch, tokenUrl, { method: 'POST', body }).catch((cause) => {
    throw unavailable('provider-unreachable', cause);
  });
  if (status !== 200) throw refusedBy(provider, status, json, logger);
  const said = tokens.safeParse(json);
  if (!said.success || !isOfThisSignIn(said.data.id_token, provider, nonce)) throw codeRefused();
  return said.data.id_token;
}

/** A code of somebody else, put in the place of ours, gives a token with another nonce. */
function isOfThisSignIn(idToken: string, { clientId, identity }: RelayProvider, nonce: Uint8Array): boolean {
  try {
    const claims = decodeJwt(idToken);
    const isFor = [claims.aud ?? []].flat().includes(clientId);
    const isFrom = claims.iss !== undefined && identity.acceptedIssuers.includes(claims.iss);
    return isFor && isFrom && claims.nonce === toBase64url(nonce);
  } catch {
    return false;
  }
}

function refusedBy({ id }: RelayProvider, status: number, json: unknown, logger: Logger): ServiceError {
  const error = refusal.safeParse(json).data?.error ?? 'none';
  if (status === 400 && error === 'invalid_grant') return codeRefused();
  logger.error({ provider: id, status, error }, 'provider refuses the relay');
  return unavailable('provider-refused');
}

const codeRefused = (): ServiceError => new ServiceError(403, 'code-refused');
