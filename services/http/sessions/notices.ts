/** What a provider tells about one of its users, signed by it: it ends access, and deletes nothing. */
import { decodeJwt, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { noticeRequest } from '@/lib/keyless/wire/relay';
import { operation } from '@/services/http/api/operation';
import { ServiceError, unauthenticated } from '@/services/http/api/problem';
import type { SessionStore } from '@/services/http/sessions/session-store';
import type { IdentityProvider } from '@/services/http/sign-in/identity-providers';
import { hasUniqueNames } from '@/services/http/sign-in/unique-names';

/** A relay repeats a notice for a day; a provider may be late, too. */
const MAX_AGE_S = 7 * 24 * 3600;
const CLOCK_TOLERANCE_S = 60;
/** A notice is remembered for as long as it would be accepted. */
const KEPT_MS = (MAX_AGE_S + 2 * CLOCK_TOLERANCE_S) * 1000;

/** After these nobody may go on with a session of before. Whatever else a provider tells is about e-mail addresses. */
const ENDING: ReadonlySet<string> = new Set(['consent-revoked', 'account-delete']);

const event = z.object({ type: z.string().max(64), sub: z.string().min(1).max(255) });
/** Apple sends the event as JSON within a string. */
const claims = z.object({
  jti: z.string().min(1).max(128),
  events: z.union([
    event,
    z
      .string()
      .max(4096)
      .transform((text) => event.parse(JSON.parse(text))),
  ]),
});

/** The one operation that takes notices; a server with sessions lists it among its own. */
export const receiveNotice = operation({
  method: 'post',
  path: '/notices',
  summary: 'Takes what an identity provider signed about a user: access tokens end, nothing is deleted',
  access: 'open',
  body: noticeRequest,
  answer: z.object({}),
  refusals: ['unauthenticated', 'temporarily-unavailable', 'too-many-requests'],
});

export interface ProviderNotice {
  readonly provider: IdentityProvider;
  readonly sub: string;
  readonly type: string;
  /** Names this one notice. */
  readonly id: string;
}

/** @throws ServiceError 401 `notice-invalid`, 503 when the provider's keys cannot be had */
export async function verifyNotice(
  providers: readonly IdentityProvider[],
  notice: string,
  nowMs: number,
): Promise<ProviderNotice> {
  try {
    const { iss } = decodeJwt(notice);
    const provider = providers.find(({ acceptedIssuers }) => iss !== undefined && acceptedIssuers.includes(iss));
    if (provider === undefined) throw unauthenticated('notice-invalid');
    const { payload } = await jwtVerify(notice, provider.keys, {
      algorithms: [...provider.algorithms],
      issuer: [...provider.acceptedIssuers],
      audience: [...provider.clientIds],
      requiredClaims: ['iat', 'jti', 'events'],
      maxTokenAge: MAX_AGE_S,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(nowMs),
    });
    if (!hasUniqueNames(notice)) throw unauthenticated('notice-invalid');
    const { jti, events } = claims.parse(payload);
    return { provider, sub: events.sub, type: events.type, id: jti };
  } catch (cause) {
    if (cause instanceof ServiceError) throw cause;
    const known = [errors.JOSEError, z.ZodError, SyntaxError];
    if (known.some((kind) => cause instanceof kind) || isShortKey(cause))
      throw unauthenticated('notice-invalid', {}, cause);
    throw cause;
  }
}

/** The library says it of a key that the provider publishes, in words only (RFC 7518, section 3.3). */
const isShortKey = (cause: unknown): boolean =>
  cause instanceof TypeError && cause.message.includes('requires key modulusLength');

/** Whether sessions of before may not go on after this. */
export const endsSessions = ({ type }: Pick<ProviderNotice, 'type'>): boolean => ENDING.has(type);

/** Ends the access tokens of the account that a notice is about, once for each notice. Status tokens stay. */
export async function takeNotice(
  { providers, store }: { readonly providers: readonly IdentityProvider[]; readonly store: SessionStore },
  notice: string,
  nowMs: number,
): Promise<void> {
  const told = await verifyNotice(providers, notice, nowMs);
  if (!endsSessions(told)) return;
  const { provider, sub, id } = told;
  // Whoever has seen a notice must not end sessions with it again and again.
  const order = { key: `notice ${provider.id} ${id}`, expiresAtMs: nowMs + KEPT_MS };
  await store.endAccess(accountIdOf(provider.issuer, sub), nowMs, order);
}
