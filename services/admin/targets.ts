/** The services that keep something in a database, and what an operator's command must know of each. */

import { z } from 'zod';
import { readConfig } from '@/services/http/config/config';
import { databaseUrlVariable, folderVariable } from '@/services/http/config/variables';
import { type Database, type Migrations, openDatabase } from '@/services/http/database/database';
import { issuerMigrations } from '@/services/issuer/store/migrations';
import { realmMigrations } from '@/services/realm/store/migrations';
import { relayMigrations } from '@/services/relay/migrations';
import { vaultMigrations } from '@/services/vault/store/migrations';

export const TARGET_NAMES = ['vault', 'issuer', 'relay', 'realm'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export interface Target {
  readonly migrations: Migrations;
  /** Every table, and its primary key. What is not listed here is in no backup. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

const SESSIONS = { session_device: ['account_id', 'jkt'], session_once: ['key'] };

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  vault: {
    migrations: vaultMigrations,
    tables: { account: ['account_id'], feed: ['account_id', 'number'], kms_canary: ['id'], ...SESSIONS },
  },
  issuer: {
    migrations: issuerMigrations,
    tables: {
      account: ['account_id'],
      realm_log: ['user_id', 'realm_id', 'id'],
      realm_log_read: ['realm_id'],
      ...SESSIONS,
    },
  },
  // What it keeps lives for minutes, notices for a day: its backup is for completeness.
  relay: {
    migrations: relayMigrations,
    tables: { relay_handoff: ['handle_hash'], relay_notice: ['id'], session_once: ['key'] },
  },
  realm: {
    migrations: realmMigrations,
    tables: { realm_record: ['record_id'], realm_event: ['id'], realm_mark: ['id'] },
  },
};

/** Tables whose rows live for minutes: they are in no backup. */
export const FLEETING_TABLES: readonly string[] = ['rate_limit'];

/** No schema: these commands work on whatever the tables hold. */
export type AnyTables = Record<string, Record<string, unknown>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The command cannot do what was asked; the message says what to do. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}

/**
 * The database of a service, by the same variables as the service itself reads.
 * @throws AdminError when they are not usable
 */
export async function openTarget<Schema = AnyTables>(
  name: TargetName,
  environment: Environment,
): Promise<Database<Schema>> {
  const prefix = name.toUpperCase();
  const schema = z.object({
    [`${prefix}_DATABASE_URL`]: databaseUrlVariable,
    [`${prefix}_DATA_DIR`]: folderVariable(`.data/${name}`, 'the folder of the embedded database, for development'),
  });
  const result = readConfig(schema, environment);
  if (!result.ok) throw new AdminError(result.report);
  return openDatabase<Schema>({
    databaseUrl: result.config[`${prefix}_DATABASE_URL`],
    dataDir: result.config[`${prefix}_DATA_DIR`],
    maxConnections: 2,
  });
}
