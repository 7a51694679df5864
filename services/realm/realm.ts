import type { Random } from './protocol/oprf';
import { recordId } from './protocol/record';
import { erasedIfDue, type Refused, step } from './protocol/step';
import type { Claims } from './protocol/tokens';
import type { SecretsRequest, SecretsResponse } from './protocol/wire';
import type { RealmStore } from './store/store';

export interface RealmParts {
  store: RealmStore;
  now: () => number;
  random: Random;
}

/** The row changed under us more often than we are willing to try again. Nothing was written for this request. */
export class TooMuchContention extends Error {
  override name = 'TooMuchContention';
}

// Each lost swap means that somebody else's guess was stored, so a budget below this never runs into it.
const MAX_ATTEMPTS = 64;
const SWEEP_BATCH = 100;

/**
 * Carries out one request: read, step, swap, answer; again from the start when another request was faster.
 * @throws TooMuchContention; whatever the store throws. No answer was computed then.
 */
export async function handle(
  { store, now, random }: RealmParts,
  claims: Claims,
  request: SecretsRequest,
): Promise<SecretsResponse | Refused> {
  const id = recordId(claims.tenant, claims.subject);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const stored = await store.read(id);
    const outcome = step(claims, stored?.record ?? null, request, now(), random);
    if (!outcome.accepted) return outcome;
    const { write } = outcome;
    if (write === null) return outcome.answer();
    const swapped = await store.compareAndSwap(id, stored, write.record, write.event);
    if (swapped) return outcome.answer();
  }
  throw new TooMuchContention();
}

/**
 * Erases the rows whose two minutes without a guess left are over.
 * @returns how many were erased.
 */
export async function sweep({ store, now }: Pick<RealmParts, 'store' | 'now'>): Promise<number> {
  let erased = 0;
  for (;;) {
    const nowMs = now();
    const due = await store.listDue(nowMs, SWEEP_BATCH);
    for (const id of due) {
      const stored = await store.read(id);
      const record = stored === null ? null : erasedIfDue(stored.record, nowMs);
      if (stored === null || record === null) continue;
      if (await store.compareAndSwap(id, stored, record, null)) erased += 1;
    }
    if (due.length < SWEEP_BATCH) return erased;
  }
}
