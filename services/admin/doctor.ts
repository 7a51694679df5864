/** Looks at everything that a service needs to start and to keep its promises, and changes nothing. */
import { access } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { pendingMigrations } from '@/services/http/database/dry-run';
import { requireDurable } from '@/services/http/database/durability';
import { createMark } from '@/services/realm/store/mark';
import type { RealmSchema } from '@/services/realm/store/postgres-store';
import { countRestored } from '@/services/realm/store/restored';
import { type Environment, openTarget, TARGETS, type TargetName } from './targets';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found, or what to do. */
  readonly detail: string;
}

/** Only the checks of a realm use its tables by name. */
type Check = readonly [name: string, look: (db: Kysely<RealmSchema>) => Promise<string>];

const OLDEST_POSTGRES = 150_000;

/** @returns one finding a check, in order; a check that cannot be made is a finding, too. */
export async function examine(name: TargetName, environment: Environment): Promise<Finding[]> {
  const database = await openTarget<RealmSchema>(name, environment);
  const findings: Finding[] = [];
  try {
    for (const [check, look] of checksOf(name, environment)) {
      const finding = await look(database.db).then(
        (detail) => ({ check, ok: true, detail }),
        (error: Error) => ({ check, ok: false, detail: error.message }),
      );
      findings.push(finding);
      if (check === 'database' && !finding.ok) return findings;
    }
  } finally {
    await database.close();
  }
  return findings;
}

function checksOf(name: TargetName, environment: Environment): Check[] {
  const { migrations, tables } = TARGETS[name];
  const common: Check[] = [
    ['database', readVersion],
    [
      'durability',
      async (db) => {
        await requireDurable(db);
        return 'what is acknowledged is on disk';
      },
    ],
    [
      'migrations',
      async (db) => {
        const pending = await pendingMigrations(db, migrations);
        if (pending.length > 0) throw new Error(`missing: ${pending.join(', ')}; run "halfkey-admin migrate ${name}"`);
        return 'none is missing';
      },
    ],
    ['rows', (db) => countRows(db, Object.keys(tables))],
  ];
  return name === 'realm' ? [...common, ...realmChecks(environment)] : common;
}

function realmChecks(environment: Environment): Check[] {
  return [
    [
      'restored rows',
      async (db) => {
        const count = await countRestored(db);
        if (count > 0) throw new Error(`${count} rows come from a backup: their counters may be behind`);
        return 'none';
      },
    ],
    [
      'mark',
      async (db) => {
        const path = environment.REALM_MARK_FILE;
        if (path === undefined || path === '') throw new Error('REALM_MARK_FILE is not set: a restore goes unnoticed');
        await access(path);
        await createMark(db, path).check();
        return 'the database has not gone back';
      },
    ],
  ];
}

async function readVersion(db: Kysely<RealmSchema>): Promise<string> {
  const { rows } = await sql<{ number: string; text: string }>`
    SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text`.execute(db);
  const { number = '0', text = '' } = rows[0] ?? {};
  if (Number(number) < OLDEST_POSTGRES) throw new Error(`PostgreSQL ${text} is too old: 15 or later`);
  return `PostgreSQL ${text}`;
}

async function countRows(db: Kysely<RealmSchema>, tables: readonly string[]): Promise<string> {
  const counts: string[] = [];
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(db);
    counts.push(`${table} ${rows[0]?.count ?? 0}`);
  }
  return counts.join(', ');
}
