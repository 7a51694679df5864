import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import { type ApiDescription, openApiOf } from '@/services/http/api/openapi';
import { operation, serve } from '@/services/http/api/operation';
import { limitBody, problemHandler, problemNotFound, ServiceError } from '@/services/http/api/problem';
import type { Logger } from '@/services/http/server/logger';
import { createReadiness, type Readiness } from '@/services/http/server/readiness';

/** What every route finds in its context. */
export interface ServiceEnv {
  Variables: { requestId: string };
}

/** A request that was answered, without anything that names somebody. */
export interface ObservedRequest {
  readonly method: string;
  /** The pattern of the route, not the path: a path may name an account. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

export interface ServiceAppOptions {
  logger: Logger;
  /** Largest request body in bytes; 64 KiB when absent. */
  maxBodyBytes?: number;
  /** What `GET /readyz` asks; always ready when absent. */
  readiness?: Readiness;
  /** Told of every request, for metrics. */
  observe?: (request: ObservedRequest) => void;
  /** What `GET /openapi.json` describes, besides the routes that every service has. */
  api?: ApiDescription;
}

const REQUEST_ID_CHARACTERS = 64;

const livez = operation({
  method: 'get',
  path: '/livez',
  summary: 'Whether the process answers at all',
  access: 'open',
  answer: z.object({ status: z.literal('ok') }),
  refusals: [],
});

const readyz = operation({
  ...livez,
  path: '/readyz',
  summary: 'Whether it should be sent requests; if not, `detail` names what is not in order',
  refusals: ['temporarily-unavailable'],
});

const document = operation({
  ...livez,
  path: '/openapi.json',
  summary: 'This document',
  answer: z.record(z.string(), z.unknown()),
});

/**
 * An application with what all servers share: request id, one log line a request, security headers, problems,
 * `GET /livez`, `/readyz` and `/openapi.json`.
 */
export function createServiceApp(options: ServiceAppOptions): Hono<ServiceEnv> {
  const { logger, maxBodyBytes = 64 * 1024, readiness = createReadiness({}), observe, api } = options;
  const app = new Hono<ServiceEnv>();
  // An id from outside is taken if it has at most so many of A-Z, a-z, 0-9, "_", "-" and "="; else a new one is drawn.
  app.use(requestId({ limitLength: REQUEST_ID_CHARACTERS }));
  app.use(echoRequestId);
  app.use(observeRequests(logger, observe));
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } }));
  app.use(neverCached);
  app.use(limitBody(maxBodyBytes));
  app.onError(problemHandler(logger));
  app.notFound(problemNotFound);
  serve(app, livez, [], () => ({ status: 'ok' as const }));
  serve(app, readyz, [], async () => {
    const failing = await readiness.failing();
    if (failing.length > 0) throw notReady(failing);
    return { status: 'ok' as const };
  });
  if (api) {
    const described = openApiOf({ ...api, operations: [...api.operations, livez, readyz, document] });
    serve(app, document, [], () => ({ ...described }));
  }
  return app;
}

function notReady(failing: readonly string[]): ServiceError {
  const detail = `Not in order: ${failing.join(', ')}.`;
  return new ServiceError(503, 'temporarily-unavailable', { detail, headers: { 'retry-after': '5' } });
}

/** Also on problems, which are responses of their own. */
const echoRequestId = createMiddleware<ServiceEnv>(async (c, next) => {
  await next();
  c.res.headers.set('x-request-id', c.get('requestId'));
});

const neverCached = createMiddleware(async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
});

/** Writes one line a request and tells `observe` of it. */
export function observeRequests(logger: Logger | undefined, observe: ServiceAppOptions['observe']) {
  return createMiddleware<ServiceEnv>(async (c, next) => {
    const startedAtMs = performance.now();
    await next();
    const durationMs = performance.now() - startedAtMs;
    const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? '*';
    const observed = { method: c.req.method, route, status: c.res.status };
    observe?.({ ...observed, durationMs });
    logger?.info({ requestId: c.get('requestId'), ...observed, durationMs: Math.round(durationMs) }, 'request');
  });
}
