/**
 * Start over (keyless protocol, section 10): for somebody whose backup no PIN opens any more. The issuer asks the realms
 * itself, at the request and when the vault's days are over; no client's claim counts.
 */
import { equalBytes } from '@/lib/bytes';
import { ServiceError } from '@/services/http/api/problem';
import { STATUS } from '../operations';
import { isBeyondRecovery, type RealmQuestionParts } from '../realms/realm-question';
import type { FindRealmSet } from '../realms/realm-sets';
import type { VaultOrders } from '../vault/vault-orders';
import { type Account, findSlot, hasEnded } from './account';
import { type AccountParts, carryOut, Refused } from './accounts';
import { done, noSuchSlot, refused, type Step } from './step';

export interface StartOverParts extends AccountParts, RealmQuestionParts {
  readonly findRealmSet: FindRealmSet;
  readonly orders: VaultOrders;
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
}

/** A right last guess may be finished until two minutes after it; clocks of realms differ. */
const QUIET_MS = 10 * 60_000;
/** Between two questions once the days are over, where a realm does not answer. */
const ASK_AGAIN_MS = 60 * 60_000;

/** Where the row of a backup lies that may be beyond recovery; null: a start-over of it stands already. */
export function questionFor(account: Account, slot: Uint8Array, nowMs: number): Step<Uint8Array | null> {
  const row = findSlot(account, slot);
  if (row?.state !== 'current') return noSuchSlot(hasEnded(account, slot));
  if (account.startOver && equalBytes(account.startOver.slot, slot)) return done(account, null);
  const quietAtMs = (account.tries.lastAtMs ?? 0) + QUIET_MS;
  if (nowMs < quietAtMs) return refused('try-later', { nextAtMs: quietAtMs });
  return done(account, row.realmSetId);
}

/** The start-over whose realms are to be asked now; they are not asked again at once, whatever comes of it. */
export function takeDue(account: Account, nowMs: number): Step<{ orderId: Uint8Array; slot: Uint8Array } | null> {
  const { startOver } = account;
  if (!startOver || startOver.askAtMs > nowMs) return done(account, null);
  return done({ ...account, startOver: { ...startOver, askAtMs: nowMs + ASK_AGAIN_MS } }, startOver);
}

/**
 * Begins the days of a start-over, or finds one that stands.
 * @throws Refused, FeedBroken, VaultUnreachable; ServiceError `guesses-left` where the realms still have guesses, or do not
 *   answer
 */
export async function requestStartOver(parts: StartOverParts, accountId: Uint8Array, slot: Uint8Array): Promise<void> {
  const realmSetId = await carryOut(parts, accountId, (account, nowMs) => questionFor(account, slot, nowMs));
  if (realmSetId === null) return;
  const realmSet = parts.findRealmSet(realmSetId);
  const isDead = realmSet !== undefined && (await isBeyondRecovery(parts, accountId, slot, realmSet));
  if (!isDead) throw guessesLeft();
  const outcome = await parts.orders.startOver(accountId, { slot, orderId: parts.random(16) });
  if (outcome === 'refused') throw guessesLeft();
  if (outcome !== 'ordered') throw new Refused({ code: 'try-later', nextAtMs: outcome.nextAtMs });
  await carryOut(parts, accountId, (account) => done(account, undefined));
}

/** Carries a start-over out whose days are over, if the realms say the same again. True once it is. */
export async function finishStartOver(parts: StartOverParts, accountId: Uint8Array): Promise<boolean> {
  const due = await carryOut(parts, accountId, takeDue);
  if (due === null) return false;
  const account = await carryOut(parts, accountId, (known) => done(known, known));
  const row = findSlot(account, due.slot);
  const realmSet = row && parts.findRealmSet(row.realmSetId);
  if (!realmSet || !(await isBeyondRecovery(parts, accountId, due.slot, realmSet))) return false;
  const outcome = await parts.orders.confirmStartOver(accountId, due.orderId);
  await carryOut(parts, accountId, (known) => done(known, undefined));
  return outcome === 'erased';
}

const guessesLeft = () => new ServiceError(STATUS['guesses-left'], 'guesses-left');
