import type { Migrations } from '@/services/http/database/database';
import { createOnceTable } from '@/services/http/database/once-database';
import { createRateLimitTable } from '@/services/http/limits/rate-limit-database';
import { createRelayTables } from './postgres-store';

/** Forward only; a released migration is never edited. */
export const relayMigrations: Migrations = {
  '0001-relay': createRelayTables,
  '0002-once': createOnceTable,
  '0003-rate-limit': createRateLimitTable,
};
