/** docs/self-hosting.md, carried out: its commands as they stand, on other ports, and then a device that knows its PIN. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { loadConfig } from '@/config/load';
import type { Stack } from '@/scripts/stack/stack';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { create, openDevice, recover } from './device';

const ROOT = join(import.meta.dirname, '../..');
const PIN = '482913';
const NAMES = ['vault', 'issuer', 'realm1', 'realm2', 'realm3'];

async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as { port: number }).port);
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')));
  return ports;
}

/** The address of a server that has the databases of the guide, without a name. */
async function makeDatabases(): Promise<string> {
  const url = await createTestDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const name of NAMES) await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return url.replace(/\/[^/]*$/, '');
}

/** The commands between the fences, on these ports and in this folder, without what only a person can do. */
async function commandsOf(folder: string, ports: readonly number[]): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/self-hosting.md'), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThanOrEqual(9);
  const [identity, vault, issuer, ...realms] = ports;
  const [first, second, third] = realms;
  return blocks
    .slice(1)
    .join('\n')
    .replaceAll('.data', folder)
    .replaceAll('7001', String(identity))
    .replaceAll('7101', String(vault))
    .replaceAll('7201', String(issuer))
    .replaceAll('7301', String(first))
    .replaceAll('7302', String(second))
    .replaceAll('7303', String(third))
    .replaceAll('730$n', '$(port $n)')
    .replaceAll('730$1', '$(port $1)')
    .replace(/^(VAULT_EXTERNAL_URL=)/m, `VAULT_PORT=${vault} $1`)
    .replace(/^(ISSUER_EXTERNAL_URL=)/m, `ISSUER_PORT=${issuer} $1`)
    .replace(/^HALFKEY_CONFIG=.*$/m, '')
    .replace(/^/, `set -e\nport() { set -- $1 ${first} ${second} ${third}; shift $1; echo $1; }\n`);
}

it('leads from nothing to a recovered wallet', { timeout: 300_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-guide-'));
  const DATABASES = await makeDatabases();
  const commands = await commandsOf(folder, await freePorts(6));
  const shell = spawn('bash', ['-c', `${commands}\necho the guide is through\nread _`], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: folder, DATABASES },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(shell, 'exit');
  try {
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const note = (chunk: Buffer) => {
        said += chunk;
        if (said.includes('the guide is through')) resolve();
      };
      shell.stdout.on('data', note);
      shell.stderr.on('data', note);
      shell.once('exit', () => reject(new Error(said)));
    });
    expect(said).not.toContain('WRONG');
    const stack = { config: loadConfig(join(folder, 'config.json')) } as Stack;
    const entropy = await create(await openDevice(stack, 'Newcomer'), PIN);
    const recovered = await recover(await openDevice(stack, 'Newcomer'), PIN);
    expect(recovered.bytes).toEqual(entropy);
    expect((await readdir(folder)).filter((name) => name.endsWith('.mark'))).toHaveLength(3);
  } finally {
    // The shell and every service that it started.
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
});
