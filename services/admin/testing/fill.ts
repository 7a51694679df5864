import { type Kysely, sql } from 'kysely';
import type { AnyTables } from '../targets';

interface Column {
  column_name: string;
  data_type: string;
}

/** Values that a column cannot take at random, because the table checks them. */
const FIXED: Readonly<Record<string, (index: number) => unknown>> = {
  'kms_canary.id': () => 1,
  'realm_mark.id': () => 1,
  'realm_record.state': () => 'registered',
  'realm_record.num_guesses': () => 8,
  'realm_record.guess_count': (index) => index % 8,
  'realm_record.recent_guesses': () => JSON.stringify([{ tokenId: 'a"b', blindedInput: '00', tokenExpiresAtMs: 1 }]),
};
const SINGLE = new Set(['kms_canary', 'realm_mark']);

/** Rows of the right types in every table, whatever its columns are: more than one page of a backup in the first. */
export async function fillTables(db: Kysely<AnyTables>, tables: readonly string[], rows: number): Promise<void> {
  for (const [position, table] of tables.entries()) {
    const { rows: columns } = await sql<Column>`
      SELECT column_name, data_type FROM information_schema.columns
      WHERE table_name = ${table} ORDER BY ordinal_position`.execute(db);
    const count = SINGLE.has(table) ? 1 : position === 0 ? 1_000 + rows : rows;
    const values = Array.from({ length: count }, (_, index) =>
      Object.fromEntries(columns.map((column) => [column.column_name, sampleOf(table, column, index)])),
    );
    for (let at = 0; at < values.length; at += 200)
      await db
        .insertInto(table)
        .values(values.slice(at, at + 200))
        .execute();
  }
}

function sampleOf(table: string, { column_name: name, data_type: type }: Column, index: number): unknown {
  const fixed = FIXED[`${table}.${name}`];
  if (fixed) return fixed(index);
  switch (type) {
    case 'bytea':
      return Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? index % 251 : (index * 7 + at * 13 + at) % 256));
    case 'bigint':
      return index === 0 ? Number.MAX_SAFE_INTEGER : index;
    case 'integer':
      return index;
    default:
      // A line of a file must survive all of this.
      return `${name} ${index} "quoted" \\ \n \r \u2028 \u2029 ü 🙂`;
  }
}
