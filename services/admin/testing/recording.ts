/** An embedded database that keeps every statement it was given, and refuses some of them as a busy cluster does. */
import { PGlite } from '@electric-sql/pglite';
import { type DatabaseConnection, Kysely, PGliteDialect } from 'kysely';
import { parseInt8 } from '@/services/http/database/database';
import { prepareDataDir } from '@/services/http/database/prepared-data';

const INT8 = 20;
/** More than any transaction has statements, so that the next run of one gets through. */
const REFUSED_EACH = 5;

export interface Recording<Schema> {
  /** What a store is given. */
  readonly db: Kysely<Schema>;
  /** The same tables, neither recorded nor busy: for what a test itself asks. */
  readonly plain: Kysely<Schema>;
  /** What ran, without repetition. */
  readonly statements: Set<string>;
  /** From now on every fifth statement is refused with 40001, before it does anything. */
  beBusy(): void;
  /** How many were refused. */
  refused(): number;
  close(): Promise<void>;
}

export async function openRecording<Schema>(): Promise<Recording<Schema>> {
  const pglite = await PGlite.create({ ...(await prepareDataDir(undefined)), parsers: { [INT8]: parseInt8 } });
  const statements = new Set<string>();
  const count = { statements: 0, refused: 0, busy: false };
  const note = (text: string): void => {
    statements.add(text);
    if (!count.busy) return;
    count.statements += 1;
    if (count.statements % REFUSED_EACH !== 0) return;
    count.refused += 1;
    throw Object.assign(new Error('restart transaction'), { code: '40001' });
  };
  const watch = async (connection: DatabaseConnection): Promise<void> => {
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = async (query, ...rest) => {
      note(query.sql);
      return execute(query, ...rest);
    };
  };
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite, onCreateConnection: watch }) });
  return {
    db,
    plain: new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) }),
    statements,
    beBusy: () => {
      count.busy = true;
    },
    refused: () => count.refused,
    close: () => db.destroy(),
  };
}
