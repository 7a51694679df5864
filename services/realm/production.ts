import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { requireDurable } from '@/services/http/database/durability';
import type { realmConfigSchema } from './config';
import type { RealmSchema } from './store/postgres-store';

type Config = z.output<typeof realmConfigSchema>;

/** Somebody said "production" of a realm that cannot keep its promise. The message says what to set. */
export class NotForProduction extends Error {
  override readonly name = 'NotForProduction';
}

/**
 * In production a realm needs a PostgreSQL that keeps what it acknowledged, and a place to notice that it did not.
 * @throws NotForProduction, NotDurable
 */
export async function requireProduction(
  config: Pick<Config, 'REALM_MODE' | 'REALM_DATABASE_URL' | 'REALM_MARK_FILE'>,
  db: Kysely<RealmSchema>,
): Promise<void> {
  if (config.REALM_MODE !== 'production') return;
  if (config.REALM_DATABASE_URL === undefined)
    throw new NotForProduction(
      'In production REALM_DATABASE_URL must name a PostgreSQL: the embedded one does not flush.',
    );
  if (config.REALM_MARK_FILE === undefined)
    throw new NotForProduction('In production REALM_MARK_FILE must name a file on another disk than the database.');
  await requireDurable(db);
}
