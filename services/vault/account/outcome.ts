/** What every step of the vault is handed and what it gives back. Steps are pure: the same input, the same outcome. */
import type { FeedFact } from '@/lib/keyless/wire/feed';
import type { VaultProblem } from '@/lib/keyless/wire/vault';
import type { AccountState } from './state';

/** Who asks: a signed-in account on one device. */
export interface Caller {
  /** 32 bytes. */
  readonly accountId: Uint8Array;
  /** Thumbprint of the device key, 32 bytes. */
  readonly jkt: Uint8Array;
}

/** The world of a step. */
export interface StepContext {
  readonly nowMs: number;
  /** SHA-256 of the receipt key, 32 bytes. */
  readonly vaultId: Uint8Array;
}

/** A fact about one slot; the latest one says what became of it. */
export type SlotFact = Extract<FeedFact, { kind: 'reserved' | 'void' | 'activated' }>;

export interface Accepted<Answer> {
  readonly ok: true;
  /** The document and the facts to store in one transaction, before the answer leaves; null if nothing changes. */
  readonly write: { readonly state: AccountState; readonly facts: readonly FeedFact[] } | null;
  readonly answer: Answer;
}

/** Nothing changes. */
export interface Refused {
  readonly ok: false;
  readonly code: VaultProblem;
  /** When the same request may succeed, where time alone stands in its way. */
  readonly nextAtMs?: number;
}

export type Outcome<Answer> = Accepted<Answer> | Refused;

export const refused = (code: VaultProblem): Refused => ({ ok: false, code });

export const refusedUntil = (code: VaultProblem, nextAtMs: number): Refused => ({ ok: false, code, nextAtMs });

export const unchanged = <Answer>(answer: Answer): Accepted<Answer> => ({ ok: true, write: null, answer });

export const changed = <Answer>(state: AccountState, facts: readonly FeedFact[], answer: Answer): Accepted<Answer> => ({
  ok: true,
  write: { state, facts },
  answer,
});
