import { createLocalJWKSet, exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';
import { toBase64url } from '@/lib/bytes';
import { signInNonce } from '@/lib/keyless/wire/account';
import type { IdentityProvider } from '@/services/http/sign-in/identity-providers';

export interface TestProvider extends IdentityProvider {
  /** What it would serve at its JWKS address. */
  readonly jwks: JSONWebKeySet;
  /** An ID token as this provider would sign it; `claims` and `header` replace parts, to build bad ones. */
  idToken(parts: { claims: JWTPayload; header?: Record<string, unknown> }): Promise<string>;
  /** A token and what it was bound with, as a sign-in on a device with that thumbprint yields it. */
  signIn(sub: string, thumbprint: Uint8Array): Promise<{ idToken: string; random: Uint8Array }>;
}

/** An identity provider of a test, without a server: its keys are at hand. */
export async function createTestProvider(
  now: () => number,
  issuer = 'https://accounts.example.test',
): Promise<TestProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const kid = crypto.randomUUID();
  const clientId = 'extension';
  const idToken: TestProvider['idToken'] = ({ claims, header }) => {
    const nowS = Math.floor(now() / 1000);
    const payload = { iss: issuer, aud: clientId, sub: 'subject', iat: nowS, exp: nowS + 3600, ...claims };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid, ...header })
      .sign(privateKey, { crit: { unknown: true } });
  };
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] };
  return {
    id: 'test',
    jwks,
    issuer,
    acceptedIssuers: [issuer],
    clientIds: [clientId],
    algorithms: ['RS256'],
    keys: createLocalJWKSet(jwks),
    idToken,
    async signIn(sub, thumbprint) {
      const random = crypto.getRandomValues(new Uint8Array(32));
      return { idToken: await idToken({ claims: { sub, nonce: signInNonce(thumbprint, random) } }), random };
    },
  };
}

/** Body of `POST /session` for a sign-in. */
export function sessionBody({ idToken, random }: { idToken: string; random: Uint8Array }, deviceName = 'Test device') {
  return { idToken, random: toBase64url(random), deviceName };
}
