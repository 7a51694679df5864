/**
 * The drill that an operator is told to practise: every server's database and keys from a backup onto an empty machine,
 * by the commands of the runbook; then everybody recovers.
 */
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runAdmin } from '@/services/admin/run';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createKeys as createIssuerKeys, readKeys as readIssuerKeys } from '@/services/issuer/keys';
import { issuerMigrations } from '@/services/issuer/store/migrations';
import { createPostgresStore as createIssuerStore } from '@/services/issuer/store/postgres-store';
import { createEnvelope } from '@/services/kms/envelope';
import { addKey } from '@/services/kms/key-ring';
import { openLocalProvider } from '@/services/kms/local';
import { realmMigrations } from '@/services/realm/store/migrations';
import { createPostgresStore as createRealmStore } from '@/services/realm/store/postgres-store';
import { createKeys as createVaultKeys, readKeys as readVaultKeys } from '@/services/vault/keys';
import { vaultMigrations } from '@/services/vault/store/migrations';
import { createPostgresStore as createVaultStore } from '@/services/vault/store/postgres-store';
import { createWorld, type Ground, random, type World } from './world';

/** The parties that keep something, each with the service that it is. */
export const PARTIES = [
  ['vault', 'vault'],
  ['issuer', 'issuer'],
  ['realm-1', 'realm'],
  ['realm-2', 'realm'],
  ['realm-3', 'realm'],
] as const;
const REALM_IDS = ['11', '22', '33'].map((digits) => digits.repeat(16));
const KEY_FOLDERS = ['vault-keys', 'vault-kms', 'issuer-keys'];

/** A machine: a folder of keys, and a database a party. */
export interface Machine {
  readonly folder: string;
  readonly databaseUrls: readonly string[];
}

export interface RunningMachine {
  readonly world: World;
  stop(): Promise<void>;
}

/** What a world can stand on, and how to let go of it. */
export interface OpenGround {
  readonly ground: Ground;
  close(): Promise<void>;
}

export async function newMachine(folder: string): Promise<Machine> {
  await mkdir(folder, { recursive: true });
  return { folder, databaseUrls: await Promise.all(PARTIES.map(() => createTestDatabase())) };
}

export async function makeKeys({ folder }: Machine): Promise<void> {
  await createVaultKeys(join(folder, 'vault-keys'), random);
  await createIssuerKeys(join(folder, 'issuer-keys'), random);
  await addKey(join(folder, 'vault-kms'));
}

/** Starts every party on what the machine has. */
export async function startMachine(machine: Machine): Promise<RunningMachine> {
  const { ground, close } = await openGround(machine);
  return { world: await createWorld(ground), stop: close };
}

/** Opens the databases and keys of a machine. */
export async function openGround({ folder, databaseUrls }: Machine): Promise<OpenGround> {
  const opened: Database<never>[] = [];
  const open = async <Schema>(index: number, migrations: Parameters<typeof migrate>[1]) => {
    const database = await openDatabase<Schema>({ databaseUrl: databaseUrls[index] });
    opened.push(database as unknown as Database<never>);
    await migrate(database.db, migrations);
    return database.db;
  };
  const vaultKeys = await readVaultKeys(join(folder, 'vault-keys'));
  const issuerKeys = await readIssuerKeys(join(folder, 'issuer-keys'));
  const ring = { folder: join(folder, 'vault-kms'), mode: 'development', acknowledged: 'no', random } as const;
  const realms = await Promise.all(
    REALM_IDS.map(async (id, index) => ({
      id,
      store: { ...createRealmStore(await open(2 + index, realmMigrations), random), events: [] },
    })),
  );
  const ground: Ground = {
    receiptKey: vaultKeys.receiptKey,
    witnessKey: issuerKeys.witnessKey,
    tenantPrivateKey: issuerKeys.tenantPrivateKey,
    envelope: createEnvelope(await openLocalProvider(ring), random),
    vaultStore: createVaultStore(await open(0, vaultMigrations)),
    issuerStore: createIssuerStore(await open(1, issuerMigrations)),
    realms,
  };
  return { ground, close: async () => void (await Promise.all(opened.map((database) => database.close()))) };
}

/** The runbook's backup: one export a party, and the folders of keys. */
export async function backUp(machine: Machine, backup: string): Promise<void> {
  await eachParty(machine, (service, name) => ['export', service, join(backup, name)]);
  for (const name of KEY_FOLDERS) await cp(join(machine.folder, name), join(backup, name), { recursive: true });
}

/** The runbook's restore, onto a machine that has nothing; the old one is gone. */
export async function restore(backup: string, machine: Machine): Promise<void> {
  for (const name of KEY_FOLDERS) await cp(join(backup, name), join(machine.folder, name), { recursive: true });
  await eachParty(machine, (service, name) => ['import', service, join(backup, name)]);
  await eachParty(machine, (service) => (service === 'realm' ? ['realm', 'restored'] : null));
}

export const destroy = ({ folder }: Machine): Promise<void> => rm(folder, { recursive: true });

async function eachParty(
  { databaseUrls }: Machine,
  commandOf: (service: string, name: string) => string[] | null,
): Promise<void> {
  for (const [index, [name, service]] of PARTIES.entries()) {
    const command = commandOf(service, name);
    if (command === null) continue;
    const environment = { [`${service.toUpperCase()}_DATABASE_URL`]: databaseUrls[index] };
    const { status, stderr } = await runAdmin(command, { environment, now: Date.now, random });
    if (status !== 0) throw new Error(stderr);
  }
}
