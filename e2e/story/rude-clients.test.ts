/** Slow and giant requests at the running servers: their memory stays bounded, and others are answered. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '@/services/http/testing/postgres';
import { beRude, type Rudeness } from '@/services/http/testing/rude-clients';
import { ALL_SERVERS, type ServerName, type Servers, startServers } from './servers';

const HOW: readonly Rudeness[] = [
  'giant body',
  'endless body',
  'giant header',
  'gzip bomb',
  'slow headers',
  'slow body',
];
const CLIENTS_EACH = process.env.HALFKEY_LONG ? 100 : 25;
const ROUNDS = process.env.HALFKEY_LONG ? 10 : 3;
/** The long form sends thirteen times as much: 10 GB to each server and as many bombs, by four times as many at once. */
const PATIENCE_MS = process.env.HALFKEY_LONG ? 600_000 : 180_000;
const MIB = 1024 * 1024;
/**
 * What as many clients at once take, a round after the other: it does not grow with the rounds. A hundred at once take 49 to
 * 79 MB of a server that was just started, and no more in twenty rounds. So the long form counts what comes after a first.
 */
const GROWTH_LIMIT_BYTES = 64 * MIB;
const WARM_UP_ROUNDS = process.env.HALFKEY_LONG ? 1 : 0;
/** What is promised of a service under load. */
const RESIDENT_LIMIT_BYTES = 200 * MIB;
const PATHS: Readonly<Record<ServerName, string>> = {
  vault: '/session',
  issuer: '/session',
  relay: '/redeem',
  realm: '/req',
};

let servers: Servers;
let metrics: Record<ServerName, number>;
beforeAll(async () => {
  const ports = await Promise.all(ALL_SERVERS.map(async (name) => [name, await freePort()] as const));
  metrics = Object.fromEntries(ports) as typeof metrics;
  const told = ports.map(([name, port]) => [name, { [`${name.toUpperCase()}_METRICS_PORT`]: String(port) }]);
  servers = await startServers(Object.fromEntries(told));
}, 120_000);
// Requests still hang on: a server that stops would wait for them.
afterAll(async () => {
  await Promise.all(ALL_SERVERS.map((name) => servers?.kill(name)));
  await servers?.stop();
});

async function residentBytes(name: ServerName): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metrics[name]}/metrics`)).text();
  const bytes = Number(/^process_resident_memory_bytes\S* (\S+)$/m.exec(text)?.[1]);
  expect(bytes).toBeGreaterThan(10_000_000);
  return bytes;
}

const isUp = async (name: ServerName) => (await fetch(`${servers.urls[name]}/livez`)).status === 200;

/** One round of all kinds. @returns the most that was resident after one of them */
async function abuse(name: ServerName): Promise<number> {
  const port = Number(new URL(servers.urls[name]).port);
  let highest = 0;
  for (const how of HOW) {
    const crowd = Array.from({ length: CLIENTS_EACH }, () =>
      beRude(how, { port, path: PATHS[name], headers: { 'x-juicebox-version': '0.3.7' } }),
    );
    // The slow ones hang on while the next come: when they are ended is proved elsewhere.
    if (!how.startsWith('slow')) for (const { status } of await Promise.all(crowd)) expect(status).toBeLessThan(500);
    expect(await isUp(name)).toBe(true);
    highest = Math.max(highest, await residentBytes(name));
  }
  return highest;
}

async function memoryUnderAbuse(name: ServerName): Promise<{ before: number; highest: number }> {
  for (let asked = 0; asked < 200; asked += 1) expect(await isUp(name)).toBe(true);
  let highest = 0;
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) highest = Math.max(highest, await abuse(name));
  const before = await residentBytes(name);
  for (let round = WARM_UP_ROUNDS; round < ROUNDS; round += 1) highest = Math.max(highest, await abuse(name));
  return { before, highest };
}

it(
  'slow and giant requests fill no memory, and others are answered meanwhile',
  async () => {
    for (const { before, highest } of await Promise.all(ALL_SERVERS.map(memoryUnderAbuse))) {
      expect(highest - before).toBeLessThan(GROWTH_LIMIT_BYTES);
      expect(highest).toBeLessThan(RESIDENT_LIMIT_BYTES);
    }
  },
  PATIENCE_MS,
);
