/** Accounts and feeds in PostgreSQL, or in the embedded PGlite: the same SQL, without sequences and triggers. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import { type FeedEntry, feedEntry } from '@/lib/keyless/wire/feed';
import {
  type AccountTables,
  createAccountTable,
  listDueAccounts,
  readDocument,
  swapDocument,
} from '@/services/http/database/account-documents';
import { retryEach } from '@/services/http/database/retry';
import { dueAtMs } from '../account/expire';
import { asSlotFact, slotOf } from '../account/feed';
import { accountState } from '../account/state';
import type { VaultStore } from './store';

export interface VaultTables extends AccountTables {
  feed: {
    account_id: Uint8Array;
    number: number;
    /** Of a fact that decides about a slot. */
    slot: Uint8Array | null;
    /** JSON of `feedEntry`. */
    entry: string;
  };
}

/** Migration that creates the tables. */
export async function createVaultTables(db: Kysely<never>): Promise<void> {
  await createAccountTable(db);
  await sql`
    CREATE TABLE feed (
      account_id bytea NOT NULL,
      number int8 NOT NULL,
      slot bytea,
      entry text NOT NULL,
      PRIMARY KEY (account_id, number)
    )`.execute(db);
  await sql`CREATE INDEX feed_slot ON feed (account_id, slot, number)`.execute(db);
}

/**
 * Migration that leaves the facts without a slot out of the index of slots. With them it served a page of a feed as well
 * as the primary key did, and which of the two was taken hung on the statistics of the day.
 */
export async function narrowFeedSlots(db: Kysely<never>): Promise<void> {
  await sql`CREATE INDEX feed_decision ON feed (account_id, slot, number) WHERE slot IS NOT NULL`.execute(db);
  await sql`DROP INDEX feed_slot`.execute(db);
}

export function createPostgresStore(db: Kysely<VaultTables>): VaultStore {
  return retryEach<VaultStore>({
    read: async (accountId) => {
      const found = await readDocument(db, accountId);
      return found && { version: found.version, state: accountState.parse(found.document) };
    },
    compareAndSwap: (accountId, expected, state, entries) => {
      const next = { document: z.encode(accountState, state), dueAtMs: dueAtMs(state) };
      return db.transaction().execute(async (transaction) => {
        const written = await swapDocument(transaction, accountId, expected, next);
        if (written && entries.length > 0) await appendEntries(transaction, accountId, entries);
        return written;
      });
    },
    feed: async (accountId, after, limit) => {
      const rows = await db
        .selectFrom('feed')
        .select('entry')
        .where('account_id', '=', accountId)
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit)
        .execute();
      return rows.map(readEntry);
    },
    latestSlotFact: async (accountId, slot) => {
      const row = await db
        .selectFrom('feed')
        .select('entry')
        .where('account_id', '=', accountId)
        .where('slot', '=', slot)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? asSlotFact(readEntry(row).fact) : null;
    },
    listAccounts: async (after, limit) => {
      const behind = db.selectFrom('account').select('account_id').orderBy('account_id').limit(limit);
      const rows = await (after === null ? behind : behind.where('account_id', '>', after)).execute();
      return rows.map((row) => row.account_id);
    },
    countUnderKey: async (version) => {
      // All text of a document is base64url or of our own making: nothing else can look like this.
      const { count } = await db
        .selectFrom('account')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('document', 'like', `%"kver":${JSON.stringify(version)}%`)
        .executeTakeFirstOrThrow();
      return count;
    },
    listDue: (nowMs, limit) => listDueAccounts(db, nowMs, limit),
  });
}

async function appendEntries(
  transaction: Transaction<VaultTables>,
  accountId: Uint8Array,
  entries: readonly FeedEntry[],
): Promise<void> {
  const rows = entries.map((entry) => {
    const decision = asSlotFact(entry.fact);
    return {
      account_id: accountId,
      number: entry.number,
      slot: decision && slotOf(decision),
      entry: JSON.stringify(z.encode(feedEntry, entry)),
    };
  });
  await transaction.insertInto('feed').values(rows).execute();
}

const readEntry = ({ entry }: { entry: string }): FeedEntry => feedEntry.parse(JSON.parse(entry));
