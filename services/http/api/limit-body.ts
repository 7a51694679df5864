import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/**
 * Refuses bodies above `maxBytes`, declared or streamed, before they are held in memory. Of one whose length is declared
 * nothing is read here: Node takes no byte more than that, and a body that nobody has asked for can be read the short way.
 */
export function limitBodyTo(maxBytes: number, tooLarge: (c: Context) => Response): MiddlewareHandler {
  const limitStreamed = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return async (c, next) => {
    const declared = c.req.header('content-length') ?? '';
    const isDeclared = /^\d+$/.test(declared) && c.req.header('transfer-encoding') === undefined;
    if (!isDeclared) return limitStreamed(c, next);
    return Number(declared) > maxBytes ? tooLarge(c) : next();
  };
}
