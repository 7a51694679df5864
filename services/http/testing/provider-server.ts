/** The identity provider of a test behind HTTP: it describes itself, publishes its keys, and trades codes for ID tokens. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createTestProvider, type TestProvider } from '@/services/http/testing/provider';

/** Who signed in, and what the request carried: the nonce, and the PKCE challenge (RFC 7636), both base64url. */
export interface SignedInAtProvider {
  readonly sub: string;
  readonly nonce: string;
  readonly challenge: string;
}

export interface ProviderServer {
  readonly provider: TestProvider;
  readonly jwksUrl: string;
  /** A code that is good once. */
  codeFor(signedIn: SignedInAtProvider): string;
  /** How often somebody tried to trade this code. */
  asked(code: string): number;
  stop(): void;
}

export async function startProviderServer(): Promise<ProviderServer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwksUrl = `${issuer}/jwks`;
  const provider = await createTestProvider(Date.now, issuer);
  const waiting = new Map<string, SignedInAtProvider>();
  const asked = new Map<string, number>();

  const trade = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await text(request));
    const code = form.get('code') ?? '';
    asked.set(code, (asked.get(code) ?? 0) + 1);
    const signedIn = waiting.get(code);
    waiting.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (signedIn?.challenge !== challenge) return { status: 400, json: { error: 'invalid_grant' } };
    const { sub, nonce } = signedIn;
    return { status: 200, json: { id_token: await provider.idToken({ claims: { sub, nonce } }) } };
  };
  const described = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: jwksUrl,
  };
  server.on('request', async (request, response) => {
    const path = request.url ?? '';
    const known = path === '/jwks' ? provider.jwks : described;
    const { status, json } = path === '/token' ? await trade(request) : { status: 200, json: known };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  return {
    provider,
    jwksUrl,
    codeFor: (signedIn) => {
      const code = crypto.randomUUID();
      waiting.set(code, signedIn);
      return code;
    },
    asked: (code) => asked.get(code) ?? 0,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
