/** What an operator can ask for: one row a command. Each returns what it found; printing is the caller's. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fromHex, toHex } from '@/lib/bytes';
import { type Database, migrate } from '@/services/http/database/database';
import { dryRunMigrations } from '@/services/http/database/dry-run';
import { addKey, readKeyRing } from '@/services/kms/key-ring';
import { catchUp } from '@/services/realm/store/mark';
import type { RealmSchema } from '@/services/realm/store/postgres-store';
import { loggedLine, markRestored } from '@/services/realm/store/restored';
import { type KmsAdminParts, retire, rewrap, rotate } from '@/services/vault/key-service/kms-admin';
import { examine } from './doctor';
import {
  AdminError,
  type AnyTables,
  type Environment,
  openTarget,
  TARGET_NAMES,
  TARGETS,
  type TargetName,
} from './targets';
import { rotateTenantKey, showTenantKeys, tenantName } from './tenant-keys';
import { exportDatabase, importDatabase } from './transfer';
import { withVaultKeys } from './vault-kms';

/** Everything that may stand behind a command. */
export const optionsSchema = z.object({
  'dry-run': z.boolean().default(false),
  lock: z.boolean().default(false),
  events: z.string().min(1).optional(),
  tenant: tenantName.default('halfkey'),
  after: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type Options = z.output<typeof optionsSchema>;

export interface Context {
  readonly environment: Environment;
  readonly options: Options;
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
}

export interface Outcome {
  /** False if something was found to be wrong: the command ends with status 1. */
  readonly ok: boolean;
  /** For people, whole lines. */
  readonly text: string;
  /** For programs. */
  readonly data: unknown;
}

export interface Command {
  readonly words: string;
  /** What follows the words: `SERVICE`, `FOLDER`. */
  readonly operands: readonly ('SERVICE' | 'FOLDER' | 'VERSION')[];
  readonly says: string;
  readonly run: (context: Context, operands: readonly string[]) => Promise<Outcome>;
}

const REWRAP_BATCH = 500;

const service = z.enum(TARGET_NAMES, `SERVICE should be ${TARGET_NAMES.join(', ')}`);
const folderName = z.string().min(1);
const serviceAndFolder = z.tuple([service, folderName]);

const done = (text: string, data: unknown): Outcome => ({ ok: true, text, data });

export const COMMANDS: readonly Command[] = [
  {
    words: 'migrate',
    operands: ['SERVICE'],
    says: 'brings its database up to date; with --dry-run tries it and takes it back',
    run: async ({ environment, options }, [name]) => {
      const target = service.parse(name);
      return withDatabase(target, environment, async ({ db }) => {
        const { migrations } = TARGETS[target];
        const applied = options['dry-run'] ? await dryRunMigrations(db, migrations) : await migrate(db, migrations);
        const verb = options['dry-run'] ? 'Would apply' : 'Applied';
        const text = applied.length === 0 ? 'Nothing is missing.' : `${verb} ${applied.join(', ')}.`;
        return done(text, { service: target, dryRun: options['dry-run'], migrations: applied });
      });
    },
  },
  {
    words: 'doctor',
    operands: ['SERVICE'],
    says: 'looks whether its database is in order; changes nothing',
    run: async ({ environment }, [name]) => {
      const findings = await examine(service.parse(name), environment);
      const lines = findings.map(({ check, ok, detail }) => `${ok ? 'ok     ' : 'WRONG  '}${check}: ${detail}`);
      return { ok: findings.every(({ ok }) => ok), text: lines.join('\n'), data: { findings } };
    },
  },
  {
    words: 'export',
    operands: ['SERVICE', 'FOLDER'],
    says: 'writes a backup of its database into a new folder; the service may run',
    run: async ({ environment, now }, operands) => {
      const [name, folder] = serviceAndFolder.parse(operands);
      return withDatabase(name, environment, async ({ db }) => {
        const manifest = await exportDatabase({ db, target: TARGETS[name], service: name, folder, nowMs: now() });
        return done(`Exported ${rowsOf(manifest)}. It holds secrets: encrypt it before it leaves.`, manifest);
      });
    },
  },
  {
    words: 'import',
    operands: ['SERVICE', 'FOLDER'],
    says: 'fills a new database from a backup, all of it or nothing',
    run: async ({ environment }, operands) => {
      const [name, folder] = serviceAndFolder.parse(operands);
      return withDatabase(name, environment, async ({ db }) => {
        const manifest = await importDatabase({ db, target: TARGETS[name], service: name, folder });
        const next = name === 'realm' ? ' Now run "halfkey-admin realm restored".' : '';
        return done(`Imported ${rowsOf(manifest)}.${next}`, manifest);
      });
    },
  },
  {
    words: 'kms init',
    operands: ['FOLDER'],
    says: 'makes the first key of a local key ring',
    run: async (_context, [folder]) => {
      const path = folderName.parse(folder);
      const ring = await readKeyRing(path).catch(() => null);
      if (ring) throw new AdminError(`${path} holds a key ring already; nothing was changed.`);
      return keyAdded(path);
    },
  },
  {
    words: 'kms rotate',
    operands: [],
    says: 'makes a new version of the key of the vault and makes it current, with the driver that is configured',
    run: (context) => keyWork(context, rotate),
  },
  {
    words: 'kms rewrap',
    operands: [],
    says: 'brings every share under the current version; may be stopped and begun anew, also with --after ACCOUNT',
    run: (context) =>
      keyWork(context, (parts) => {
        const { after } = context.options;
        return rewrap(parts, after === undefined ? null : fromHex(after), REWRAP_BATCH);
      }),
  },
  {
    words: 'kms retire',
    operands: ['VERSION'],
    says: 'puts an older version out of use; refused while a row is under it, and looks twice, two minutes apart',
    run: (context, [version = '']) => keyWork(context, (parts) => retire(parts, version)),
  },
  {
    words: 'realm init',
    operands: [],
    says: 'draws the id of a new realm and makes its tables',
    run: async ({ environment, random }) =>
      withDatabase('realm', environment, async ({ db }) => {
        const realmId = toHex(random(16));
        const migrations = await migrate(db, TARGETS.realm.migrations);
        if (migrations.length < Object.keys(TARGETS.realm.migrations).length)
          throw new AdminError('This database has been used: a realm keeps its id for life.');
        return done(`REALM_ID=${realmId}`, { realmId });
      }),
  },
  {
    words: 'realm restored',
    operands: [],
    says: 'after a restore, with the realm stopped: marks every row, applies --events FILE of --tenant NAME, or --lock',
    run: realmRestored,
  },
  {
    words: 'tenant-keys show',
    operands: ['FOLDER'],
    says: "prints the public halves of an issuer's tenant keys, for the realms",
    run: async ({ options }, [folder]) => tenantKeys(await showTenantKeys(folderName.parse(folder), options.tenant)),
  },
  {
    words: 'tenant-keys rotate',
    operands: ['FOLDER'],
    says: 'adds a tenant key and prints what the realms must know before it is used',
    run: async ({ options }, [folder]) => tenantKeys(await rotateTenantKey(folderName.parse(folder), options.tenant)),
  },
];

async function withDatabase<Schema = AnyTables>(
  name: TargetName,
  environment: Environment,
  work: (database: Database<Schema>) => Promise<Outcome>,
): Promise<Outcome> {
  const database = await openTarget<Schema>(name, environment);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function keyWork(
  { environment, random }: Context,
  work: (parts: KmsAdminParts) => Promise<void>,
): Promise<Outcome> {
  const reports = await withVaultKeys(environment, random, work);
  const text = reports.map((line) =>
    Object.entries(line)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  return done(text.join('\n'), { reports });
}

async function keyAdded(folder: string): Promise<Outcome> {
  const version = await addKey(folder);
  return done(`Made version ${version} in ${folder}. Keep a copy of the folder: without it no backup opens.`, {
    folder,
    version,
  });
}

async function realmRestored({ environment, options, now }: Context): Promise<Outcome> {
  const path = environment.REALM_MARK_FILE;
  const events = options.events === undefined ? [] : await readEvents(options.events);
  return withDatabase<RealmSchema>('realm', environment, async ({ db }) => {
    await migrate(db, TARGETS.realm.migrations);
    const rows = options.lock ? 'lock' : 'keep';
    const report = await markRestored(db, { nowMs: now(), tenant: options.tenant, events, rows });
    if (path) await catchUp(db, path);
    const { marked, replayed, lostRegistrations, locked } = report;
    const text = `Marked ${marked} rows, applied ${replayed} events (${lostRegistrations} lost registrations), locked ${locked}.`;
    return done(text, report);
  });
}

/** JSON lines, as a reader of the log keeps them. */
async function readEvents(path: string) {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => loggedLine.parse(JSON.parse(line)));
  } catch {
    throw new AdminError(`${path} should hold one event of the log a line; nothing was changed.`);
  }
}

function tenantKeys(report: Awaited<ReturnType<typeof showTenantKeys>>): Outcome {
  const newest = report.versions.at(-1);
  return done(
    `REALM_TENANT_KEYS='${JSON.stringify(report.realmTenantKeys)}'\n` +
      `When every realm has it, start the issuer with ISSUER_TENANT_KEY_VERSION=${newest}.`,
    report,
  );
}

const rowsOf = ({ tables }: { tables: Record<string, { rows: number }> }): string =>
  Object.entries(tables)
    .map(([table, { rows }]) => `${table} ${rows}`)
    .join(', ');
