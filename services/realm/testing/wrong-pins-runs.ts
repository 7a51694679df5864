import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '@/services/http/database/database';
import type { RealmSchema } from '../store/postgres-store';
import { openDatabaseOf50, sendWrongPins, WRONG_PINS } from './wrong-pins';

const BUDGET = [1, 2, 3, 4, 5, 6, 7, 8];

/** Registers the test, so many times over. */
export function testWrongPins(repeats: number): void {
  let database: Database<RealmSchema>;
  beforeAll(async () => {
    database = await openDatabaseOf50();
  });
  afterAll(() => database?.close());

  it.each(Array.from({ length: repeats }, (_, index) => index + 1))(
    'I3: a thousand wrong PINs over 50 connections, time %i: exactly eight are evaluated, and each was written down before',
    async (time) => {
      const { counts, refused, events } = await sendWrongPins(database, time);
      expect([...counts].sort()).toEqual(BUDGET);
      expect([...events].sort()).toEqual(BUDGET);
      expect(refused).toBe(WRONG_PINS - BUDGET.length);
    },
    300_000,
  );
}
