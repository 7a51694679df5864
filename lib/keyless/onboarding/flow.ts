/** Where the user is in creating, recovering and unlocking: kept in `storage.session`, so that it survives the background. */
import { z } from 'zod';
import { type ErrorCode, type ErrorDetails, isErrorCode, NEXT_STEP, WalletError } from '@/lib/errors';
import { timeMs } from '../wire/schema';

export const errorFacts = z.object({ code: z.custom<ErrorCode>(isErrorCode), details: z.custom<ErrorDetails>() });
export type ErrorFacts = z.output<typeof errorFacts>;
const error = errorFacts.nullable();
const providerId = z.string();

/** What is known of the backup that is being recovered. `via`: where a failure leads back to. */
const recovery = {
  providerId,
  via: z.enum(['recover-pin', 'locked']),
  backupCreatedAtMs: timeMs,
  /** Tries that this device spent since it began, so that they are not taken for somebody else's. */
  ownTries: z.int().min(0),
  /** As the realms answered last; null before they did. */
  triesLeft: z.int().min(0).nullable(),
  /** Wrong PINs that somebody tried since the last success, as it was known before this device tried one; null: none. */
  wrongTries: z
    .object({ count: z.int().min(1), lastAtMs: timeMs.nullable() })
    .nullable()
    .default(null),
};

export const flowRecord = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('welcome'), error }),
  z.object({ stage: z.literal('signing-in'), providerId }),
  z.object({ stage: z.literal('choose-pin'), providerId, error }),
  z.object({
    stage: z.literal('creating'),
    providerId,
    step: z.enum(['making-key', 'storing-realms', 'storing-vault', 'checking']),
    error,
  }),
  z.object({ stage: z.literal('backup-verified'), providerId }),
  z.object({ stage: z.literal('device-unlock'), error }),
  z.object({
    stage: z.literal('recover-pin'),
    ...recovery,
    nextTryAtMs: timeMs.nullable(),
    error,
  }),
  z.object({
    stage: z.literal('recovering'),
    ...recovery,
    step: z.enum(['asking-realms', 'asking-vault', 'checking']),
    error,
  }),
  /** For somebody without device and PIN: the issuer asks the realms. */
  z.object({ stage: z.literal('starting-over'), ...recovery }),
  /** The vault counts the days. */
  z.object({ stage: z.literal('start-over-ordered'), providerId, deadlineMs: timeMs }),
  z.object({ stage: z.literal('locked'), ownTries: recovery.ownTries, triesLeft: recovery.triesLeft, error }),
  /** In an open profile without a keyless wallet: one is offered. */
  z.object({ stage: z.literal('add-keyless'), error }),
  z.object({ stage: z.literal('home') }),
  z.object({ stage: z.literal('stopped'), error: errorFacts }),
]);
export type FlowRecord = z.output<typeof flowRecord>;
export type FlowAt<Stage extends FlowRecord['stage']> = Extract<FlowRecord, { stage: Stage }>;

/** Any thrown value as facts for the screen. */
export function factsOf(thrown: unknown): ErrorFacts {
  const { code, details } = thrown instanceof WalletError ? thrown : new WalletError('unexpected');
  return { code, details };
}

/** Errors about the PIN or the account belong to the screen that asked, even where nothing else can be done. */
const AT_THE_QUESTION: ReadonlySet<ErrorCode> = new Set(['pin-used-up', 'wallet-exists']);

/** Whether an error takes the whole page: nothing can go on before it is dealt with. */
export function stopsEverything({ code }: ErrorFacts): boolean {
  const next = NEXT_STEP[code];
  return (next === 'stop' || next === 'update') && !AT_THE_QUESTION.has(code);
}

/** Failures that are answered by typing the PIN again, or by waiting with it. */
export const AT_THE_PIN: ReadonlySet<string> = new Set([
  'pin-wrong',
  'pin-used-up',
  'pin-weak',
  'try-later',
  'try-may-be-used',
  'backup-not-found',
]);

export const asksForSignIn = ({ code }: ErrorFacts): boolean =>
  code === 'sign-in-expired' || code === 'sign-in-cancelled' || code === 'other-account' || code === 'sign-in-failed';

export const waitsForRetry = (flow: FlowRecord): boolean =>
  (flow.stage === 'creating' || flow.stage === 'recovering') && flow.error !== null;

/** A recovery as it is known before and after it runs. */
export type Recovery = Omit<FlowAt<'recovering'>, 'stage' | 'step' | 'error'>;

/** What of a stage is about the recovery itself. */
export const recoveryOf = (here: Recovery): Recovery => {
  const { providerId, via, backupCreatedAtMs, ownTries, triesLeft, wrongTries } = here;
  return { providerId, via, backupCreatedAtMs, ownTries, triesLeft, wrongTries };
};

/** Stages with a way back. */
export const LEADS_BACK = [
  'signing-in',
  'choose-pin',
  'creating',
  'recover-pin',
  'recovering',
  'start-over-ordered',
  'add-keyless',
  'device-unlock',
] as const;

/** Back at the question for the PIN: of a recovery, or of the daily unlock. */
export function atThePin(from: Recovery, error: ErrorFacts | null): FlowRecord {
  const { providerId, via, backupCreatedAtMs, ownTries, wrongTries } = from;
  const { triesLeft = from.triesLeft, nextAtMs: nextTryAtMs = null } = error?.details ?? {};
  if (via === 'locked') return { stage: 'locked', ownTries, triesLeft, error };
  const known = { providerId, via, backupCreatedAtMs, ownTries, triesLeft, wrongTries };
  return { stage: 'recover-pin', ...known, nextTryAtMs, error };
}

/** The stage as a screen sees it, without what only the machine needs. */
export function shownFlow(flow: FlowRecord) {
  switch (flow.stage) {
    case 'locked': {
      const { stage, triesLeft, error } = flow;
      const known = triesLeft === null ? {} : { triesLeft };
      return { stage, error: error && { ...error, details: { ...known, ...error.details } } };
    }
    case 'recover-pin': {
      const { via: _, ownTries: __, ...shown } = flow;
      return shown;
    }
    case 'starting-over': {
      const { stage, providerId } = flow;
      return { stage, providerId };
    }
    case 'recovering': {
      const { stage, providerId, step, error } = flow;
      return { stage, providerId, step, error };
    }
    default:
      return flow;
  }
}
