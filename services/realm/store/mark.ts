/**
 * Notices that the database went back in time. A number is counted up in the database and noted in a file beside the
 * process, after the commit: a database whose number is behind the file's was restored from a backup, or is a replica
 * that lagged, and the guesses counted since then are free again.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { retryTransaction } from '@/services/http/database/retry';
import type { RealmSchema } from './postgres-store';

/** The database is older than what this realm has seen of it. */
export class DatabaseWentBack extends Error {
  override readonly name = 'DatabaseWentBack';
  constructor() {
    super(
      'The database is older than what this realm wrote last: it was restored from a backup, or a replica took over ' +
        'that was behind. Guesses may have been given back. Run "halfkey-admin realm restored" (docs/runbook.md).',
    );
  }
}

export interface Mark {
  /** @throws DatabaseWentBack; Error if the file cannot be read or is no number */
  check(): Promise<void>;
  /** Counts up, in the database and then in the file. @throws as `check` */
  advance(): Promise<void>;
}

/** @param path of the file; it must outlive both the process and the database, so it is not on the database's disk */
export function createMark(db: Kysely<RealmSchema>, path: string): Mark {
  return {
    async check() {
      const row = await db.selectFrom('realm_mark').select('number').where('id', '=', 1).executeTakeFirst();
      if ((row?.number ?? 0) < (await readNumber(path))) throw new DatabaseWentBack();
    },
    async advance() {
      const number = await countUp(db, 1);
      if (number <= (await readNumber(path))) throw new DatabaseWentBack();
      await writeNumber(path, number);
    },
  };
}

/** Files of other processes of the same realm may be ahead of this one. */
const MARGIN = 1_000_000;

/** After a restore: puts the number of the database beyond that of every file, so that the realm starts again. */
export async function catchUp(db: Kysely<RealmSchema>, path: string): Promise<void> {
  await countUp(db, (await readNumber(path)) + MARGIN);
}

async function countUp(db: Kysely<RealmSchema>, by: number): Promise<number> {
  const next = sql<number>`realm_mark.number + ${by}`;
  const counted = db
    .insertInto('realm_mark')
    .values({ id: 1, number: by })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ number: next }))
    .returning('number');
  return (await retryTransaction(() => counted.executeTakeFirstOrThrow())).number;
}

/** 0 if there is no file yet. */
async function readNumber(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '0';
    throw error;
  });
  if (!/^\d{1,15}\s*$/.test(text)) throw new Error(`${path} does not hold a number.`);
  return Number(text);
}

/** Whole or not at all, also when power fails. */
async function writeNumber(path: string, number: number): Promise<void> {
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${number}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
