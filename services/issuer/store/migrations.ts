import { createAccountTable } from '@/services/http/database/account-documents';
import type { Migrations } from '@/services/http/database/database';
import { createRateLimitTable } from '@/services/http/limits/rate-limit-database';
import { addSignedOut, createSessionTables } from '@/services/http/sessions/session-database';
import { createRealmLogTables } from '../realms/realm-log-store';

/** Forward only; a released migration is never edited. */
export const issuerMigrations: Migrations = {
  '0001-accounts': createAccountTable,
  '0002-sessions': createSessionTables,
  '0003-rate-limit': createRateLimitTable,
  '0004-signed-out': addSignedOut,
  '0005-realm-log': createRealmLogTables,
};
