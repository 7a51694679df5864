/** Ports of a stack: chosen once, kept beside the data, because accounts hang on the identity provider's address. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { LOOPBACK, PARTY_NAMES, type PartyName } from './parties';

export type Ports = Readonly<Record<PartyName, number>>;

const OFFSETS: Ports = {
  identity: 0,
  apple: 1,
  issuer: 10,
  relay: 15,
  vault: 20,
  'realm-1': 31,
  'realm-2': 32,
  'realm-3': 33,
  chain: 40,
};
/**
 * Below the range from which systems give ports away by themselves: there, a connection that somebody opens takes the
 * port of a server that starts again.
 */
const FIRST_BLOCK = 8400;
const BLOCK = 100;
/** Where nobody serves: who listens here has the block. */
const CLAIM = 99;
const BLOCKS = 200;

const port = z.int().min(1).max(65_535);
/** Parties that older data folders do not know. */
const ADDED = ['apple', 'relay'] as const;
const portsSchema = z
  .strictObject(Object.fromEntries(PARTY_NAMES.map((name) => [name, port])) as Record<PartyName, typeof port>)
  .partial({ apple: true, relay: true });
type StoredPorts = z.output<typeof portsSchema>;

/** A kept port belongs to another program now. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * The ports of a data folder: those in its `ports.json`, or new ones, which are kept there.
 * @throws PortTaken naming the service, the port and what can be done; nothing is changed then
 */
export async function portsOf(dataDir: string): Promise<Ports> {
  const path = join(dataDir, 'ports.json');
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored !== undefined) {
    const known = readPorts(stored, path);
    const ports = await completed(known);
    await requireFree(ports, path);
    if (ADDED.some((name) => known[name] === undefined)) await writePorts(path, ports);
    return ports;
  }
  const ports = await freeBlock();
  await mkdir(dataDir, { recursive: true });
  await writePorts(path, ports);
  return ports;
}

const writePorts = (path: string, ports: Ports) => writeFile(path, `${JSON.stringify(ports, null, 2)}\n`);

/** What is missing gets its place in the same block, or any other if somebody is there. */
async function completed(known: StoredPorts): Promise<Ports> {
  const added: Record<string, number> = {};
  for (const name of ADDED.filter((one) => known[one] === undefined)) {
    const usual = known.identity + OFFSETS[name];
    const isTaken = Object.values(known).includes(usual) || usual > 65_535 || !(await isFree(usual));
    added[name] = isTaken ? await anyPort() : usual;
  }
  return { ...known, ...added } as Ports;
}

async function anyPort(): Promise<number> {
  const held = await hold(0);
  const { port: number } = held.address() as AddressInfo;
  await release(held);
  return number;
}

export function readPorts(text: string, path: string): StoredPorts {
  try {
    return portsSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${path} should name a port for each of ${PARTY_NAMES.join(', ')}. Correct it or delete the folder.`,
    );
  }
}

async function requireFree(ports: Ports, path: string): Promise<void> {
  for (const name of PARTY_NAMES) {
    if (await isFree(ports[name])) continue;
    throw new PortTaken(
      `Port ${ports[name]}, kept for ${name} in ${path}, is used by another program.\n` +
        'Is a demo with the same data running already? Otherwise end that program and start again.\n' +
        'Other ports would make other accounts: for new ones with new data use --data OTHER-FOLDER, or --reset.',
    );
  }
}

/**
 * Begins anywhere, so that two data folders rarely keep the same ports, which they could not use at one time; and holds
 * the block until this process ends, so that two that look for one at the same moment do not find the same.
 */
async function freeBlock(): Promise<Ports> {
  const first = randomInt(BLOCKS);
  for (let tried = 0; tried < BLOCKS; tried += 1) {
    const start = FIRST_BLOCK + ((first + tried) % BLOCKS) * BLOCK;
    const claim = await hold(start + CLAIM).catch(() => undefined);
    if (claim === undefined) continue;
    const ports = portsAt(start);
    const free = await Promise.all(PARTY_NAMES.map((name) => isFree(ports[name])));
    claim.unref();
    if (free.every(Boolean)) return ports;
  }
  throw new Error(`No block of free ports was found on ${LOOPBACK}.`);
}

const portsAt = (first: number): Ports =>
  Object.fromEntries(PARTY_NAMES.map((name) => [name, first + OFFSETS[name]])) as Record<PartyName, number>;

async function isFree(number: number): Promise<boolean> {
  const held = await hold(number).catch(() => undefined);
  if (held) await release(held);
  return held !== undefined;
}

async function hold(number: number): Promise<Server> {
  const server = createServer().listen(number, LOOPBACK);
  await once(server, 'listening');
  return server;
}

const release = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));
