import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';

/** Object identifiers of `int8` and `bytea`, the two types whose reading differs between drivers (pg_type.dat). */
const INT8 = 20;
const BYTEA = 17;

const UNSAFE_DATABASE_URL_MESSAGE = 'DATABASE_URL must be a postgres:// or postgresql:// address';

/** Numbered forward-only migrations by name, such as `0001-sessions`. */
export type Migrations = Readonly<Record<string, (db: Kysely<never>) => Promise<void>>>;

export interface OpenDatabaseOptions {
  /** Address of a PostgreSQL 15 or later; wins over `dataDir`. */
  databaseUrl?: string | undefined;
  /** Folder of an embedded database (PGlite, development only); absent means in memory. */
  dataDir?: string | undefined;
  /** Connections of the pool, PostgreSQL only. */
  maxConnections?: number | undefined;
}

export interface Database<Schema> {
  readonly db: Kysely<Schema>;
  /** Ends every connection; the embedded database is written out first. */
  close(): Promise<void>;
}

/**
 * Reads `int8` as a number, which holds times in ms and every counter here.
 * @throws RangeError beyond 2^53, instead of rounding.
 */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('An int8 from the database is not a safe integer.');
  return value;
}

/**
 * Opens PostgreSQL, or the embedded PGlite where no address is given. In both, `int8` reads as number (safe integers
 * only) and `bytea` as a plain Uint8Array.
 * @throws Error when the address is not one of PostgreSQL; connecting itself happens at the first query.
 */
export async function openDatabase<Schema>(options: OpenDatabaseOptions): Promise<Database<Schema>> {
  const db =
    options.databaseUrl === undefined
      ? await openEmbedded<Schema>(options.dataDir)
      : openPostgres<Schema>(options.databaseUrl, options.maxConnections ?? 10);
  return { db, close: () => db.destroy() };
}

async function openEmbedded<Schema>(dataDir: string | undefined): Promise<Kysely<Schema>> {
  // Loaded only where it is used: it is large, and a server on PostgreSQL should start quickly.
  const [{ PGlite }, { prepareDataDir }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@/services/http/database/prepared-data'),
  ]);
  const prepared = await prepareDataDir(dataDir);
  const pglite = await PGlite.create({ ...prepared, parsers: { [INT8]: parseInt8 } });
  return new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
}

function openPostgres<Schema>(databaseUrl: string, maxConnections: number): Kysely<Schema> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) throw new Error(UNSAFE_DATABASE_URL_MESSAGE);
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, parseInt8);
  types.setTypeParser(BYTEA, parseBytea);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: maxConnections, types });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks between two statements of a transaction; the next statement fails then, and is answered.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** Reads the hex form of `bytea` (PostgreSQL manual, 8.4.1). */
function parseBytea(text: string): Uint8Array {
  if (!text.startsWith('\\x')) throw new RangeError('bytea_output of the database must be hex.');
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
}

/** A newer version has migrated this database: what is older cannot start on it. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
  constructor(migration: string) {
    super(
      `The database was migrated by a newer version (${migration}): start that one, or restore the backup of before.`,
    );
  }
}

/**
 * Applies what is missing, in order, in one transaction under the migrator's lock.
 * @returns the names applied now.
 * @throws NewerDatabase; Error when a name is not numbered without gaps from 0001, or a migration fails (nothing is kept
 *   then).
 */
export async function migrate<Schema>(db: Kysely<Schema>, migrations: Migrations): Promise<string[]> {
  requireNumbered(Object.keys(migrations));
  const provider = { getMigrations: async () => asKyselyMigrations(migrations) };
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw asNewer(error) ?? error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** Kysely says it in words only. */
function asNewer(error: unknown): NewerDatabase | undefined {
  const [, name] =
    /^corrupted migrations: previously executed migration (\S+) is missing$/.exec(String(Object(error).message)) ?? [];
  return name === undefined ? undefined : new NewerDatabase(name);
}

/** For a probe: that the database answers. @throws whatever the driver throws */
export async function pingDatabase<Schema>(db: Kysely<Schema>): Promise<void> {
  await sql`SELECT 1`.execute(db);
}

/** For a probe: that nothing is missing. @throws Error naming the first migration that is */
export async function requireMigrated<Schema>(db: Kysely<Schema>, migrations: Migrations): Promise<void> {
  const provider = { getMigrations: async () => asKyselyMigrations(migrations) };
  const missing = (await new Migrator({ db, provider }).getMigrations()).find(({ executedAt }) => !executedAt);
  if (missing) throw new Error(`Migration ${missing.name} is missing.`);
}

function asKyselyMigrations(migrations: Migrations): Record<string, Migration> {
  return Object.fromEntries(Object.entries(migrations).map(([name, up]) => [name, { up }]));
}

function requireNumbered(names: string[]): void {
  [...names].sort().forEach((name, index) => {
    const expected = String(index + 1).padStart(4, '0');
    if (!new RegExp(`^${expected}-[a-z0-9-]+$`).test(name)) {
      throw new Error(`Migration "${name}" must be named ${expected}-some-words.`);
    }
  });
}
