/**
 * Carries steps out on stored accounts. Before a device is answered or anything is deleted, the vault's feed is read to
 * its head, and what it says is stored together with what the step changes: one compare-and-swap.
 */

import type { AccountStore } from '../store/store';
import type { VaultFeed } from '../vault/vault-feed';
import { type Account, NEW_ACCOUNT } from './account';
import { applyPage, FeedBroken, type VaultIdentity } from './apply-feed';
import { type Refusal, refused, type Step } from './step';

export interface AccountParts {
  readonly store: AccountStore;
  readonly feed: VaultFeed;
  readonly vault: VaultIdentity;
  readonly now: () => number;
}

/** The step refused; what the feed said is stored all the same. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly refusal: Refusal) {
    super(refusal.detail ?? refusal.code);
  }
}

/** The account changed under us more often than we are willing to try again. Nothing was stored for this request. */
export class TooMuchContention extends Error {
  override readonly name = 'TooMuchContention';
}

const MAX_ATTEMPTS = 64;
/** A longer feed is read by several requests, so that none takes minutes. */
const MAX_PAGES = 50;

/**
 * Reads the feed to its head, then takes the step.
 * @throws Refused (`temporarily-unavailable` if the feed was too long to read at once), FeedBroken, VaultUnreachable, TooMuchContention; whatever the store throws.
 */
export async function carryOut<Answer>(
  parts: AccountParts,
  accountId: Uint8Array,
  verb: (account: Account, nowMs: number) => Step<Answer>,
): Promise<Answer> {
  return swap(parts, accountId, async (stored) => {
    const { account, isAtHead } = await readFeed(parts, accountId, stored);
    const step = isAtHead ? verb(account, parts.now()) : refused('temporarily-unavailable');
    return step.done ? step : { ...step, account };
  });
}

/** Changes what the issuer itself knows of an account, without the feed: nothing about a slot may be decided here. */
export async function note(
  parts: Pick<AccountParts, 'store' | 'now'>,
  accountId: Uint8Array,
  change: (account: Account, nowMs: number) => Account,
): Promise<void> {
  await swap(parts, accountId, async (stored) => ({
    done: true,
    account: change(stored, parts.now()),
    answer: undefined,
  }));
}

type Outcome<Answer> =
  | { done: true; account: Account; answer: Answer }
  | { done: false; account: Account; refusal: Refusal };

async function swap<Answer>(
  { store }: Pick<AccountParts, 'store'>,
  accountId: Uint8Array,
  work: (account: Account) => Promise<Outcome<Answer>>,
): Promise<Answer> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const stored = await store.read(accountId);
    const before = stored?.account ?? NEW_ACCOUNT;
    const outcome = await work(before);
    const isStored =
      outcome.account === before || (await store.compareAndSwap(accountId, stored?.version ?? null, outcome.account));
    if (!isStored) continue;
    if (!outcome.done) throw new Refused(outcome.refusal);
    return outcome.answer;
  }
  throw new TooMuchContention('The account changes too often.');
}

async function readFeed(
  { feed, vault, now }: AccountParts,
  accountId: Uint8Array,
  stored: Account,
): Promise<{ account: Account; isAtHead: boolean }> {
  // The last known entry is asked for again: a vault that was restored and grew since gives another one there.
  let after = Math.max(0, stored.place.number - 1);
  let account = stored;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await feed.readPage(accountId, after);
    const isGap = page.head > after && page.entries[0]?.number !== after + 1;
    if (isGap) throw new FeedBroken('number');
    account = applyPage(account, page, { ...vault, accountId, nowMs: now() });
    after = account.place.number;
    if (after >= page.head) return { account, isAtHead: true };
  }
  return { account, isAtHead: false };
}
