import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { accountIdOf, signInNonce } from '@/lib/keyless/wire/account';
import { ServiceError, unauthenticated } from '@/services/http/api/problem';
import type { IdentityProvider } from '@/services/http/sign-in/identity-providers';
import { hasUniqueNames } from '@/services/http/sign-in/unique-names';

const MAX_AGE_S = 600;
const CLOCK_TOLERANCE_S = 60;
const MAX_ID_TOKEN_LENGTH = 8192;
/** OpenID Connect Core 1.0, section 2: at most 255 ASCII characters; control characters are refused, too. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

export interface IdTokenCheck {
  providers: readonly IdentityProvider[];
  idToken: string;
  /** Thumbprint of the device key, 32 bytes. */
  thumbprint: Uint8Array;
  /** What the nonce was made of, besides the device key: 32 bytes. */
  random: Uint8Array;
  nowMs: number;
}

/** Who signed in. */
export interface SignedIn {
  /** 32 bytes; personal data. */
  accountId: Uint8Array;
  provider: IdentityProvider;
  /** The nonce, which names this one sign-in. */
  nonce: string;
  /** When the token ceases to be acceptable. */
  expiresAtMs: number;
}

/**
 * Checks an ID token for a device key (OpenID Connect Core 1.0, section 3.1.3.7; keyless protocol, section 2).
 * @throws ServiceError 401 with reason `id-token-expired` (renew it silently) or `id-token-invalid`, 503 when the
 *   provider's keys cannot be had.
 */
export async function verifyIdToken({
  providers,
  idToken,
  thumbprint,
  random,
  nowMs,
}: IdTokenCheck): Promise<SignedIn> {
  const provider = providerOf(idToken, providers);
  const claims = await verifiedClaims(idToken, provider, nowMs);
  const { sub, aud, azp, nonce, iat, hd } = claims;
  const audiences = [aud ?? []].flat();
  const foreign = audiences.some((audience) => !provider.clientIds.includes(audience));
  if (foreign || (azp !== undefined && !isOneOf(azp, provider.clientIds))) throw invalid();
  // What another type says of itself as a text is no subject.
  if (typeof sub !== 'string' || !SUBJECT.test(sub) || iat === undefined) throw invalid();
  if (provider.hostedDomain !== undefined && hd !== provider.hostedDomain) throw invalid();
  if (nonce !== signInNonce(thumbprint, random)) throw invalid();
  const expiresAtMs = (iat + MAX_AGE_S + CLOCK_TOLERANCE_S) * 1000;
  return { accountId: accountIdOf(provider.issuer, sub), provider, nonce, expiresAtMs };
}

function providerOf(idToken: string, providers: readonly IdentityProvider[]): IdentityProvider {
  if (idToken.length > MAX_ID_TOKEN_LENGTH) throw invalid();
  const provider = providers.find(({ acceptedIssuers }) => isOneOf(unverifiedIssuer(idToken), acceptedIssuers));
  if (provider === undefined) throw invalid();
  return provider;
}

function unverifiedIssuer(idToken: string): unknown {
  try {
    return decodeJwt(idToken).iss;
  } catch (cause) {
    throw invalid(cause);
  }
}

async function verifiedClaims(idToken: string, provider: IdentityProvider, nowMs: number): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(idToken, provider.keys, {
      algorithms: [...provider.algorithms],
      issuer: [...provider.acceptedIssuers],
      audience: [...provider.clientIds],
      requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
      maxTokenAge: MAX_AGE_S,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(nowMs),
    });
    // An access token of the same provider must not pass as an ID token.
    if (protectedHeader.typ !== undefined && protectedHeader.typ.toUpperCase() !== 'JWT') throw invalid();
    if (!hasUniqueNames(idToken)) throw invalid();
    return payload;
  } catch (cause) {
    if (cause instanceof ServiceError) throw cause;
    throw cause instanceof errors.JWTExpired ? unauthenticated('id-token-expired', {}, cause) : invalid(cause);
  }
}

function isOneOf(value: unknown, list: readonly string[]): boolean {
  return typeof value === 'string' && list.includes(value);
}

function invalid(cause?: unknown): ServiceError {
  return unauthenticated('id-token-invalid', {}, cause);
}
