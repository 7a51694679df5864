/** A step on an account: what changes and what is answered, or why not. Pure; nothing is stored here. */
import type { IssuerProblem } from '@/lib/keyless/wire/issuer';
import type { Account } from './account';

export interface Refusal {
  readonly code: IssuerProblem;
  /** One sentence for a developer; no value of the request. */
  readonly detail?: string;
  /** With `try-later`: when to ask again. */
  readonly nextAtMs?: number;
}

export type Step<Answer> =
  | { readonly done: true; readonly account: Account; readonly answer: Answer }
  | { readonly done: false; readonly refusal: Refusal };

export const done = <Answer>(account: Account, answer: Answer): Step<Answer> => ({ done: true, account, answer });

export const refused = (code: IssuerProblem, more: Omit<Refusal, 'code'> = {}): Step<never> => ({
  done: false,
  refusal: { code, ...more },
});

/** Why a slot that is not in a usable state is refused: it has ended, or was never there. */
export const noSuchSlot = (ended: boolean): Step<never> => refused(ended ? 'slot-retired' : 'slot-unknown');
