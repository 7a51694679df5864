/** The vault's HTTP API: serves its operations, asks the vault, turns its refusals into problems. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { fromBase64url, fromHex } from '@/lib/bytes';
import { type Handler, type Operation, serve } from '@/services/http/api/operation';
import { ServiceError } from '@/services/http/api/problem';
import type { Session, SessionEnv, Sessions } from '@/services/http/sessions/sessions';
import type { Caller, Outcome } from './account/outcome';
import * as operations from './operations';
import type { Vault } from './vault';

/** What runs before the handlers of devices: limits and the check of their tokens. */
export interface Guards {
  readonly access: readonly MiddlewareHandler<SessionEnv>[];
  readonly status: readonly MiddlewareHandler<SessionEnv>[];
}

/** Routes of devices: the life of a backup, its status, and who has a session. */
export function deviceRoutes(
  vault: Vault,
  guards: Guards,
  sessions: Pick<Sessions, 'devices' | 'signOut'>,
): Hono<SessionEnv> {
  const app = new Hono<SessionEnv>();
  const add = <One extends Operation & { access: keyof Guards }>(one: One, handler: Handler<One, SessionEnv>) =>
    serve(app, one, guards[one.access], handler);
  const metadata = async (c: Context<SessionEnv>) => answerOf(await vault.metadata(c.get('session').accountId));

  add(operations.backup, (_, c) => metadata(c));
  add(operations.status, (_, c) => metadata(c));
  add(operations.reserve, async ({ body }, c) => doneWith(await vault.reserve(callerOf(c.get('session')), body)));
  add(operations.putRow, async ({ params, body }, c) =>
    doneWith(await vault.putRow(callerOf(c.get('session')), params.generation, body)),
  );
  add(operations.challenge, async ({ params }, c) =>
    answerOf(await vault.challenge(callerOf(c.get('session')), params.generation)),
  );
  add(operations.release, async ({ params, body }, c) =>
    answerOf(await vault.release(callerOf(c.get('session')), params.generation, body)),
  );
  add(operations.activate, async ({ body }, c) => doneWith(await vault.activate(callerOf(c.get('session')), body)));
  add(operations.orderDeletion, async ({ body }, c) =>
    answerOf(await vault.orderDeletion(callerOf(c.get('session')), body)),
  );
  add(operations.undoDeletion, async ({ body }, c) =>
    doneWith(await vault.undoDeletion(callerOf(c.get('session')), body)),
  );
  add(operations.objectToStartOver, async ({ body }, c) =>
    doneWith(await vault.objectToStartOver(callerOf(c.get('session')), body)),
  );
  add(operations.devices, async (_, c) => ({ devices: await sessions.devices(c.get('session').accountId) }));
  add(operations.signOut, async ({ body }, c) => {
    const { accountId } = c.get('session');
    answerOf(await vault.verifySignOut(accountId, body));
    await sessions.signOut(accountId, body);
    return {};
  });
  return app;
}

/** The feed, and start-overs, for the issuer alone. */
export function issuerRoutes(vault: Vault, serviceKey: string): Hono {
  const app = new Hono();
  serve(app, operations.feed, [requireServiceKey(serviceKey)], async ({ params, query }) =>
    answerOf(await vault.feedPage(fromHex(params.account), query.after)),
  );
  const guards = [requireServiceKey(serviceKey)];
  serve(app, operations.startOver, guards, async ({ params, body }) =>
    answerOf(await vault.orderStartOver(fromHex(params.account), body)),
  );
  serve(app, operations.confirmStartOver, guards, async ({ params, body }) =>
    doneWith(await vault.confirmStartOver(fromHex(params.account), body.orderId)),
  );
  return app;
}

/** What anybody may know. */
export function openRoutes(vaultId: Uint8Array, receiptPublicKey: Uint8Array): Hono {
  const app = new Hono();
  serve(app, operations.about, [], () => ({ vaultId, receiptPublicKey }));
  return app;
}

/** Compares digests, so that the time says nothing about the key. */
function requireServiceKey(serviceKey: string): MiddlewareHandler {
  const expected = digest(serviceKey);
  return createMiddleware(async (c, next) => {
    const [scheme, presented] = (c.req.header('authorization') ?? '').split(' ');
    const matches = timingSafeEqual(digest(presented ?? ''), expected);
    if (scheme?.toLowerCase() !== 'bearer' || !matches) {
      const headers = { 'www-authenticate': 'Bearer' };
      throw new ServiceError(401, 'unauthenticated', { detail: 'The service key is missing or wrong.', headers });
    }
    await next();
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const callerOf = ({ accountId, jkt }: Session): Caller => ({ accountId, jkt: fromBase64url(jkt) });

function doneWith(outcome: Outcome<null>): Record<string, never> {
  answerOf(outcome);
  return {};
}

function answerOf<Answer>(outcome: Outcome<Answer>): Answer {
  if (outcome.ok) return outcome.answer;
  const { code, nextAtMs } = outcome;
  const headers = code === 'temporarily-unavailable' ? { 'retry-after': '5' } : {};
  throw new ServiceError(operations.STATUS[code], code, {
    headers,
    ...(nextAtMs !== undefined && { members: { nextAtMs } }),
  });
}
