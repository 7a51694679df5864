import { createHash } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { fromBase64url } from '@/lib/bytes';

export interface ProofParts {
  method: string;
  url: string;
  nonce?: string | undefined;
  accessToken?: string | undefined;
  /** Replace parts of the proof, to build bad ones. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
}

/** Anything that answers requests: the `request` of a Hono application, or `fetch`. */
export type Send = (url: string, init: RequestInit) => Response | Promise<Response>;

/** A device of a test: a DPoP key and what it remembers. */
export interface TestDevice {
  /** Thumbprint of its key, base64url and 32 bytes. */
  readonly jkt: string;
  readonly thumbprint: Uint8Array;
  readonly jwk: JWK;
  proof(parts: ProofParts): Promise<string>;
  /** Sends a request with a proof, and once more when the server asks for its nonce. JSON when `json` is given. */
  send(send: Send, url: string, request: { method: string; json?: unknown; accessToken?: string }): Promise<Response>;
}

/** A device with a new P-256 key that speaks DPoP (RFC 9449) as the extension does. */
export async function createDevice(): Promise<TestDevice> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  const jkt = await calculateJwkThumbprint(jwk);
  const nonces = new Map<string, string>();
  const proof = (parts: ProofParts) => signProof(privateKey, jwk, parts);
  return {
    jkt,
    thumbprint: fromBase64url(jkt),
    jwk,
    proof,
    async send(send, url, { method, json, accessToken }) {
      const { origin } = new URL(url);
      const attempt = async () => {
        const headers = new Headers({ dpop: await proof({ method, url, accessToken, nonce: nonces.get(origin) }) });
        if (accessToken !== undefined) headers.set('authorization', `DPoP ${accessToken}`);
        if (json !== undefined) headers.set('content-type', 'application/json');
        const response = await send(url, {
          method,
          headers,
          ...(json !== undefined && { body: JSON.stringify(json) }),
        });
        const nonce = response.headers.get('dpop-nonce');
        if (nonce !== null) nonces.set(origin, nonce);
        return response;
      };
      const response = await attempt();
      const refusal = response.headers.get('www-authenticate') ?? '';
      return refusal.includes('use_dpop_nonce') ? attempt() : response;
    },
  };
}

async function signProof(key: CryptoKey, jwk: JWK, parts: ProofParts): Promise<string> {
  const { method, url, nonce, accessToken, claims, header } = parts;
  const ath = accessToken && createHash('sha256').update(accessToken).digest('base64url');
  const payload = {
    jti: crypto.randomUUID(),
    htm: method,
    htu: url,
    iat: 1_700_000_000,
    ...(nonce !== undefined && { nonce }),
    ...(ath && { ath }),
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
    .sign(key, { crit: { unknown: true } });
}
