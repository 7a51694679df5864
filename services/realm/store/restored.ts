/**
 * What an operator does after a realm's database came from a backup: every row is marked, what the event log of after the
 * backup tells is done again, and, if wanted, every row is locked.
 */
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { retryTransaction } from '@/services/http/database/retry';
import { LOCKED_ROW_LIFE_MS } from '../protocol/step';
import { ERASED_COLUMNS, type RealmSchema } from './postgres-store';

/** One event as `POST /tenant_log` gave it. */
export const loggedLine = z.object({
  id: z.string().min(1),
  when: z.iso.datetime(),
  user_id: z.string().regex(/^[0-9a-f]{64}$/),
  event: z.enum(['registered', 'guess_used', 'share_recovered', 'deleted']),
  num_guesses: z.number().int().min(0).max(0xffff).optional(),
  guess_count: z.number().int().min(0).max(0xffff).optional(),
});
export type LoggedLine = z.output<typeof loggedLine>;

export interface RestoreReport {
  /** Registered rows that carry the mark now. */
  marked: number;
  /** Events that the database had not known. */
  replayed: number;
  /** Of them: registrations whose row is lost. Their owners make a new backup. */
  lostRegistrations: number;
  locked: number;
}

export interface RestoreOptions {
  nowMs: number;
  /** Whose log `events` is. */
  tenant: string;
  /** What a reader of the log kept, elsewhere; in any order. */
  events: readonly LoggedLine[];
  /** `lock` erases every row's material: nothing can be guessed, and nothing recovered from this realm. */
  rows: 'keep' | 'lock';
}

const BATCH = 500;

/** May be run again: it marks once, and skips events that are in the log. */
export async function markRestored(db: Kysely<RealmSchema>, options: RestoreOptions): Promise<RestoreReport> {
  const marked = await eachBatch(db, (ids) =>
    db.updateTable('realm_record').set({ restored_at_ms: options.nowMs }).where('record_id', 'in', ids).execute(),
  );
  const report = { marked, replayed: 0, lostRegistrations: 0, locked: 0 };
  for (const line of [...options.events].sort((a, b) => Date.parse(a.when) - Date.parse(b.when))) {
    const outcome = await retryTransaction(() => replay(db, line, options));
    if (outcome === 'known') continue;
    report.replayed += 1;
    if (outcome === 'lost') report.lostRegistrations += 1;
  }
  if (options.rows === 'lock')
    report.locked = await eachBatch(db, (ids) =>
      db.updateTable('realm_record').set(ERASED_COLUMNS).where('record_id', 'in', ids).execute(),
    );
  return report;
}

/** Rows that carry the mark. For reports. */
export async function countRestored(db: Kysely<RealmSchema>): Promise<number> {
  const { count } = await db
    .selectFrom('realm_record')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('restored_at_ms', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Every registered row, in batches by primary key. @returns how many there were */
async function eachBatch(db: Kysely<RealmSchema>, change: (ids: string[]) => Promise<unknown>): Promise<number> {
  let after = '';
  for (let total = 0; ; ) {
    const rows = await db
      .selectFrom('realm_record')
      .select('record_id')
      .where('record_id', '>', after)
      .where('state', '=', 'registered')
      .orderBy('record_id')
      .limit(BATCH)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return total;
    await retryTransaction(() => change(rows.map((row) => row.record_id)));
    total += rows.length;
    after = last.record_id;
  }
}

/** Event and change in one transaction, as they were written the first time. */
function replay(
  db: Kysely<RealmSchema>,
  line: LoggedLine,
  { tenant, nowMs }: RestoreOptions,
): Promise<'known' | 'done' | 'lost'> {
  return db.transaction().execute(async (transaction) => {
    const written = await transaction
      .insertInto('realm_event')
      .values({
        id: line.id,
        tenant,
        user_id: line.user_id,
        at_ms: Date.parse(line.when),
        event: line.event,
        num_guesses: line.num_guesses ?? null,
        guess_count: line.guess_count ?? null,
        acked_at_ms: nowMs,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    if (written.length === 0) return 'known';
    if (line.event === 'registered') return 'lost';
    if (line.event === 'deleted') {
      await transaction.deleteFrom('realm_record').where('user_id', '=', line.user_id).execute();
      return 'done';
    }
    const guessCount = line.event === 'guess_used' ? (line.guess_count ?? 0) : 0;
    const usedUp = line.event === 'guess_used' && guessCount >= (line.num_guesses ?? guessCount);
    await transaction
      .updateTable('realm_record')
      .set({ guess_count: guessCount, erase_at_ms: usedUp ? nowMs + LOCKED_ROW_LIFE_MS : null })
      .where('user_id', '=', line.user_id)
      .where('state', '=', 'registered')
      .execute();
    return 'done';
  });
}
