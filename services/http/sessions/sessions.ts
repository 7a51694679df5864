import { hkdfSync } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { encode, fromBase64url, toBase64url } from '@/lib/bytes';
import {
  type DevicesResponse,
  MOST_DEVICES,
  type SessionRequest,
  type SessionResponse,
  type SignOutRequest,
  sessionRequest,
  sessionResponse,
} from '@/lib/keyless/wire/session';
import { operation, serve } from '@/services/http/api/operation';
import { unauthenticated } from '@/services/http/api/problem';
import { ACCESS_TOKEN_LIFE_S, createAccessTokens } from '@/services/http/sessions/access-token';
import type { ProofKey } from '@/services/http/sessions/device-keys';
import { createDpopVerifier } from '@/services/http/sessions/dpop';
import { receiveNotice, takeNotice } from '@/services/http/sessions/notices';
import {
  type GuardContext,
  offerNonce,
  requireAccess,
  requireStatus,
  type Session,
  type SessionEnv,
} from '@/services/http/sessions/session-guards';
import type { SessionStore } from '@/services/http/sessions/session-store';
import { hashOfStatusToken, statusExpiry } from '@/services/http/sessions/status-token';
import { verifyIdToken } from '@/services/http/sign-in/id-token';
import type { IdentityProvider } from '@/services/http/sign-in/identity-providers';

export type { Session, SessionEnv } from '@/services/http/sessions/session-guards';

export interface SessionsOptions {
  /** This server's name in its tokens, such as `vault`; differs between servers, so that none accepts another's. */
  audience: string;
  /** The address that clients use, without a final slash. */
  externalUrl: string;
  /** 32 secret bytes, the same in all processes of this server. */
  secret: Uint8Array;
  providers: readonly IdentityProvider[];
  store: SessionStore;
  now: () => number;
  random: (length: number) => Uint8Array;
  /** Told of each opened session before it is answered, for example to note a new device. */
  onOpened?: (opened: OpenedSession) => Promise<void>;
}

export interface OpenedSession extends Session {
  device: 'new' | 'known';
  deviceName: string;
  atMs: number;
}

export interface Sessions {
  /** `POST /session` and `POST /notices`: mount with `app.route('/', sessions.routes)`. */
  readonly routes: Hono<SessionEnv>;
  /** Lets a request with a valid access token and proof through; `c.get('session')` says whose. */
  readonly requireAccess: MiddlewareHandler<SessionEnv>;
  /** The same for the status token, which reads status only. */
  readonly requireStatus: MiddlewareHandler<SessionEnv>;
  /** Who has a session of an account (32 bytes), seen last first. */
  readonly devices: (accountId: Uint8Array) => Promise<DevicesResponse['devices']>;
  /** Ends the session of a device, if it has one. The caller has verified the owner's signature (`verifySignOut`). */
  readonly signOut: (accountId: Uint8Array, order: SignOutRequest) => Promise<void>;
}

/** The one operation that opens a session; a server lists it among its own. */
export const openSession = operation({
  method: 'post',
  path: '/session',
  summary: 'Opens a session of a device with an ID token whose nonce opens to the device key',
  access: 'proof',
  body: sessionRequest,
  status: 201,
  answer: sessionResponse,
  refusals: [],
});

/**
 * Sessions of one server (keyless protocol, section 2): opened with an ID token whose nonce opens to the device key,
 * used with tokens bound to that key by DPoP.
 * @throws RangeError when the secret has not 32 bytes.
 */
export function createSessions(options: SessionsOptions): Sessions {
  const { audience, externalUrl, secret, store, now } = options;
  const nonceKey = derive(secret, 'halfkey/dpop-nonce/v1', audience);
  const accessKey = derive(secret, 'halfkey/access-token/v1', audience);
  const dpop = createDpopVerifier({ externalUrl, nonceKey, store, now });
  const context = { ...options, dpop, accessTokens: createAccessTokens(audience, accessKey, now) };
  const routes = new Hono<SessionEnv>();
  serve(routes, openSession, [offerNonce(dpop)], async ({ body }, c) => {
    const key = await dpop.verify({ method: c.req.method, path: c.req.path, proof: c.req.header('dpop') });
    return open(context, key, body);
  });
  serve(routes, receiveNotice, [], async ({ body }) => {
    await takeNotice(options, body.notice, now());
    return {};
  });
  return {
    routes,
    requireAccess: requireAccess(context),
    requireStatus: requireStatus(context),
    devices: async (accountId) => {
      const devices = await store.listDevices(accountId, MOST_DEVICES);
      return devices.map(({ jkt, deviceName: name, lastSeenAtMs }) => ({
        jkt: fromBase64url(jkt),
        name,
        lastSeenAtMs,
      }));
    },
    signOut: async (accountId, { jkt, signature }) => {
      await store.signOut(accountId, toBase64url(jkt), { signature, nowMs: now() });
    },
  };
}

function derive(secret: Uint8Array, purpose: string, audience: string): Uint8Array {
  if (secret.length !== 32) throw new RangeError('The session secret must have 32 bytes.');
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), encode(purpose, audience), 32));
}

async function open(
  context: SessionsOptions & GuardContext,
  key: ProofKey,
  body: SessionRequest,
): Promise<SessionResponse> {
  const { providers, store, accessTokens } = context;
  const { idToken, random, deviceName } = body;
  const nowMs = context.now();
  const signedIn = await verifyIdToken({ providers, idToken, thumbprint: key.thumbprint, random, nowMs });
  const { accountId } = signedIn;
  // Nobody signs in twice with one token, not even the same device after it was signed out.
  if (!(await store.insertOnce(`id-token ${signedIn.nonce}`, signedIn.expiresAtMs)))
    throw unauthenticated('id-token-used');
  const session = { accountId, jkt: key.jkt };
  const statusToken = toBase64url(context.random(32));
  const status = { statusHash: hashOfStatusToken(statusToken), statusExpiresAtMs: statusExpiry(nowMs) };
  const device = await store.openDevice({ ...session, ...status, deviceName, nowMs });
  await context.onOpened?.({ ...session, device, deviceName, atMs: nowMs });
  const accessToken = await accessTokens.issue({ ...session, issuedAtMs: nowMs });
  return { accessToken, expiresInS: ACCESS_TOKEN_LIFE_S, statusToken };
}
