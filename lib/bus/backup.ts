/** The backup that stands, as a page sees it. Times are milliseconds since the epoch. */
import './jitless';
import { z } from 'zod';

const timeMs = z.int().min(0);
const answer = z.enum(['up', 'down', 'expired']);

/** What vault and issuer said last, verified. */
const health = z.object({
  askedAtMs: timeMs,
  /** When both answered last; null: never yet. */
  verifiedAtMs: timeMs.nullable(),
  vault: answer,
  issuer: answer,
  /** Each realm by its host; null: not asked since the start. */
  realms: z.array(z.object({ host: z.string(), up: z.boolean() })).nullable(),
  alarm: z.enum(['unsigned-status', 'servers-disagree', 'update-the-app']).nullable(),
  changedElsewhere: z.object({ atMs: timeMs, deviceName: z.string().nullable() }).nullable(),
  /** The wallet was recovered on another device. */
  recoveredElsewhere: z.object({ atMs: timeMs, deviceName: z.string().nullable() }).nullable(),
  /** The owner signed this device out, on another one. */
  signedOut: z.boolean(),
  /** Who has a session, this device first; null before both servers said it. */
  devices: z
    .array(
      z.object({
        /** Thumbprint of its key, base64url. */
        jkt: z.string(),
        name: z.string(),
        lastSeenAtMs: timeMs,
        isThis: z.boolean(),
      }),
    )
    .nullable(),
  gone: z.boolean(),
  order: z.object({ order: z.enum(['delete', 'start-over', 'unknown']), deadlineMs: timeMs }).nullable(),
  /** Newest first. */
  events: z.array(
    z.object({
      kind: z.enum([
        'device-signed-in',
        'device-signed-out',
        'try-granted',
        'recovered',
        'activated',
        'ordered',
        'undone',
        'erased',
      ]),
      atMs: timeMs,
      deviceName: z.string().nullable(),
    }),
  ),
});

export const backupView = z.object({
  providerId: z.string(),
  generation: z.int().min(0),
  createdAtMs: timeMs,
  verifiedAtMs: timeMs,
  /** When a recovery was practised last; null: never. */
  drilledAtMs: timeMs.nullable(),
  /** To practise is offered on home. */
  drillOffered: z.boolean(),
  pin: z.object({
    confirmedAtMs: timeMs,
    /** When it is asked next. */
    dueAtMs: timeMs,
    /** It is to be asked now. */
    due: z.boolean(),
    mayPutOff: z.boolean(),
    /** `recovery`: this device alone cannot tell whether it is right. */
    check: z.enum(['here', 'recovery']),
  }),
  /** Where the wallet is backed up beside this, as far as this device made it. */
  secondSignIns: z.array(z.object({ providerId: z.string(), createdAtMs: timeMs })),
  /** Null before the servers were asked for the first time. */
  health: health.nullable(),
});
export type BackupView = z.infer<typeof backupView>;
