/**
 * An upgrade without a pause: the new processes of vault, issuer and realm start beside the old ones on the same databases,
 * both serve, the databases go one migration further than any of them knows, and then the old ones stop. Where
 * `HALFKEY_VERSION_BEFORE` names a folder with the version before (a checkout with its dependencies), the old processes are
 * of that; otherwise they are of this version.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Migrations, migrate, openDatabase } from '@/services/http/database/database';
import { freePort } from '@/services/http/testing/postgres';
import type { ServiceProcess } from '@/services/http/testing/process';
import { issuerMigrations } from '@/services/issuer/store/migrations';
import { realmMigrations } from '@/services/realm/store/migrations';
import { vaultMigrations } from '@/services/vault/store/migrations';
import { type Balancer, startBalancer } from './balancer';
import { SERVER_NAMES, type ServerName, type Servers, startServers } from './servers';
import { createWriter, type Writer } from './writer';

const BEFORE = process.env.HALFKEY_VERSION_BEFORE;
const WRITERS = 4;
/** What every process of this version knows, and the table that its requests read and write. */
const SCHEMAS: Readonly<Record<(typeof SERVER_NAMES)[number], { migrations: Migrations; table: string }>> = {
  vault: { migrations: vaultMigrations, table: 'account' },
  issuer: { migrations: issuerMigrations, table: 'account' },
  realm: { migrations: realmMigrations, table: 'realm_record' },
};

interface Place {
  readonly name: (typeof SERVER_NAMES)[number];
  readonly oldPort: number;
  readonly newPort: number;
}

let places: readonly Place[];
let servers: Servers;
const balancers = new Map<ServerName, Balancer>();
const started: ServiceProcess[] = [];
beforeAll(async () => {
  places = await Promise.all(
    SERVER_NAMES.map(async (name) => ({ name, oldPort: await freePort(), newPort: await freePort() })),
  );
  const at = Object.fromEntries(
    places.map(({ name, oldPort }) => [name, { [`${name.toUpperCase()}_PORT`]: String(oldPort) }]),
  );
  servers = await startServers(at, await programsBefore());
  for (const { name, oldPort } of places) balancers.set(name, await startBalancer(servers.urls[name], [oldPort]));
}, 120_000);
afterAll(async () => {
  await Promise.all(started.map((one) => one.stop()));
  for (const balancer of balancers.values()) balancer.stop();
  await servers?.stop();
});

async function programsBefore(): Promise<((name: ServerName) => string) | undefined> {
  if (BEFORE === undefined) return undefined;
  const { bundlePrograms } = await import(pathToFileURL(join(BEFORE, 'scripts/stack/bundle.ts')).href);
  return bundlePrograms();
}

const each = (writers: readonly Writer[], backups: number) =>
  Promise.all(
    writers.map(async (writer) => {
      for (let made = 0; made < backups; made += 1) {
        await writer.writeBackup();
        await writer.check();
      }
    }),
  );

const send = (ports: (place: Place) => readonly number[]) => {
  for (const place of places) balancers.get(place.name)?.send(ports(place));
};

async function startNew({ name, newPort }: Place): Promise<void> {
  const own = name === 'realm' ? { REALM_MARK_FILE: join(servers.folder, 'realm-beside.mark') } : {};
  started.push(await servers.startBeside(name, { [`${name.toUpperCase()}_PORT`]: String(newPort), ...own }));
}

/** As the first process of a later version does: one more column, which nobody of here has heard of. */
async function migrateFurther({ name }: Place): Promise<void> {
  const { migrations, table } = SCHEMAS[name];
  const later = `${String(Object.keys(migrations).length + 1).padStart(4, '0')}-later`;
  const addColumn = async (db: Kysely<never>) =>
    void (await sql`ALTER TABLE ${sql.table(table)} ADD COLUMN later int8`.execute(db));
  const { db, close } = await openDatabase<object>({ databaseUrl: servers.databaseUrls[name] });
  try {
    expect(await migrate(db, { ...migrations, [later]: addColumn })).toEqual([later]);
  } finally {
    await close();
  }
}

it('the new version starts beside the old one, both serve the same accounts, and no request fails', async () => {
  let failed = 0;
  const standing = async () => {
    failed += 1;
  };
  const ground = { servers, onWrite: () => undefined, standing };
  const names = Array.from({ length: WRITERS }, (_, index) => `writer ${index}`);
  const writers = await Promise.all(names.map((name) => createWriter(name, ground)));
  await Promise.all([each(writers, 2), Promise.all(places.map(startNew))]);
  send(({ oldPort, newPort }) => [oldPort, newPort]);
  await Promise.all([each(writers, 2), ...places.map(migrateFurther)]);
  await each(writers, 3);
  for (const { oldPort, newPort } of places)
    for (const port of [oldPort, newPort]) expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  send(({ newPort }) => [newPort]);
  await Promise.all([each(writers, 2), ...SERVER_NAMES.map((name) => servers.stopServer(name))]);
  await each(writers, 1);
  expect(failed).toBe(0);
  for (const { name, oldPort, newPort } of places)
    for (const port of [oldPort, newPort]) expect(balancers.get(name)?.answered.get(port) ?? 0).toBeGreaterThan(50);
}, 300_000);
