/**
 * An upgrade without a pause: the new processes of vault, issuer and realm start beside the old ones on the same databases,
 * both serve, and then the old ones stop. Where `HALFKEY_VERSION_BEFORE` names a folder with the version before (a checkout
 * with its dependencies), the old processes are of that; otherwise they are of this version.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '@/services/http/testing/postgres';
import type { ServiceProcess } from '@/services/http/testing/process';
import { type Balancer, startBalancer } from './balancer';
import { SERVER_NAMES, type ServerName, type Servers, startServers } from './servers';
import { createWriter, type Writer } from './writer';

const BEFORE = process.env.HALFKEY_VERSION_BEFORE;
const WRITERS = 4;

interface Place {
  readonly name: ServerName;
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
  await each(writers, 4);
  for (const { oldPort, newPort } of places)
    for (const port of [oldPort, newPort]) expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  send(({ newPort }) => [newPort]);
  await Promise.all([each(writers, 2), ...SERVER_NAMES.map((name) => servers.stopServer(name))]);
  await each(writers, 1);
  expect(failed).toBe(0);
  for (const { name, oldPort, newPort } of places)
    for (const port of [oldPort, newPort]) expect(balancers.get(name)?.answered.get(port) ?? 0).toBeGreaterThan(50);
}, 300_000);
