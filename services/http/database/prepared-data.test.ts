import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PREPARED_NAME, prepareDataDir } from '@/services/http/database/prepared-data';

it('prepares an empty database once for all that ask, even if somebody before was killed at it', {
  timeout: 120_000,
}, async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'halfkey-prepared-'));
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(join(cacheDir, `${PREPARED_NAME}.lock`), String(ended));
  const prepared = await Promise.all([1, 2, 3].map(() => prepareDataDir(undefined, cacheDir)));
  expect(readdirSync(cacheDir)).toEqual([PREPARED_NAME]);
  for (const { dataDir, loadDataDir } of prepared) {
    expect(dataDir).toBe('memory://');
    expect(loadDataDir?.size).toBeGreaterThan(1_000_000);
  }
});

it('leaves a folder that holds a database alone, and creates the parents of a new one', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'halfkey-prepared-'));
  const fresh = await prepareDataDir(join(parent, 'a', 'b'));
  expect(fresh.loadDataDir).toBeDefined();
  expect(existsSync(join(parent, 'a'))).toBe(true);
});

it('names the archive after the version of the embedded database', () => {
  const installed = JSON.parse(readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8')) as {
    version: string;
  };
  expect(PREPARED_NAME).toBe(`pglite-${installed.version}.tar`);
});
