import { zValidator } from '@hono/zod-validator';
import type { Context, ErrorHandler, MiddlewareHandler, NotFoundHandler, ValidationTargets } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodType } from 'zod';
import { toBase64url } from '@/lib/bytes';
import { limitBodyTo } from '@/services/http/api/limit-body';
import { isConnectionLost } from '@/services/http/database/retry';
import type { Logger } from '@/services/http/server/logger';

export interface ServiceErrorOptions {
  /** One sentence for a developer; never a value from the request. */
  detail?: string;
  /** Further members of the problem, such as `{ nextAtMs }`. */
  members?: Readonly<Record<string, string | number | boolean | null>>;
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
}

/** An answer other than success: an HTTP status and a code of the closed list of that service, in kebab case. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    readonly options: ServiceErrorOptions = {},
  ) {
    super(options.detail ?? code, { cause: options.cause });
  }
}

/** The error as `application/problem+json` (RFC 9457) with the additional member `code`. */
export function problemResponse(error: ServiceError): Response {
  const { detail, members, headers } = error.options;
  const body = { ...members, type: 'about:blank', status: error.status, code: error.code, ...(detail && { detail }) };
  return Response.json(body, {
    status: error.status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

/** 401 `unauthenticated`; `reason` tells a developer, and a client that wants to renew silently, which part failed. */
export function unauthenticated(reason: string, headers: Record<string, string> = {}, cause?: unknown): ServiceError {
  return new ServiceError(401, 'unauthenticated', { members: { reason }, headers, cause });
}

/** The same to a device that its owner signed out, with the signature (64 bytes) that says so. */
export function signedOut(signature: Uint8Array): ServiceError {
  return new ServiceError(401, 'unauthenticated', {
    members: { reason: 'signed-out', signature: toBase64url(signature) },
    headers: { 'www-authenticate': 'DPoP error="invalid_token", algs="ES256"' },
  });
}

/**
 * 503 `temporarily-unavailable`: something that this server needs does not answer. Nothing was decided, except where the
 * database went away while it stored: there the request may have been carried out, as if its answer had been lost.
 */
export function unavailable(reason: string, cause?: unknown): ServiceError {
  return new ServiceError(503, 'temporarily-unavailable', {
    members: { reason },
    headers: { 'retry-after': '5' },
    cause,
  });
}

/**
 * Turns what a handler threw into a problem. A lost database is 503 `temporarily-unavailable`; an unexpected error is logged
 * and answered with `unexpected` alone.
 */
export function problemHandler(logger: Logger): ErrorHandler {
  return (error, c) => {
    const known = asServiceError(error);
    if (known.status >= 500)
      logger.error({ err: error, requestId: requestIdOf(c), code: known.code }, 'request failed');
    return problemResponse(known);
  };
}

/** The answer to a path that no route matches. */
export const problemNotFound: NotFoundHandler = () => problemResponse(new ServiceError(404, 'not-found'));

function requestIdOf(c: Context): string | undefined {
  return c.get('requestId');
}

function asServiceError(error: Error): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 413) return tooLarge();
    if (error.status >= 400 && error.status < 500) return new ServiceError(400, 'bad-request');
  }
  if (isConnectionLost(error)) return unavailable('database', error);
  return new ServiceError(500, 'unexpected');
}

function tooLarge(): ServiceError {
  return new ServiceError(413, 'too-large');
}

/** Refuses bodies above `maxBytes` with 413 `too-large`. */
export const limitBody = (maxBytes: number): MiddlewareHandler =>
  limitBodyTo(maxBytes, () => problemResponse(tooLarge()));

/**
 * Parses one part of the request with a schema; anything else is 400 `bad-request` naming the place, not the value.
 * @example app.post('/session', validate('json', sessionRequest), (c) => use(c.req.valid('json')))
 */
export function validate<Schema extends ZodType, Target extends keyof ValidationTargets>(
  target: Target,
  schema: Schema,
) {
  return zValidator(target, schema, (result) => {
    if (result.success) return;
    const place = result.error.issues[0]?.path.join('.');
    throw new ServiceError(400, 'bad-request', {
      detail: place ? `${target}: ${place} is not as expected` : `${target} is not as expected`,
    });
  });
}
