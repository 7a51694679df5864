import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { fromHex, toHex } from '@/lib/bytes';
import { hasUniqueNames } from '@/services/http/sign-in/unique-names';

export const ACCESS_TOKEN_LIFE_S = 1_200;
const TYPE = 'at+jwt';
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

export interface AccessClaims {
  /** 32 bytes. */
  accountId: Uint8Array;
  /** Thumbprint of the device key, base64url. */
  jkt: string;
  issuedAtMs: number;
}

export interface AccessTokens {
  /** A token for 20 minutes. */
  issue(claims: AccessClaims): Promise<string>;
  /** What a token says, or undefined if it is not one of this server, or has expired. */
  verify(token: string): Promise<AccessClaims | undefined>;
}

const claimsSchema = z.object({
  sub: z.string().regex(/^[0-9a-f]{64}$/),
  iat: z.number(),
  exp: z.number(),
  cnf: z.object({ jkt: z.string().length(43) }),
});

/**
 * Access tokens that one server issues and only itself accepts: JWT (RFC 9068, HS256), bound to a device key by
 * `cnf.jkt` (RFC 9449, section 6.1).
 * @param audience this server's name
 * @param key 32 bytes, used for nothing else
 */
export function createAccessTokens(audience: string, key: Uint8Array, now: () => number): AccessTokens {
  // Once, not with each token.
  const imported = crypto.subtle.importKey('raw', new Uint8Array(key), HMAC, false, ['sign', 'verify']);
  return {
    issue: async ({ accountId, jkt, issuedAtMs }) =>
      new SignJWT({ cnf: { jkt } })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(audience)
        .setAudience(audience)
        .setSubject(toHex(accountId))
        // A fraction, because tokens may be ended and issued again within one second.
        .setIssuedAt(issuedAtMs / 1000)
        .setExpirationTime(Math.floor(issuedAtMs / 1000) + ACCESS_TOKEN_LIFE_S)
        .sign(await imported),
    async verify(token) {
      const currentDate = new Date(now());
      const options = { algorithms: ['HS256'], typ: TYPE, issuer: audience, audience, currentDate };
      const verified = await jwtVerify(token, await imported, options).catch(() => undefined);
      const { data } = claimsSchema.safeParse(verified && hasUniqueNames(token) ? verified.payload : undefined);
      return data && { accountId: fromHex(data.sub), jkt: data.cnf.jkt, issuedAtMs: Math.round(data.iat * 1000) };
    },
  };
}
