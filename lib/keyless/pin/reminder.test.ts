import { describe, expect, it } from 'vitest';
import {
  answeredRight,
  answeredWrong,
  firstReminder,
  isDue,
  LADDER_MS,
  mayPutOff,
  putOff,
  type Reminder,
  reminderRecord,
} from './reminder';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 4, 3);

/** Answers right each time it is due. @returns the waits in hours */
function waits(from: Reminder, times: number): number[] {
  let reminder = from;
  return Array.from({ length: times }, () => {
    const before = reminder.confirmedAtMs;
    const due = reminder.dueAtMs;
    reminder = answeredRight(reminder, due);
    return (due - before) / HOUR_MS;
  });
}

describe('the ladder of PIN prompts', () => {
  it('asks after 12 hours, then 1, 3, 7, 14 and 30 days, and stays there', () => {
    expect(waits(firstReminder(START_MS), 8)).toEqual([12, 24, 72, 168, 336, 720, 720, 720]);
  });

  it('steps back one rung after a wrong answer, and asks on until a right one', () => {
    const week = { ...firstReminder(START_MS), rung: 3, dueAtMs: START_MS + 168 * HOUR_MS };
    const wrong = answeredWrong(week, week.dueAtMs);
    expect(wrong).toMatchObject({ rung: 2, dueAtMs: week.dueAtMs });
    expect(isDue(wrong, week.dueAtMs)).toBe(true);
    expect(answeredWrong(firstReminder(START_MS), START_MS).rung).toBe(0);
  });

  it('never pushes a question away by a wrong answer that came early', () => {
    expect(isDue(answeredWrong(firstReminder(START_MS), START_MS + 1), START_MS + 1)).toBe(true);
  });

  it('can be put off three times, then no more until it was answered', () => {
    let reminder = firstReminder(START_MS);
    for (let times = 0; times < 3; times++) {
      expect(mayPutOff(reminder)).toBe(true);
      const { dueAtMs } = reminder;
      reminder = putOff(reminder, dueAtMs);
      expect(reminder.dueAtMs).toBe(dueAtMs + 12 * HOUR_MS);
    }
    expect(mayPutOff(reminder)).toBe(false);
    expect(putOff(reminder, reminder.dueAtMs)).toEqual(reminder);
    expect(mayPutOff(answeredRight(reminder, reminder.dueAtMs))).toBe(true);
  });

  it('is stored as it is', () => {
    for (const rung of LADDER_MS.keys())
      expect(reminderRecord.parse({ ...firstReminder(START_MS), rung })).toMatchObject({ rung });
    expect(reminderRecord.safeParse({ ...firstReminder(START_MS), rung: LADDER_MS.length }).success).toBe(false);
  });
});
