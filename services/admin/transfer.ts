/**
 * A backup of one service's database: a folder with one file of JSON lines a table and a manifest with their sums. It does
 * not depend on the engine or its version, so it also moves a service from one engine to another.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import { migrate } from '@/services/http/database/database';
import { AdminError, type AnyTables, type Target } from './targets';

const MANIFEST = 'manifest.json';
const BATCH = 500;

const manifestSchema = z.object({
  format: z.literal(1),
  service: z.string(),
  exportedAtMs: z.number().int(),
  migrations: z.array(z.string()),
  tables: z.record(z.string(), z.object({ rows: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type Manifest = z.output<typeof manifestSchema>;

export interface TransferOptions {
  readonly db: Kysely<AnyTables>;
  readonly target: Target;
  readonly service: string;
  readonly folder: string;
}

/**
 * Writes every table as it is at one moment, while the service may run.
 * @throws AdminError if the folder holds a backup
 */
export async function exportDatabase(options: TransferOptions & { nowMs: number }): Promise<Manifest> {
  const { db, target, service, folder, nowMs } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const tables = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const written: Manifest['tables'] = {};
      for (const [table, key] of Object.entries(target.tables))
        written[table] = await writeTable(transaction, table, key, pathOf(folder, table));
      return written;
    });
  const migrations = Object.keys(target.migrations).sort();
  const manifest: Manifest = { format: 1, service, exportedAtMs: nowMs, migrations, tables };
  // Last, so that a folder without it is seen to be unfinished.
  await writeNew(join(folder, MANIFEST), async (write) => write(`${JSON.stringify(manifest, null, 2)}\n`));
  return manifest;
}

/**
 * Fills an empty database; all of it or nothing. Missing migrations are applied before.
 * @throws AdminError if a file is damaged, the backup is of another service or newer, or the database is not empty
 */
export async function importDatabase({ db, target, service, folder }: TransferOptions): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest.service !== service) throw new AdminError(`${folder} is a backup of ${manifest.service}.`);
  const known = Object.keys(target.migrations);
  const newer = manifest.migrations.filter((name) => !known.includes(name));
  if (newer.length > 0) throw new AdminError(`${folder} was made by a newer version (${newer.join(', ')}).`);
  await migrate(db, target.migrations);
  await db.transaction().execute(async (transaction) => {
    for (const table of Object.keys(target.tables)) {
      const expected = manifest.tables[table];
      // A table that came with a later migration.
      if (expected === undefined) continue;
      await requireEmpty(transaction, table);
      const found = await readTable(transaction, table, pathOf(folder, table));
      if (found.sha256 !== expected.sha256 || found.rows !== expected.rows)
        throw new AdminError(`${pathOf(folder, table)} is not what the manifest says; nothing was imported.`);
    }
  });
  return manifest;
}

const pathOf = (folder: string, table: string) => join(folder, `${table}.jsonl`);

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch {
    throw new AdminError(`${join(folder, MANIFEST)} is missing or damaged: this is no finished backup.`);
  }
}

type Row = Record<string, unknown>;

async function writeTable(
  transaction: Transaction<AnyTables>,
  table: string,
  key: readonly string[],
  path: string,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  await writeNew(path, async (write) => {
    for (let last: Row | undefined; ; ) {
      const page = await readPage(transaction, table, key, last);
      const text = page.map((row) => `${lineOf(row)}\n`).join('');
      hash.update(text);
      await write(text);
      rows += page.length;
      last = page.at(-1);
      if (page.length < BATCH) return;
    }
  });
  return { rows, sha256: hash.digest('hex') };
}

async function readPage(
  transaction: Transaction<AnyTables>,
  table: string,
  key: readonly string[],
  last: Row | undefined,
): Promise<Row[]> {
  const columns = sql.join(key.map((name) => sql.ref(name)));
  const after =
    last === undefined ? sql`` : sql`WHERE (${columns}) > (${sql.join(key.map((name) => sql.val(last[name])))})`;
  const { rows } = await sql<Row>`
    SELECT * FROM ${sql.table(table)} ${after} ORDER BY ${columns} LIMIT ${sql.lit(BATCH)}`.execute(transaction);
  return rows;
}

async function readTable(transaction: Transaction<AnyTables>, table: string, path: string) {
  const hash = createHash('sha256');
  let rows = 0;
  let batch: Row[] = [];
  const flush = async () => {
    if (batch.length > 0) await transaction.insertInto(table).values(batch).execute();
    rows += batch.length;
    batch = [];
  };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    hash.update(`${line}\n`);
    batch.push(fromJson(path, line));
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return { rows, sha256: hash.digest('hex') };
}

async function requireEmpty(transaction: Transaction<AnyTables>, table: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} LIMIT 1`.execute(transaction);
  if (rows.length > 0) throw new AdminError(`The table ${table} is not empty; import fills new databases only.`);
}

/** Readers of lines take these two for the end of one. */
const lineOf = (row: Row): string =>
  JSON.stringify(toJson(row)).replace(/[\u2028\u2029]/g, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'));

/** Bytes as `{"$bytes": base64}`; everything else in these tables is JSON already. */
const toJson = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value,
    ]),
  );

const bytesValue = z.strictObject({ $bytes: z.base64() });

function fromJson(path: string, line: string): Row {
  try {
    const row = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, columnValue(value)]));
  } catch {
    throw new AdminError(`${path} is damaged; nothing was imported.`);
  }
}

function columnValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const bytes = bytesValue.safeParse(value);
  return bytes.success ? new Uint8Array(Buffer.from(bytes.data.$bytes, 'base64')) : JSON.stringify(value);
}

/** @throws AdminError if there is such a file */
async function writeNew(path: string, fill: (write: (text: string) => Promise<void>) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch(() => {
    throw new AdminError(`${path} cannot be made: a backup goes into a new folder.`);
  });
  try {
    await fill(async (text) => void (await file.write(text)));
    await file.sync();
  } finally {
    await file.close();
  }
}
