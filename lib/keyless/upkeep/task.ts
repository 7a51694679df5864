/**
 * What is being done with a backup that stands: kept in `storage.session` at every step, so that it survives the
 * background. It is shown instead of home, and only while the wallet is open.
 */
import { z } from 'zod';
import { type ErrorFacts, errorFacts } from '../onboarding/flow';
import { bytes, generationNumber, timeMs, u32Number } from '../wire/schema';

const error = errorFacts.nullable();

/** What a sign-in is for: the pages after it differ. */
export const taskPurpose = z.enum(['pin-reset', 'drill', 'delete', 'withdraw', 'sign-out', 'second-sign-in']);
export type TaskPurpose = z.output<typeof taskPurpose>;

/** Another device: by its key, with the name that the list showed. */
const taskDevice = z.object({ jkt: bytes(32), name: z.string().max(64) });
export type TaskDevice = z.output<typeof taskDevice>;

/** What is asked for. */
const taskOrder = z.object({
  purpose: taskPurpose,
  /** With `sign-out`: whose session ends. */
  device: taskDevice.nullable().default(null),
  /** With `second-sign-in`: at whom. */
  providerId: z.string().nullable().default(null),
});
export type TaskOrder = z.output<typeof taskOrder>;
/** Whom or what it is about. */
export type TaskAbout = Partial<Omit<TaskOrder, 'purpose'>>;

const secondAccount = { providerId: z.string(), accountId: bytes(32) };

const tries = {
  /** Of those that this device spent since it began. */
  ownTries: u32Number,
  /** As the realms answered last; null before they did. */
  triesLeft: z.int().min(0).nullable(),
  /** How long the sign-in and the question to both servers took, ms. */
  before: z.object({ signIn: z.int().min(0), servers: z.int().min(0) }),
};

export const taskRecord = z.discriminatedUnion('stage', [
  /** Sign-in, then both servers are asked, before anything is typed. */
  z.object({ stage: z.literal('opening'), ...taskOrder.shape, error }),
  z.object({ stage: z.literal('new-pin'), error }),
  z.object({
    stage: z.literal('resetting'),
    step: z.enum(['making-key', 'storing-realms', 'storing-vault', 'checking']),
    /** The generation that this device knew when it began. */
    from: generationNumber,
    error,
    /** Which PIN opens the backup after a failure: `either` until the vault has answered, `other`: another device's. */
    pin: z.enum(['old', 'either', 'other']),
  }),
  z.object({ stage: z.literal('pin-changed') }),
  /** The same wallet under a second account: its PIN, then as a creation. */
  z.object({ stage: z.literal('second-pin'), ...secondAccount, error }),
  z.object({
    stage: z.literal('seconding'),
    ...secondAccount,
    step: z.enum(['making-key', 'storing-realms', 'storing-vault', 'checking']),
    error,
  }),
  z.object({ stage: z.literal('second-added'), providerId: z.string() }),
  z.object({ stage: z.literal('drill-pin'), ...tries, nextTryAtMs: timeMs.nullable(), error }),
  z.object({
    stage: z.literal('drilling'),
    ...tries,
    step: z.enum(['asking-realms', 'asking-vault', 'checking']),
    error,
  }),
  /** Practised: how long each part took, ms, in the order of Recover. */
  z.object({
    stage: z.literal('drilled'),
    ms: z.object({
      signIn: z.int().min(0),
      servers: z.int().min(0),
      realms: z.int().min(0),
      record: z.int().min(0),
      same: z.int().min(0),
    }),
    generation: generationNumber,
    realmsAnswered: z.int().min(0),
    /** Wrong PINs before this one, this device's own included. */
    failedTries: u32Number,
  }),
  /** Before the order: the PIN, checked on this device. */
  z.object({ stage: z.literal('delete-pin'), error }),
  z.object({ stage: z.literal('ordering'), error }),
  z.object({ stage: z.literal('deletion-ordered'), deadlineMs: timeMs }),
  z.object({ stage: z.literal('withdrawn') }),
  z.object({ stage: z.literal('deleted') }),
  /** Another device; `name` is what it called itself. */
  z.object({ stage: z.literal('device-signed-out'), name: z.string() }),
  /** A full page: nothing can go on until what `error` names is dealt with. */
  z.object({ stage: z.literal('stopped'), error: errorFacts }),
]);
export type TaskRecord = z.output<typeof taskRecord>;
export type TaskAt<Stage extends TaskRecord['stage']> = Extract<TaskRecord, { stage: Stage }>;

/** What a sign-in leads to that its owner has to see. */
export const QUESTIONS: ReadonlySet<TaskRecord['stage']> = new Set([
  'new-pin',
  'second-pin',
  'second-added',
  'drill-pin',
  'delete-pin',
  'withdrawn',
  'device-signed-out',
]);

/** Where an answer of a server may have got lost. */
const ON_THE_WAY: ReadonlySet<ErrorFacts['code']> = new Set([
  'interrupted',
  'vault-unreachable',
  'issuer-unreachable',
  'offline',
  'unexpected',
]);

/** An undo or a sign-out is sent as soon as the sign-in is done: nobody here knows then whether it arrived. */
const mayBeDone = ({ purpose, error }: TaskAt<'opening'>): boolean =>
  (purpose === 'withdraw' || purpose === 'sign-out') && error !== null && ON_THE_WAY.has(error.code);

/** The task as a screen sees it, without what only the machine needs. */
export function shownTask(task: TaskRecord | null) {
  switch (task?.stage) {
    case undefined:
      return null;
    case 'opening': {
      const { stage, purpose, error } = task;
      return { stage, purpose, error, mayBeDone: mayBeDone(task) };
    }
    case 'second-pin':
    case 'seconding': {
      const { accountId: _, ...shown } = task;
      return shown;
    }
    case 'resetting': {
      const { from: _, ...shown } = task;
      return shown;
    }
    case 'drill-pin': {
      const { stage, triesLeft, nextTryAtMs, error } = task;
      return { stage, triesLeft, nextTryAtMs, error };
    }
    case 'drilling': {
      const { stage, step, error } = task;
      return { stage, step, error };
    }
    default:
      return task;
  }
}
