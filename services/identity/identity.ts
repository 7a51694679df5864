import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Logger } from '@/services/http/server/logger';
import { openAccounts, subjectOf } from '@/services/identity/accounts';
import { appleSubjectOf, asOpenIdRequest, signNotice } from '@/services/identity/apple';
import { openKeys } from '@/services/identity/files';
import { handleInteraction, isInteraction } from '@/services/identity/interaction';
import { errorPage } from '@/services/identity/pages';
import { createProvider, type IdentityClient, type Role } from '@/services/identity/provider';
import { openStorage } from '@/services/identity/storage';

export type { IdentityClient, Role } from '@/services/identity/provider';

const HOSTNAME = '127.0.0.1';

export interface IdentityOptions {
  /** 0 asks the system; keep the port afterwards, because every account hangs on this address. */
  port: number;
  clients: readonly IdentityClient[];
  /** Folder for keys, accounts and sessions; created if need be. */
  dataDir: string;
  /** Google when absent. */
  role?: Role;
  logger: Logger;
}

export interface RunningIdentity {
  /** `http://127.0.0.1:PORT`. */
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly port: number;
  /** What Apple would tell the servers of a client about one of its users, such as `consent-revoked`. */
  signNotice(notice: { account: string; clientId: string; type: string }): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the development identity provider, on loopback only. Everybody can sign in as anybody: it stands for a real
 * provider while developing and testing, and is no part of a release.
 * @throws Error with code EADDRINUSE when the port is taken.
 */
export async function startIdentity({ port, dataDir, logger, ...rest }: IdentityOptions): Promise<RunningIdentity> {
  const { role = { plays: 'google' } } = rest;
  const isApple = role.plays === 'apple';
  const subject = isApple ? (name: string) => appleSubjectOf(name, role.team.teamId) : subjectOf;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const [keys, storage, accounts] = await Promise.all([
    openKeys(join(dataDir, 'keys.json')),
    openStorage(join(dataDir, 'sessions.json')),
    openAccounts(dataDir, subject),
  ]);
  const server = createServer();
  server.listen(port, HOSTNAME);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const issuer = `http://${HOSTNAME}:${address.port}`;
  // Apple compares no secret: what is written here is never told.
  const clients = rest.clients.map((one) => (isApple ? { ...one, secret: randomBytes(32).toString('hex') } : one));
  const provider = createProvider({ issuer, clients, keys, storage, role });
  provider.on('server_error', (_context, error) => logger.error({ err: error }, 'provider failed'));
  const interact = handleInteraction(provider, accounts, role.plays);
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (isApple && !becomesOpenId(request)) {
      const { status, html, headers } = errorPage(
        'apple',
        'invalid_request',
        'With a scope the mode must be form_post.',
      );
      response.writeHead(status, headers).end(html);
      return;
    }
    const answered = isInteraction(request) ? interact(request, response) : answer(request, response);
    answered.catch((error: unknown) => {
      logger.error({ err: error }, 'request failed');
      response.destroy();
    });
  });
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close').catch(() => undefined);
  };
  return {
    issuer,
    jwksUrl: isApple ? `${issuer}/auth/keys` : `${issuer}/jwks`,
    port: address.port,
    signNotice: ({ account, clientId, type }) =>
      signNotice(keys.signingKey, { issuer, clientId, sub: subject(account), type }),
    stop,
  };
}

/** Rewrites a request for Apple's authorization page to one that the library answers; false if Apple would refuse it. */
function becomesOpenId(request: IncomingMessage): boolean {
  const path = request.url ?? '';
  if (!path.startsWith('/auth/authorize?')) return true;
  const rewritten = asOpenIdRequest(path);
  if (rewritten === null) return false;
  request.url = rewritten;
  return true;
}
