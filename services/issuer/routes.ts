/** The issuer's HTTP API: serves its operations; shapes in `lib/keyless/wire/issuer`. */
import type { Context } from 'hono';
import { Hono, type MiddlewareHandler } from 'hono';
import { fromBase64url } from '@/lib/bytes';
import { keptStatement } from '@/lib/keyless/wire/statement';
import { type Handler, type Operation, serve } from '@/services/http/api/operation';
import { ServiceError } from '@/services/http/api/problem';
import type { Logger } from '@/services/http/server/logger';
import type { SessionEnv, Sessions } from '@/services/http/sessions/sessions';
import type { Account } from './account/account';
import { type AccountParts, carryOut } from './account/accounts';
import { type Grant, grantRecover, grantRegister } from './account/grant';
import { keepRow } from './account/keep';
import { signOutDevice } from './account/sign-out';
import { done, type Step } from './account/step';
import { noteOwnersTry } from './account/success';
import { witnessOf } from './account/witness';
import * as operations from './operations';
import { asProblems } from './problems';
import { guessesOf, MOST_LINES, rowsOf } from './realms/realm-log';
import type { RealmLogStore } from './realms/realm-log-store';
import type { FindRealmSet } from './realms/realm-sets';
import type { Operation as RealmOperation, SignRealmTokens } from './realms/realm-tokens';

export interface RouteParts {
  readonly accounts: AccountParts;
  /** What runs before the handlers of devices: limits and the check of their tokens. */
  readonly guards: Readonly<Record<'access' | 'status', readonly MiddlewareHandler<SessionEnv>[]>>;
  /** Signs with the witness key. */
  readonly signKept: (message: Uint8Array) => Uint8Array;
  readonly findRealmSet: FindRealmSet;
  readonly signRealmTokens: SignRealmTokens;
  readonly logger: Logger;
  readonly startOver: (accountId: Uint8Array, slot: Uint8Array) => Promise<void>;
  readonly sessions: Pick<Sessions, 'devices' | 'signOut'>;
  readonly realmLog: Pick<RealmLogStore, 'ofUser' | 'readTimes'>;
  /** The tenant's name at the realms. */
  readonly tenant: string;
}

export function createRoutes(parts: RouteParts): Hono<SessionEnv> {
  const { accounts, guards, findRealmSet, logger, sessions } = parts;
  const { vaultId } = accounts.vault;
  const app = new Hono<SessionEnv>();
  const add = <One extends Operation & { access: 'access' | 'status' }>(one: One, handler: Handler<One, SessionEnv>) =>
    serve(app, one, guards[one.access], handler);
  const answer = <Answer>(accountId: Uint8Array, verb: (account: Account, nowMs: number) => Step<Answer>) =>
    asProblems(logger, accountId, () => carryOut(accounts, accountId, verb));
  const witness = (c: Context<SessionEnv>) =>
    answer(c.get('session').accountId, (account) => done(account, witnessOf(account)));

  add(operations.witness, (_, c) => witness(c));
  add(operations.status, (_, c) => witness(c));
  const guesses = async (c: Context<SessionEnv>) => {
    const { accountId } = c.get('session');
    const rows = await answer(accountId, (account) =>
      done(account, rowsOf(account, accountId, parts.tenant, findRealmSet)),
    );
    const lines = await Promise.all(rows.userIds.map((userId) => parts.realmLog.ofUser(userId, MOST_LINES)));
    const newestFirst = lines.flat().sort((a, b) => b.atMs - a.atMs);
    return guessesOf(rows.realmIds, newestFirst, await parts.realmLog.readTimes());
  };
  add(operations.guesses, (_, c) => guesses(c));
  add(operations.guessesByStatus, (_, c) => guesses(c));

  add(operations.registerTokens, async ({ body: { slot } }, c) => {
    const { accountId, jkt } = deviceOf(c);
    const grant = await answer(accountId, (account, nowMs) =>
      grantRegister(account, { slot, jkt, nowMs }, (id) => findRealmSet(id) !== undefined),
    );
    return { tokens: await signTokens(parts, accountId, slot, grant, 'register') };
  });

  add(operations.recoverTokens, async ({ body: { slot } }, c) => {
    const { accountId, jkt } = deviceOf(c);
    const grant = await answer(accountId, (account, nowMs) => grantRecover(account, { slot, jkt, nowMs }));
    const tokens = await signTokens(parts, accountId, slot, grant, 'recover');
    return { tokens, tryNumber: grant.tryNumber };
  });

  add(operations.keep, async ({ body }, c) => {
    const { accountId } = deviceOf(c);
    const { statementHash } = await answer(accountId, (account) => keepRow(account, { ...body, vaultId, accountId }));
    return { kept: parts.signKept(keptStatement({ vaultId, accountId, statementHash })) };
  });

  add(operations.success, async ({ body }, c) => {
    const device = deviceOf(c);
    await answer(device.accountId, (account, nowMs) => noteOwnersTry(account, { ...body, ...device, nowMs }));
    return {};
  });

  add(operations.startOver, async ({ body: { slot } }, c) => {
    const { accountId } = c.get('session');
    await asProblems(logger, accountId, () => parts.startOver(accountId, slot));
    return {};
  });

  add(operations.devices, async (_, c) => ({ devices: await sessions.devices(c.get('session').accountId) }));
  add(operations.signOut, async ({ body }, c) => {
    const { accountId } = deviceOf(c);
    await answer(accountId, (account, nowMs) => signOutDevice(account, { ...body, accountId, nowMs }));
    await sessions.signOut(accountId, body);
    return {};
  });
  return app;
}

function deviceOf(c: Context<SessionEnv>): { accountId: Uint8Array; jkt: Uint8Array } {
  const { accountId, jkt } = c.get('session');
  return { accountId, jkt: fromBase64url(jkt) };
}

async function signTokens(
  { findRealmSet, signRealmTokens }: RouteParts,
  accountId: Uint8Array,
  slot: Uint8Array,
  { realmSetId, issuedAtMs }: Grant,
  operation: RealmOperation,
): Promise<Record<string, string>> {
  const realmSet = findRealmSet(realmSetId);
  // A row lies in a set that the operator has taken out of the configuration since.
  if (!realmSet) {
    const detail = 'The realm set is not configured.';
    throw new ServiceError(503, 'temporarily-unavailable', { detail, headers: { 'retry-after': '60' } });
  }
  return signRealmTokens({ accountId, slot, realmSet, operation, issuedAtMs });
}
