import type { Kysely } from 'kysely';
import { z } from 'zod';
import {
  type AccountTables,
  listDueAccounts,
  readDocument,
  swapDocument,
} from '@/services/http/database/account-documents';
import { retryEach } from '@/services/http/database/retry';
import { accountSchema, dueAtMs } from '../account/account';
import type { AccountStore } from './store';

/** Accounts in PostgreSQL, or in PGlite. A document that is no account throws: somebody else wrote into the table. */
export function createPostgresStore(db: Kysely<AccountTables>): AccountStore {
  return retryEach<AccountStore>({
    read: async (accountId) => {
      const found = await readDocument(db, accountId);
      return found && { version: found.version, account: accountSchema.parse(found.document) };
    },
    compareAndSwap: (accountId, expected, account) =>
      swapDocument(db, accountId, expected, {
        document: z.encode(accountSchema, account),
        dueAtMs: dueAtMs(account),
      }),
    listDue: (nowMs, limit) => listDueAccounts(db, nowMs, limit),
  });
}
