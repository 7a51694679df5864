import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import type { RealmEvent } from '../protocol/record';
import { realmMigrations } from '../store/migrations';
import { eventOf, type RealmSchema } from '../store/postgres-store';

/** A realm's database, migrated: embedded in memory, or the PostgreSQL at the address. */
export async function openRealmDatabase(databaseUrl?: string): Promise<Database<RealmSchema>> {
  const database = await openDatabase<RealmSchema>({ databaseUrl, maxConnections: 20 });
  await migrate(database.db, realmMigrations);
  return database;
}

export async function readEvents({ db }: Database<RealmSchema>): Promise<RealmEvent[]> {
  const rows = await db.selectFrom('realm_event').selectAll().orderBy('at_ms').execute();
  return rows.map(eventOf);
}
