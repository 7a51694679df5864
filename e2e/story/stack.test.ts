import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startStack } from '@/scripts/stack/stack';

const STARTER = `
import { startStack } from './scripts/stack/stack.ts';
const stack = await startStack({ dataDir: process.env.DATA_DIR, log: console.error });
console.log(JSON.stringify(stack.urls));
await new Promise(() => setInterval(() => undefined, 1000));
`;

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'halfkey-stack-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const isUp = (url: string) =>
  fetch(url, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );

it('ends when its starter is killed, refuses a second one on the same data, and comes back with the same parties', {
  timeout: 120_000,
}, async () => {
  const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', STARTER], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: starter.stdout }), 'line');
  const urls: Record<string, string> = JSON.parse(line);
  const all = Object.values(urls);
  // Two identity providers, relay, issuer, vault, three realms and the chain.
  expect(await Promise.all(all.map(isUp))).toEqual(Array(9).fill(true));
  await expect(startStack({ dataDir, log: () => undefined })).rejects.toThrow(
    /kept for identity .* is used by another/,
  );

  starter.kill('SIGKILL');
  const stillUp = async () => expect(await Promise.all(all.map(isUp))).toEqual(Array(9).fill(false));
  await vi.waitFor(stillUp, { timeout: 20_000, interval: 100 });

  const deaths: string[] = [];
  const stack = await startStack({ dataDir, log: (message) => deaths.push(message) });
  expect(stack.urls).toEqual(urls);
  await stack.restart('vault');
  const about = await fetch(`${stack.urls.vault}/about`).then((answer) => answer.json());
  expect(about).toMatchObject({ vaultId: expect.any(String) });
  expect(await stack.logs('vault')).toContain('listening');
  await stack.stop();
  await stillUp();
  expect(deaths).toEqual([]);
});
