/** What is being done with a backup that stands, as a page sees it. */
import './jitless';
import { z } from 'zod';
import { createStep, errorFacts, recoverStep } from './facts';

const error = errorFacts.nullable();

/** What a sign-in is for. */
export const taskPurpose = z.enum(['pin-reset', 'drill', 'delete', 'withdraw', 'sign-out', 'second-sign-in']);
export type TaskPurpose = z.infer<typeof taskPurpose>;

/**
 * What is to be begun. `device`, with `sign-out`: whose session ends, by its key (32 bytes), and as it was shown.
 * `providerId`, with `second-sign-in`: at whom.
 */
export const taskOrder = z.strictObject({
  purpose: taskPurpose,
  device: z.strictObject({ jkt: z.string().regex(/^[\w-]{43}$/), name: z.string().max(64) }).exactOptional(),
  providerId: z.string().max(64).exactOptional(),
});
export type TaskOrder = z.infer<typeof taskOrder>;

export const taskView = z.discriminatedUnion('stage', [
  /** Sign-in, then both servers are asked, before anything is typed. */
  z.object({
    stage: z.literal('opening'),
    purpose: taskPurpose,
    error,
    /** After a failure: whether what was asked for may have been done all the same. */
    mayBeDone: z.boolean(),
  }),
  z.object({ stage: z.literal('new-pin'), error }),
  z.object({
    stage: z.literal('resetting'),
    step: createStep,
    error,
    /** Which PIN opens the backup after a failure: `either` until the vault has answered, `other`: another device's. */
    pin: z.enum(['old', 'either', 'other']),
  }),
  z.object({ stage: z.literal('pin-changed') }),
  /** The same wallet under a second account: its PIN, then as a creation. */
  z.object({ stage: z.literal('second-pin'), providerId: z.string(), error }),
  z.object({ stage: z.literal('seconding'), providerId: z.string(), step: createStep, error }),
  z.object({ stage: z.literal('second-added'), providerId: z.string() }),
  z.object({
    stage: z.literal('drill-pin'),
    triesLeft: z.int().min(0).nullable(),
    nextTryAtMs: z.int().min(0).nullable(),
    error,
  }),
  z.object({ stage: z.literal('drilling'), step: recoverStep, error }),
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
    generation: z.int().min(0),
    realmsAnswered: z.int().min(0),
    failedTries: z.int().min(0),
  }),
  /** Before the order: the PIN, checked on this device. */
  z.object({ stage: z.literal('delete-pin'), error }),
  z.object({ stage: z.literal('ordering'), error }),
  z.object({ stage: z.literal('deletion-ordered'), deadlineMs: z.int().min(0) }),
  z.object({ stage: z.literal('withdrawn') }),
  z.object({ stage: z.literal('deleted') }),
  /** Another device; `name` is what it called itself. */
  z.object({ stage: z.literal('device-signed-out'), name: z.string() }),
  /** A full page: nothing can go on until what `error` names is dealt with. */
  z.object({ stage: z.literal('stopped'), error: errorFacts }),
]);
export type TaskView = z.infer<typeof taskView>;
