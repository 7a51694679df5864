import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { signedOut, unauthenticated } from '@/services/http/api/problem';
import type { AccessTokens } from '@/services/http/sessions/access-token';
import type { DpopVerifier } from '@/services/http/sessions/dpop';
import type { Device, SessionStore } from '@/services/http/sessions/session-store';
import { hashOfStatusToken, statusExpiry } from '@/services/http/sessions/status-token';

/** The sliding end of a status token is written at most this often. */
const STATUS_STEP_MS = 3_600_000;

/** Who sends a request: the account, and the device by its key. */
export interface Session {
  /** 32 bytes; personal data. */
  accountId: Uint8Array;
  /** Thumbprint of the device key, base64url. */
  jkt: string;
}

/** Context of a route behind `requireAccess` or `requireStatus`. */
export interface SessionEnv {
  Variables: { requestId: string; session: Session };
}

export interface GuardContext {
  dpop: DpopVerifier;
  accessTokens: AccessTokens;
  store: SessionStore;
  now: () => number;
}

/** Lets a request with a valid access token and proof through; a device that was signed out is told, with proof. */
export function requireAccess(context: GuardContext): MiddlewareHandler<SessionEnv> {
  return requireToken(context, async (token) => {
    const claims = await context.accessTokens.verify(token);
    const device = claims && (await context.store.deviceByKey(claims.accountId, claims.jkt));
    if (!device) return undefined;
    // Whose token it was is told so by a proof of the same key, and no earlier.
    if (device.signedOutBy !== null) return device;
    return claims.issuedAtMs > device.accessEndedAtMs ? device : undefined;
  });
}

/** Lets a request with a valid status token and proof through, and moves the end of that token. */
export function requireStatus(context: GuardContext): MiddlewareHandler<SessionEnv> {
  const { store, now } = context;
  const findDevice = async (token: string) => {
    const device = await store.deviceByStatus(hashOfStatusToken(token));
    return device && device.statusExpiresAtMs > now() ? device : undefined;
  };
  return requireToken(context, findDevice, async (device) => {
    const statusExpiresAtMs = statusExpiry(now());
    if (statusExpiresAtMs - device.statusExpiresAtMs < STATUS_STEP_MS) return;
    await store.extendStatus(device.accountId, device.jkt, { nowMs: now(), statusExpiresAtMs });
  });
}

/** Sends the nonce for the next proof with every answer, so that clients rarely need a second round. */
export function offerNonce(dpop: DpopVerifier): MiddlewareHandler {
  return createMiddleware(async (c, next) => {
    await next();
    c.res.headers.set('dpop-nonce', dpop.nonce());
  });
}

function requireToken(
  { dpop }: GuardContext,
  findDevice: (token: string) => Promise<Device | undefined>,
  used: (device: Device) => Promise<void> = async () => undefined,
): MiddlewareHandler<SessionEnv> {
  const offer = offerNonce(dpop);
  return createMiddleware<SessionEnv>(async (c, next) => {
    const token = presentedToken(c);
    const device = await findDevice(token);
    if (device === undefined) throw invalidToken();
    const proof = c.req.header('dpop');
    const { jkt } = await dpop.verify({ method: c.req.method, path: c.req.path, proof, accessToken: token });
    if (jkt !== device.jkt) throw invalidToken();
    if (device.signedOutBy !== null) throw signedOut(device.signedOutBy);
    await used(device);
    c.set('session', { accountId: device.accountId, jkt });
    return offer(c, next);
  });
}

function presentedToken(c: Context): string {
  const [scheme, token, ...rest] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'dpop' || !token || rest.length > 0) throw invalidToken();
  return token;
}

function invalidToken() {
  return unauthenticated('invalid-token', { 'www-authenticate': 'DPoP error="invalid_token", algs="ES256"' });
}
