/**
 * Deletion of retired slots in the realms (keyless protocol, R5), repeated until every realm confirmed. Visits the
 * accounts with open slots, too, so that the end of a reservation is learned without a device. May be ended and started
 * again at any point, and run by several processes: every step is a conditional update, and deleting twice is harmless.
 */
import { toHex } from '@/lib/bytes';
import type { RealmSet } from '@/lib/keyless/wire/realm-set';
import type { Logger } from '@/services/http/server/logger';
import { type Account, accountTag, awaitsFeed, findSlot, type RetiredSlot, withSlot } from '../account/account';
import { carryOut, note, Refused, TooMuchContention } from '../account/accounts';
import { FeedBroken } from '../account/apply-feed';
import { forgetSlot } from '../account/retire';
import { finishStartOver, type StartOverParts } from '../account/start-over';
import { done } from '../account/step';
import { VaultUnreachable } from '../vault/vault-feed';
import { deleteAtRealm } from './realm-deletion';

export interface DeletionParts extends StartOverParts {
  readonly logger: Logger;
}

export interface DeletionReport {
  /** Accounts looked at. */
  readonly visited: number;
  /** Slots that are gone from every realm now. */
  readonly deleted: number;
  /** Slots of which a realm has yet to confirm. */
  readonly waiting: number;
}

const BATCH = 100;
const MINUTE_MS = 60_000;
/** How long the end of a reservation may go unnoticed while no device asks. */
const CHECK_INTERVAL_MS = 10 * MINUTE_MS;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 60 * MINUTE_MS;

/** Does everything that is due now. What fails is logged and tried again later; only a failing store throws. */
export async function runDeletions(parts: DeletionParts): Promise<DeletionReport> {
  const report = { visited: 0, deleted: 0, waiting: 0 };
  let before: ReadonlySet<string> = new Set();
  for (;;) {
    const due = await parts.store.listDue(parts.now(), BATCH);
    // One that could not be put off is due again at once; it waits for the next run.
    const others = due.filter((accountId) => !before.has(toHex(accountId)));
    for (const accountId of others) {
      const outcomes = await visitAccount(parts, accountId);
      const deleted = outcomes.filter((isDeleted) => isDeleted).length;
      report.visited += 1;
      report.deleted += deleted;
      report.waiting += outcomes.length - deleted;
    }
    if (due.length < BATCH || others.length === 0) return report;
    before = new Set(due.map(toHex));
  }
}

/** For each slot that was due, whether it is gone from every realm. */
async function visitAccount(parts: DeletionParts, accountId: Uint8Array): Promise<boolean[]> {
  await startOverIfDue(parts, accountId);
  const outcomes: boolean[] = [];
  for (const slot of await readDueSlots(parts, accountId)) outcomes.push(await deleteSlot(parts, accountId, slot));
  return outcomes;
}

/** A start-over whose days are over is carried out first: its slots are due later than now. */
async function startOverIfDue(parts: DeletionParts, accountId: Uint8Array): Promise<void> {
  const startOver = (await parts.store.read(accountId))?.account.startOver;
  if (!startOver || startOver.askAtMs > parts.now()) return;
  await finishStartOver(parts, accountId).catch((error: unknown) => reportUnread(parts.logger, accountId, error));
}

/** The feed to its head, then the slots that are to be deleted; none if the feed cannot be read. */
async function readDueSlots(parts: DeletionParts, accountId: Uint8Array): Promise<RetiredSlot[]> {
  try {
    return await carryOut(parts, accountId, (account, nowMs) => {
      const checked = awaitsFeed(account) ? { ...account, checkAtMs: nowMs + CHECK_INTERVAL_MS } : account;
      const due = account.slots.flatMap((slot) => (slot.state === 'retired' && slot.deleteAtMs <= nowMs ? [slot] : []));
      return done(checked, due);
    });
  } catch (error) {
    reportUnread(parts.logger, accountId, error);
    await noteIfQuiet(parts, accountId, (account, nowMs) => putOff(account, nowMs + CHECK_INTERVAL_MS));
    return [];
  }
}

/** @throws what is no failure to read a feed */
function reportUnread(logger: Logger, accountId: Uint8Array, error: unknown): void {
  const account = accountTag(accountId);
  if (error instanceof FeedBroken) logger.fatal({ alarm: 'feed-behind', fault: error.fault, account }, error.message);
  else if (error instanceof VaultUnreachable || error instanceof Refused || error instanceof TooMuchContention)
    logger.warn({ err: error, account }, 'account left for later: its feed was not read to the head');
  else throw error;
}

function putOff(account: Account, untilMs: number): Account {
  const slots = account.slots.map((slot) =>
    slot.state === 'retired' ? { ...slot, deleteAtMs: Math.max(slot.deleteAtMs, untilMs) } : slot,
  );
  const { startOver } = account;
  const later = startOver && { ...startOver, askAtMs: Math.max(startOver.askAtMs, untilMs) };
  return { ...account, slots, startOver: later, checkAtMs: untilMs };
}

/** Asks every realm that has not confirmed and is not gone. True once the row is gone from all of them, and that is noted. */
async function deleteSlot(parts: DeletionParts, accountId: Uint8Array, slot: RetiredSlot): Promise<boolean> {
  const realmSet = parts.findRealmSet(slot.realmSetId);
  const gone = [...slot.confirmed, ...parts.goneRealms];
  const confirmed = realmSet ? await askRealms(parts, accountId, slot, without(realmSet, gone)) : [];
  if (!realmSet && slot.registerTokensEndMs > 0)
    parts.logger.error({ account: accountTag(accountId) }, 'the realm set of a retired slot is not configured');
  const isDeleted = realmSet
    ? realmSet.realms.every(({ id }) => confirmed.includes(id) || gone.includes(id))
    : slot.registerTokensEndMs === 0;
  const isNoted = await noteIfQuiet(parts, accountId, (account, nowMs) =>
    isDeleted ? forgetSlot(account, slot.slot, nowMs) : noteRound(account, slot.slot, confirmed, nowMs),
  );
  return isDeleted && isNoted;
}

/** Whether the change was stored: an account that changes too often stays as it is, and is due again in the next run. */
async function noteIfQuiet(
  parts: DeletionParts,
  accountId: Uint8Array,
  change: (account: Account, nowMs: number) => Account,
): Promise<boolean> {
  try {
    await note(parts, accountId, change);
    return true;
  } catch (error) {
    if (!(error instanceof TooMuchContention)) throw error;
    parts.logger.warn({ err: error, account: accountTag(accountId) }, 'account left as it is for the next run');
    return false;
  }
}

const without = (realmSet: RealmSet, ids: readonly string[]): RealmSet => ({
  ...realmSet,
  realms: realmSet.realms.filter(({ id }) => !ids.includes(id)),
});

async function askRealms(
  { signRealmTokens, fetch, now, logger }: DeletionParts,
  accountId: Uint8Array,
  slot: RetiredSlot,
  realmSet: RealmSet,
): Promise<string[]> {
  const tokens = await signRealmTokens({
    accountId,
    slot: slot.slot,
    realmSet,
    operation: 'delete',
    issuedAtMs: now(),
  });
  const confirmations = realmSet.realms.map(async (realm) => {
    const isConfirmed = await deleteAtRealm(realm, tokens[realm.id] ?? '', fetch);
    if (!isConfirmed) logger.warn({ realm: realm.id, rounds: slot.rounds }, 'a realm did not confirm a deletion');
    return isConfirmed ? [realm.id] : [];
  });
  return (await Promise.all(confirmations)).flat();
}

function noteRound(account: Account, name: Uint8Array, confirmed: string[], nowMs: number): Account {
  const slot = findSlot(account, name);
  if (slot?.state !== 'retired') return account;
  const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** slot.rounds);
  return withSlot(account, {
    ...slot,
    confirmed: [...new Set([...slot.confirmed, ...confirmed])],
    rounds: slot.rounds + 1,
    deleteAtMs: nowMs + delayMs,
  });
}
