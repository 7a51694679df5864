import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { observeRequests, type ServiceAppOptions, type ServiceEnv } from '@/services/http/api/app';
import { limitBodyTo } from '@/services/http/api/limit-body';
import type { Logger } from '@/services/http/server/logger';
import { createReadiness } from '@/services/http/server/readiness';
import { type RealmLimits, TooManyRequests } from './limits';
import { realmDocument } from './openapi';
import type { Refused } from './protocol/step';
import { eventJson, MAX_LOG_BODY_BYTES, parseAckRequest, parseLogRequest } from './protocol/tenant-log';
import { InvalidClaims, InvalidToken, readAuditor, readClaims, type TenantKeys, verifyToken } from './protocol/tokens';
import { decodeRequest, encodeResponse, MalformedRequest } from './protocol/wire';
import { handle, type RealmParts } from './realm';

export interface RealmAppOptions extends RealmParts {
  /** 32 lower-case hex digits. */
  realmId: string;
  tenants: TenantKeys;
  /** Absent: nothing is logged. */
  logger?: Logger;
  /** Absent: none, for parties within one process. */
  limits?: RealmLimits;
  /** What `GET /readyz` asks; always ready when absent. */
  readiness?: ServiceAppOptions['readiness'];
  /** Told of every request, for metrics. */
  observe?: ServiceAppOptions['observe'];
}

const MAX_BODY_BYTES = 2048;
const PREFLIGHT_SECONDS = 600;

/** Words for a client developer; the status is what a client acts on. 401 is the one that the SDK does not repeat. */
const REFUSALS: Record<Refused['reason'], string> = {
  'operation-not-allowed': 'token does not allow this operation',
  'already-registered': 'row is occupied',
  'token-used': 'token has been used for another guess',
};

/**
 * The HTTP face of a realm, to be served or called in-process (`app.request`, `app.fetch`).
 * Checks stand in the order of the protocol: size, signature, SDK version, claims, encoding, state. The limits are asked
 * in one statement behind the claims, but that of the address is answered before anything that is wrong with the token.
 * Error bodies are text or JSON and never parse as a response: the SDK would take them for one.
 */
export function createRealmApp(options: RealmAppOptions): Hono<ServiceEnv> {
  const { realmId, tenants, logger, limits, readiness = createReadiness({}), observe, ...realm } = options;
  const app = new Hono<ServiceEnv>();
  app.use(letAnybodyRead);
  app.use(requestId({ limitLength: 64 }));
  app.use(observeRequests(logger, observe));
  app.use(secureHeaders({ crossOriginResourcePolicy: 'cross-origin' }));
  app.use(timed);
  app.get('/', (c) => c.json({ realmID: realmId }));
  app.get('/livez', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const failing = await readiness.failing();
    if (failing.length === 0) return c.json({ status: 'ok' });
    return c.text(`not in order: ${failing.join(', ')}`, 503, { 'retry-after': '5' });
  });
  app.get('/openapi.json', (c) => c.json(realmDocument));
  const claimsOf = async (c: Context) => {
    const verified = await verifyToken(bearerToken(c), tenants, realm.now());
    if (!isSupported(c.req.header('x-juicebox-version'))) throw new UnsupportedVersion();
    return readClaims(verified, realmId);
  };
  app.post('/req', limitBodyTo(MAX_BODY_BYTES, tooLarge), async (c) => {
    const claims = await claimsOf(c).catch(async (error) => {
      await limits?.takeForAddress(c);
      throw error;
    });
    await limits?.takeForToken(c, claims);
    const request = decodeRequest(new Uint8Array(await c.req.arrayBuffer()));
    const response = await handle(realm, claims, request);
    if ('accepted' in response) return c.text(REFUSALS[response.reason], 401);
    return c.body(new Uint8Array(encodeResponse(response)), 200, { 'content-type': 'application/octet-stream' });
  });
  const limitLogBody = limitBodyTo(MAX_LOG_BODY_BYTES, tooLarge);
  const auditorOf = async (c: Context) => {
    await limits?.takeForAddress(c);
    return readAuditor(await verifyToken(bearerToken(c), tenants, realm.now()), realmId);
  };
  app.post('/tenant_log', limitLogBody, async (c) => {
    const tenant = await auditorOf(c);
    const { acks, pageSize } = parseLogRequest(await c.req.text());
    await realm.store.acknowledgeEvents(tenant, acks, realm.now());
    return c.json({ events: (await realm.store.readEvents(tenant, pageSize)).map(eventJson) });
  });
  app.post('/tenant_log/ack', limitLogBody, async (c) => {
    const tenant = await auditorOf(c);
    await realm.store.acknowledgeEvents(tenant, parseAckRequest(await c.req.text()), realm.now());
    return c.json({});
  });
  app.notFound((c) => c.text('not found', 404));
  app.onError((error, c) => {
    if (error instanceof MissingToken) return c.json({ message: 'missing or malformed jwt' }, 401);
    if (error instanceof InvalidToken) return c.json({ message: 'invalid or expired jwt' }, 401);
    if (error instanceof UnsupportedVersion) return c.text('SDK upgrade required', 426);
    if (error instanceof InvalidClaims) return c.text(error.message, 401);
    if (error instanceof MalformedRequest) return c.text(error.message, 400);
    if (error instanceof TooManyRequests) return c.text(error.message, 429, { 'retry-after': error.retryAfterS });
    logger?.error({ err: error }, 'request failed');
    return c.text('internal error', 500);
  });
  return app;
}

const tooLarge = (c: Context) => c.text('body too large', 413);

const CORS = {
  origin: '*',
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['Authorization', 'X-Juicebox-Version', 'User-Agent', 'Content-Type'],
  maxAge: PREFLIGHT_SECONDS,
};

const preflight = cors(CORS);
/** An answer gets its header when it is made: the middleware of Hono would make one before, and copy the real one into it. */
const letAnybodyRead: MiddlewareHandler = (c, next) => {
  if (c.req.method === 'OPTIONS') return preflight(c, next);
  c.header('access-control-allow-origin', CORS.origin);
  return next();
};

/** `x-exec-time` in nanoseconds; nothing is kept by a cache. */
const timed = createMiddleware(async (c, next) => {
  const startedAtMs = performance.now();
  await next();
  c.res.headers.set('x-exec-time', String(Math.round((performance.now() - startedAtMs) * 1_000_000)));
  c.res.headers.set('cache-control', 'no-store');
});

class MissingToken extends Error {
  override name = 'MissingToken';
}

function bearerToken(c: Context): string {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (token === undefined) throw new MissingToken();
  return token;
}

class UnsupportedVersion extends Error {
  override name = 'UnsupportedVersion';
}

/** Semantic versions from 0.2.0. */
function isSupported(version: string | undefined): boolean {
  const match = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.exec(version ?? '');
  return match !== null && (Number(match[1]) > 0 || Number(match[2]) >= 2);
}
