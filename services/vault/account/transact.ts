/** Runs steps over the store: what is due first, then the step, then state and facts in one transaction. */
import { toHex } from '@/lib/bytes';
import type { SigningKey } from '@/lib/crypto/signature';
import type { FeedFact } from '@/lib/keyless/wire/feed';
import type { StoredAccount, VaultStore } from '../store/store';
import { expire } from './expire';
import { chainFacts } from './feed';
import { type Outcome, refused, type StepContext } from './outcome';
import { type AccountState, EMPTY_STATE } from './state';
import { createTurns } from './turns';

/** A lost race means that somebody else got on; this many in a row mean that the account is under fire. */
const MAX_TRIES = 100;

export interface TransactOptions {
  readonly store: VaultStore;
  /** Signs the feed. */
  readonly receiptKey: SigningKey;
  /** SHA-256 of its public half, 32 bytes. */
  readonly vaultId: Uint8Array;
  /** Ms since the epoch. */
  readonly now: () => number;
}

/** May read more, but must have no effect of its own: it is run again when a race is lost. */
export type Step<Answer> = (state: AccountState, context: StepContext) => Outcome<Answer> | Promise<Outcome<Answer>>;

export type Transact = <Answer>(accountId: Uint8Array, step: Step<Answer>) => Promise<Outcome<Answer>>;

export function createTransact({ store, receiptKey, vaultId, now }: TransactOptions): Transact {
  const commit = (
    accountId: Uint8Array,
    stored: StoredAccount | null,
    write: { state: AccountState; facts: readonly FeedFact[] },
    nowMs: number,
  ) => {
    const { state, entries } = chainFacts(write.state, write.facts, { vaultId, accountId, receiptKey, nowMs });
    return store.compareAndSwap(accountId, stored?.version ?? null, state, entries);
  };
  const inTurn = createTurns();
  const run = async <Answer>(accountId: Uint8Array, step: Step<Answer>): Promise<Outcome<Answer>> => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const stored = await store.read(accountId);
      const state = stored?.state ?? EMPTY_STATE;
      const nowMs = now();
      const due = expire(state, nowMs);
      if (due !== null) {
        await commit(accountId, stored, due, nowMs);
        continue;
      }
      const outcome = await step(state, { nowMs, vaultId });
      if (!outcome.ok || outcome.write === null) return outcome;
      if (await commit(accountId, stored, outcome.write, nowMs)) return outcome;
    }
    return refused('temporarily-unavailable');
  };
  // Within this process nobody races; the compare-and-swap is for the others.
  return (accountId, step) => inTurn(toHex(accountId), () => run(accountId, step));
}
