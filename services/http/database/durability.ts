import { type Kysely, sql } from 'kysely';

/** What an acknowledged write rests on (PostgreSQL manual, 20.5.1), and the values that keep it. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
};

/** The database may forget what it acknowledged. The message names the settings. */
export class NotDurable extends Error {
  override readonly name = 'NotDurable';
}

/**
 * Refuses a database that may lose an acknowledged write, or that is a replica. Settings that an engine does not have
 * (it speaks PostgreSQL's protocol only) are not missed.
 * @throws NotDurable
 */
export async function requireDurable<Schema>(db: Kysely<Schema>): Promise<void> {
  const settings = await sql<{ name: string; setting: string }>`
    SELECT name, setting FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'transaction_read_only')`.execute(db);
  const wrong = settings.rows
    .filter(({ name, setting }) => (NEEDED[name] ?? ['off']).includes(setting) === false)
    .map(({ name, setting }) => `${name} is ${setting}`);
  if (wrong.length > 0) throw new NotDurable(`The database may forget what it acknowledged: ${wrong.join(', ')}.`);
}
