import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { z } from 'zod';

const PREFLIGHT_LIFE_S = 600;
/** Every add-on of Firefox: their ids differ from profile to profile. */
const ANY_FIREFOX = 'moz-extension://*';
const FIREFOX_ORIGIN = /^moz-extension:\/\/[0-9a-f-]+$/;

/** A variable of the environment: origins of extensions, separated by commas. */
export const corsOriginsVariable = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.string().regex(/^([a-z-]+:\/\/[^/\s*]+|moz-extension:\/\/\*)$/)))
  .describe('origins of extensions, separated by commas: chrome-extension://<id>, moz-extension://*');

/**
 * Lets pages of these origins send access tokens and proofs, and read what asks for another try (Fetch standard, CORS).
 * @param allowed `chrome-extension://<id>`, or `moz-extension://*` for every add-on of Firefox
 */
export function allowOrigins(allowed: readonly string[]): MiddlewareHandler {
  const isAllowed = (origin: string) =>
    allowed.includes(origin) || (allowed.includes(ANY_FIREFOX) && FIREFOX_ORIGIN.test(origin));
  return cors({
    origin: (origin) => (isAllowed(origin) ? origin : null),
    allowMethods: ['GET', 'POST', 'PUT'],
    allowHeaders: ['authorization', 'dpop', 'content-type'],
    exposeHeaders: ['dpop-nonce', 'retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: PREFLIGHT_LIFE_S,
  });
}
