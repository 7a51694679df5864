/**
 * The vault's feed into an account, in order (keyless protocol, R4). Nothing is believed that is not numbered, chained
 * to the entry before and signed by the vault's receipt key; what is, but contradicts itself, stops the account too.
 */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { type FeedEntry, type FeedFact, type FeedPage, feedEntryBytes, feedEntryHash } from '@/lib/keyless/wire/feed';
import { type Activation, decodeActivation, statementHashOf } from '@/lib/keyless/wire/statement';
import { type Account, findSlot, hasEnded, type Slot, withSlot } from './account';
import { remember } from './events';
import { endUnknown, retireSlots } from './retire';
import { startAfresh } from './schedule';

/** The vault that this issuer reads. */
export interface VaultIdentity {
  /** 32 bytes: SHA-256 of the receipt key. */
  readonly vaultId: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly receiptKey: Uint8Array;
}

export type FeedFault = 'head-below-place' | 'entry-changed' | 'number' | 'chain' | 'signature' | 'contradiction';

/** The feed is not one that this account can have. Stop, answer nothing, alarm: the vault was restored, or lies. */
export class FeedBroken extends Error {
  override readonly name = 'FeedBroken';
  constructor(readonly fault: FeedFault) {
    super(`The vault's feed cannot be believed: ${fault}.`);
  }
}

export interface FeedContext extends VaultIdentity {
  readonly accountId: Uint8Array;
  readonly nowMs: number;
}

/**
 * The account after one page of its feed. Entries up to the account's place may be among them; they must be the same
 * as before as far as the account can tell.
 * @throws FeedBroken
 */
export function applyPage(account: Account, page: FeedPage, context: FeedContext): Account {
  if (page.head < account.place.number) throw new FeedBroken('head-below-place');
  return page.entries.reduce((changed, entry) => applyEntry(changed, entry, context), account);
}

function applyEntry(account: Account, entry: FeedEntry, context: FeedContext): Account {
  const { place } = account;
  const entryBytes = feedEntryBytes(context.vaultId, context.accountId, entry);
  const hash = feedEntryHash(entryBytes);
  if (entry.number === place.number) {
    if (!equalBytes(hash, place.hash)) throw new FeedBroken('entry-changed');
    return account;
  }
  if (entry.number !== place.number + 1) throw new FeedBroken('number');
  if (!equalBytes(entry.previousHash, place.hash)) throw new FeedBroken('chain');
  if (!verifySignature(context.receiptKey, entryBytes, entry.signature)) throw new FeedBroken('signature');
  const changed = applyFact(account, entry.fact, entry.atMs, context);
  return { ...changed, place: { number: entry.number, hash } };
}

function applyFact(account: Account, fact: FeedFact, atMs: number, context: FeedContext): Account {
  switch (fact.kind) {
    case 'reserved':
      return reserve(account, fact);
    case 'void':
      return voidSlot(account, fact.slot, context.nowMs);
    case 'activated':
      return remember(activate(account, fact, context), { kind: 'activated', atMs, deviceName: null });
    case 'ordered': {
      const { orderId, slot, deadlineMs } = fact;
      const startOver = fact.order === 'start-over' ? { orderId, slot, deadlineMs, askAtMs: deadlineMs } : null;
      const watched = { ...account, ordered: fact.order === 'delete', startOver, checkAtMs: deadlineMs };
      return remember(watched, { kind: 'ordered', atMs, deviceName: null });
    }
    case 'undone':
      return remember({ ...account, ordered: false, startOver: null }, { kind: 'undone', atMs, deviceName: null });
    case 'erased':
      return remember(erase(account, fact.number, context.nowMs), { kind: 'erased', atMs, deviceName: null });
  }
}

type Reserved = Extract<FeedFact, { kind: 'reserved' }>;
type Activated = Extract<FeedFact, { kind: 'activated' }>;

/** May be granted, unless the slot is known already or has ended. */
function reserve(account: Account, { slot, from, to, realmSetId, jkt }: Reserved): Account {
  if (hasEnded(account, slot) || findSlot(account, slot)) return account;
  return withSlot(account, { state: 'reserved', slot, from, to, realmSetId, jkt, registerTokensEndMs: 0 });
}

function voidSlot(account: Account, slot: Uint8Array, nowMs: number): Account {
  // The vault voids open reservations only. Deleting the live backup on its word would be beyond repair.
  if (findSlot(account, slot)?.state === 'current') throw new FeedBroken('contradiction');
  const isVoid = (known: Slot) => equalBytes(known.slot, slot);
  return endUnknown(retireSlots(account, isVoid, nowMs), slot, nowMs);
}

/** Current, with number and owner pinned; the old current row and the other kept ones up to it are retired. */
function activate(account: Account, fact: Activated, context: FeedContext): Account {
  const s = believedActivation(account, fact, context);
  const isReplaced = (known: Slot) =>
    !equalBytes(known.slot, s.slot) && (known.state === 'current' || (known.state === 'kept' && known.to <= s.to));
  const registerTokensEndMs = findSlot(account, s.slot)?.registerTokensEndMs ?? 0;
  const { slot, to, realmSetId, recordHash } = s;
  const statementHash = statementHashOf(fact.statement);
  const rest = retireSlots(account, isReplaced, context.nowMs);
  const pinned = { ...rest, lastNumber: to, ownerPub: s.ownerPub, tries: startAfresh(rest.tries) };
  return withSlot(pinned, {
    state: 'current',
    slot,
    to,
    realmSetId,
    recordHash,
    statementHash,
    registerTokensEndMs,
  });
}

/** The vault's word is not enough for what the owner has to sign: a stolen vault activates nothing here. */
function believedActivation(account: Account, fact: Activated, context: FeedContext): Activation {
  const s = decodedActivation(fact.statement);
  const known = findSlot(account, s.slot);
  const isBelieved =
    equalBytes(s.vaultId, context.vaultId) &&
    equalBytes(s.accountId, context.accountId) &&
    s.from === account.lastNumber &&
    s.to === s.from + 1 &&
    !hasEnded(account, s.slot) &&
    (known === undefined || equalBytes(known.realmSetId, s.realmSetId)) &&
    (account.ownerPub === null || equalBytes(account.ownerPub, s.ownerPub)) &&
    verifySignature(s.ownerPub, fact.statement, fact.signature);
  if (!isBelieved) throw new FeedBroken('contradiction');
  return s;
}

function decodedActivation(statement: Uint8Array): Activation {
  try {
    return decodeActivation(statement);
  } catch {
    throw new FeedBroken('contradiction');
  }
}

/** Everything up to `number` is retired, the pin cleared; the erasure itself takes the number. */
function erase(account: Account, number: number, nowMs: number): Account {
  if (number <= account.lastNumber) throw new FeedBroken('contradiction');
  const rest = retireSlots(account, (slot) => slot.to <= number, nowMs);
  return { ...rest, lastNumber: number, ownerPub: null, ordered: false, startOver: null };
}
