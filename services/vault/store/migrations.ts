import type { Migrations } from '@/services/http/database/database';
import { createRateLimitTable } from '@/services/http/limits/rate-limit-database';
import { addSignedOut, createSessionTables } from '@/services/http/sessions/session-database';
import { createCanaryTable } from '../key-service/canary-store';
import { createVaultTables, narrowFeedSlots } from './postgres-store';

/** Forward only; a released migration is never edited. */
export const vaultMigrations: Migrations = {
  '0001-accounts': createVaultTables,
  '0002-sessions': createSessionTables,
  '0003-canary': createCanaryTable,
  '0004-rate-limit': createRateLimitTable,
  '0005-signed-out': addSignedOut,
  '0006-feed-decisions': narrowFeedSlots,
};
