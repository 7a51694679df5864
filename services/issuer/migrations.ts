import { createAccountTable } from '@/services/http/account-documents';
import type { Migrations } from '@/services/http/database';
import { createRateLimitTable } from '@/services/http/rate-limit-database';
import { createSessionTables } from '@/services/http/session-database';

/** Forward only; a released migration is never edited. */
export const issuerMigrations: Migrations = {
  '0001-accounts': createAccountTable,
  '0002-sessions': createSessionTables,
  '0003-rate-limit': createRateLimitTable,
};
