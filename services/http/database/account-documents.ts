/**
 * One JSON document an account behind compare-and-swap, in PostgreSQL, or in PGlite by the same statements. The database
 * must run with `synchronous_commit` on.
 */
import { type Kysely, sql, type Transaction } from 'kysely';

/** Table of a server that keeps such documents; its own schema extends it. */
export interface AccountTables {
  account: {
    /** 32 bytes. */
    account_id: Uint8Array;
    /** Counts the writes, from 1. */
    version: number;
    /** JSON; text, because it is read and written as a whole. */
    document: string;
    /** When something is to be done without being asked, ms since the epoch. */
    due_at_ms: number | null;
  };
}

/** Migration that creates the table; a service lists it among its own. */
export async function createAccountTable(db: Kysely<never>): Promise<void> {
  await sql`
    CREATE TABLE account (
      account_id bytea PRIMARY KEY,
      version int8 NOT NULL,
      document text NOT NULL,
      due_at_ms int8
    )`.execute(db);
  await sql`CREATE INDEX account_due ON account (due_at_ms) WHERE due_at_ms IS NOT NULL`.execute(db);
}

export async function readDocument(
  db: Kysely<AccountTables>,
  accountId: Uint8Array,
): Promise<{ version: number; document: unknown } | null> {
  const row = await db
    .selectFrom('account')
    .select(['version', 'document'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row === undefined ? null : { version: row.version, document: JSON.parse(row.document) };
}

/**
 * Writes the document if the account is still at version `expected` (null: there is none), by one conditional statement.
 * @param next `document` as JSON can say it
 * @returns true once written, and durable unless within a transaction; false if somebody else was faster.
 */
export async function swapDocument(
  db: Kysely<AccountTables> | Transaction<AccountTables>,
  accountId: Uint8Array,
  expected: number | null,
  next: { document: unknown; dueAtMs: number | null },
): Promise<boolean> {
  const values = { document: JSON.stringify(next.document), due_at_ms: next.dueAtMs };
  if (expected === null) {
    const inserted = await db
      .insertInto('account')
      .values({ account_id: accountId, version: 1, ...values })
      .onConflict((conflict) => conflict.column('account_id').doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
  const updated = await db
    .updateTable('account')
    .set({ version: expected + 1, ...values })
    .where('account_id', '=', accountId)
    .where('version', '=', expected)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Ids of at most `limit` accounts for which something is due, the longest due first. */
export async function listDueAccounts(db: Kysely<AccountTables>, nowMs: number, limit: number): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('account')
    .select('account_id')
    .where('due_at_ms', '<=', nowMs)
    .orderBy('due_at_ms')
    .limit(limit)
    .execute();
  return rows.map((row) => row.account_id);
}
