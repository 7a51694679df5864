/**
 * When the user is asked for the PIN, so that it is not forgotten (keyless protocol, section 5, PIN check). Pure: a ladder
 * that each right answer climbs by one rung, each wrong one descends by one.
 */
import { z } from 'zod';
import { timeMs } from '../wire/schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long after the rung was reached the next question comes. */
export const LADDER_MS = [12 * HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS] as const;
/** How often in a row the question can be put off, and for how long. */
const MOST_PUT_OFF = 3;
const PUT_OFF_MS = 12 * HOUR_MS;
/** A status older than this says too little about the backup for an answer from this device alone. */
export const STALE_STATUS_MS = 30 * DAY_MS;

/** `storage.local`. */
export const reminderRecord = z.object({
  rung: z
    .int()
    .min(0)
    .max(LADDER_MS.length - 1),
  dueAtMs: timeMs,
  /** Since the last right answer. */
  putOff: z.int().min(0).max(MOST_PUT_OFF),
  /** When the PIN was typed right last. */
  confirmedAtMs: timeMs,
});
export type Reminder = z.output<typeof reminderRecord>;

const onRung = (rung: number, nowMs: number): Reminder => ({
  rung,
  dueAtMs: nowMs + (LADDER_MS[rung] ?? DAY_MS),
  putOff: 0,
  confirmedAtMs: nowMs,
});

/** A PIN that was just chosen. */
export const firstReminder = (nowMs: number): Reminder => onRung(0, nowMs);

/** The PIN was typed right, here or in a recovery. */
export const answeredRight = ({ rung }: Reminder, nowMs: number): Reminder =>
  onRung(Math.min(rung + 1, LADDER_MS.length - 1), nowMs);

/** It is asked again until it was right or reset. */
export const answeredWrong = (reminder: Reminder, nowMs: number): Reminder => ({
  ...reminder,
  rung: Math.max(reminder.rung - 1, 0),
  dueAtMs: Math.min(reminder.dueAtMs, nowMs),
});

export const isDue = ({ dueAtMs }: Reminder, nowMs: number): boolean => dueAtMs <= nowMs;

export const mayPutOff = ({ putOff }: Reminder): boolean => putOff < MOST_PUT_OFF;

/** Unchanged where it cannot be put off any more. */
export const putOff = (reminder: Reminder, nowMs: number): Reminder =>
  mayPutOff(reminder) ? { ...reminder, dueAtMs: nowMs + PUT_OFF_MS, putOff: reminder.putOff + 1 } : reminder;
