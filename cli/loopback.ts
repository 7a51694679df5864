/**
 * A sign-in in the user's own browser (RFC 8252): authorization code and PKCE (RFC 7636), answered on a port of this
 * machine. To the wallet's sign-in it looks like the direct flow: the ID token in the fragment.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';

export interface LoopbackOptions {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly tokenUrl: string;
  /** Tells the user which address to open. */
  readonly show: (url: string) => void;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}

export interface Loopback {
  readonly redirectUrl: string;
  /** @throws `sign-in-cancelled`, `sign-in-failed`, `identity-unreachable` */
  launch(url: string): Promise<string>;
  close(): void;
}

const MAX_TOKENS_BYTES = 64 * 1024;
const tokens = z.object({ id_token: z.string().min(1).max(8192) });

export async function openLoopback(options: LoopbackOptions): Promise<Loopback> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback server has no port');
  const redirectUrl = `http://127.0.0.1:${address.port}/`;

  const answerTo = (state: string): Promise<URLSearchParams> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new WalletError('sign-in-cancelled')), options.timeoutMs);
      server.on('request', (request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', redirectUrl);
        if (pathname !== '/' || searchParams.get('state') !== state)
          return say(response, 400, 'This is no answer to a sign-in that was asked for.');
        clearTimeout(timer);
        say(response, 200, 'That was the sign-in. You can close this tab and go on in the terminal.');
        resolve(searchParams);
      });
    });

  return {
    redirectUrl,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
    launch: async (text) => {
      const url = new URL(text);
      const verifier = randomBytes(32).toString('base64url');
      url.searchParams.set('response_type', 'code');
      url.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
      url.searchParams.set('code_challenge_method', 'S256');
      const state = url.searchParams.get('state') ?? '';
      const answered = answerTo(state);
      options.show(url.href);
      const answer = await answered;
      const code = answer.get('code');
      const error = answer.get('error') ?? 'no-code';
      const said = code === null ? { error } : { id_token: await redeem(options, redirectUrl, code, verifier) };
      return `${redirectUrl}#${new URLSearchParams({ state, ...said })}`;
    },
  };
}

function say(response: ServerResponse, status: 200 | 400, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(text);
}

async function redeem(options: LoopbackOptions, redirectUrl: string, code: string, verifier: string): Promise<string> {
  const { clientId, clientSecret, tokenUrl, fetch } = options;
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: redirectUrl,
    code_verifier: verifier,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  });
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(15_000),
  }).catch(() => {
    throw new WalletError('identity-unreachable');
  });
  const text = new TextDecoder().decode(await readBody(response, MAX_TOKENS_BYTES));
  const answer = tokens.safeParse(response.ok ? parse(text) : null);
  if (!answer.success) throw new WalletError('sign-in-failed', { reason: 'token' });
  return answer.data.id_token;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
