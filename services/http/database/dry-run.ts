import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migrations } from '@/services/http/database/database';

class RolledBack extends Error {}

/** Names of the migrations that a database lacks, in order. */
export async function pendingMigrations<Schema>(db: Kysely<Schema>, migrations: Migrations): Promise<string[]> {
  const provider = {
    getMigrations: async () => Object.fromEntries(Object.entries(migrations).map(([name, up]) => [name, { up }])),
  };
  const known = await new Migrator({ db, provider }).getMigrations();
  return known.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

/**
 * Carries out what is missing, over the data that is there, and takes it back again.
 * @returns the names of what would be applied.
 * @throws what the first migration that does not work throws.
 */
export async function dryRunMigrations<Schema>(db: Kysely<Schema>, migrations: Migrations): Promise<string[]> {
  const pending = await pendingMigrations(db, migrations);
  try {
    await db.transaction().execute(async (transaction) => {
      for (const name of pending) await migrations[name]?.(transaction as unknown as Kysely<never>);
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  return pending;
}
