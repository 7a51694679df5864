import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { demo } from './demo-command';

const ADDRESS = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'halfkey-demo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('never deletes a folder that it did not make', async () => {
  const mine = join(folder, 'thesis.txt');
  writeFileSync(mine, 'the only copy');
  await expect(demo(['--reset', '--data', folder], '/')).rejects.toThrow(/was not made by the demo/);
  expect(existsSync(mine)).toBe(true);
});

it('takes --data relative to where it was started, and says that no demo runs there', async () => {
  await expect(demo(['--fund', ADDRESS, '--data', 'none'], folder)).rejects.toThrow(
    `no demo was ever started on ${join(folder, 'none')}`,
  );
  const ports = Object.fromEntries(
    ['identity', 'apple', 'relay', 'vault', 'issuer', 'realm-1', 'realm-2', 'realm-3', 'chain'].map((name) => [
      name,
      1,
    ]),
  );
  writeFileSync(join(folder, 'ports.json'), JSON.stringify(ports));
  await expect(demo(['--fund', ADDRESS, '--data', folder], '/')).rejects.toThrow(
    /does not answer: is the demo .* running\?/,
  );
  await expect(demo(['--fund', `${ADDRESS.slice(0, -1)}7`, '--data', folder], '/')).rejects.toThrow(/typing mistake/);
});

it('refuses options that mean nothing, and starts nothing then', async () => {
  await expect(demo(['--jsn'], folder)).rejects.toThrow(/Unknown option/);
  await expect(demo(['surplus'], folder)).rejects.toThrow(/Unexpected argument/);
  await expect(demo(['--json'], folder)).rejects.toThrow(/--json goes with --headless/);
  await expect(demo(['--story', 'life'], folder)).rejects.toThrow(/--story goes with --headless/);
  await expect(demo(['--headless', '--story', 'of-a-rose'], folder)).rejects.toThrow(/no story named of-a-rose/);
});
