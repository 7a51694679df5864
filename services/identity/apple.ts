/** What Apple does otherwise than Google, for the development provider (Apple, "Sign in with Apple REST API"). */
import { createHash, type KeyObject } from 'node:crypto';
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Provider } from 'oidc-provider';

/** Apple takes a secret for half a year at most, in seconds. */
const LONGEST_SECRET_LIFE_S = 15_777_000;

/** A developer as Apple knows one. */
export interface AppleTeam {
  readonly teamId: string;
  readonly keyId: string;
  /** P-256; the private half is the relay's. */
  readonly publicKey: KeyObject;
}

/** The same for all client ids of one team, and for no other team. */
export function appleSubjectOf(name: string, teamId: string): string {
  const digest = createHash('sha256').update(`halfkey development account\n${teamId}\n${name}`).digest('hex');
  return `00${digest.replace(/\D/g, '').padEnd(4, '0').slice(0, 4)}.${digest.slice(0, 32)}.0${digest.replace(/\D/g, '').padEnd(7, '0').slice(4, 7)}`;
}

/** Claims of somebody who was asked for an address: booleans are text. */
export const appleClaimsOf = (sub: string) => ({
  sub,
  email: `${createHash('sha256').update(sub).digest('hex').slice(0, 10)}@privaterelay.example`,
  email_verified: 'true',
  is_private_email: 'true',
});

/** Puts the check of a secret that the relay signs (JWT by ES256) in the place of a comparison. */
export function takeSignedSecrets(provider: Provider, issuer: string, { teamId, keyId, publicKey }: AppleTeam): void {
  const isRight = async (clientId: string, secret: string): Promise<boolean> => {
    const options = { algorithms: ['ES256'], issuer: teamId, subject: clientId, audience: issuer };
    const { payload, protectedHeader } = await jwtVerify(secret, publicKey, options);
    const { iat, exp } = payload;
    const isShort = iat !== undefined && exp !== undefined && exp - iat <= LONGEST_SECRET_LIFE_S;
    return isShort && protectedHeader.kid === keyId;
  };
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, secret: string) {
      return isRight(this.clientId, secret).catch(() => false);
    },
  });
}

/** Adds what Apple posts once, the first time that somebody signs in to a client that asks for the name. */
export function tellNamesOnce(provider: Provider): void {
  const told = new Set<string>();
  provider.on('authorization.success', ({ oidc }, answer) => {
    const scopes = String(oidc.params?.scope ?? '').split(' ');
    const pair = `${oidc.client?.clientId} ${oidc.session?.accountId}`;
    if (answer === undefined || !scopes.includes('name') || told.has(pair)) return;
    told.add(pair);
    answer.user = JSON.stringify({ name: { firstName: 'Mira', lastName: 'Example' } });
  });
}

/**
 * A request as the library should see it: Apple needs no scope for an ID token.
 * @returns the path and query, or null if Apple would refuse it: with a scope only `form_post` is allowed
 */
export function asOpenIdRequest(path: string): string | null {
  const url = new URL(path, 'http://apple.invalid');
  const scopes = (url.searchParams.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const asksForMore = scopes.some((scope) => scope !== 'openid');
  if (asksForMore && url.searchParams.get('response_mode') !== 'form_post') return null;
  url.searchParams.set('scope', [...new Set(['openid', ...scopes])].join(' '));
  return url.pathname + url.search;
}

/** A server-to-server notice, as Apple signs it: the event is text within the token. */
export async function signNotice(
  signingKey: JWK,
  notice: { readonly issuer: string; readonly clientId: string; readonly sub: string; readonly type: string },
): Promise<string> {
  const { issuer, clientId, sub, type } = notice;
  const event = { type, sub, event_time: Date.now() };
  return new SignJWT({ events: JSON.stringify(event) })
    .setProtectedHeader({ alg: 'RS256', ...(signingKey.kid !== undefined && { kid: signingKey.kid }) })
    .setIssuer(issuer)
    .setAudience(clientId)
    .setIssuedAt()
    .setJti(crypto.randomUUID())
    .sign(await importJWK(signingKey, 'RS256'));
}
