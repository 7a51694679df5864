import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeUnused } from './bundle';

const DAY_MS = 24 * 3_600_000;
const NOW_MS = Date.UTC(2026, 4, 3);

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'halfkey-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

function makeFolder(name: string, usedAtMs: number): void {
  mkdirSync(join(cache, name, 'inside'), { recursive: true });
  utimesSync(join(cache, name), usedAtMs / 1000, usedAtMs / 1000);
}

it('removes the programs that nobody has started for a week, and nothing else', async () => {
  makeFolder('programs-in-use', NOW_MS - 30 * DAY_MS);
  makeFolder('programs-of-yesterday', NOW_MS - DAY_MS);
  makeFolder('programs-of-last-month', NOW_MS - 30 * DAY_MS);
  makeFolder('another-cache', NOW_MS - 30 * DAY_MS);
  await removeUnused(cache, 'programs-in-use', NOW_MS);
  expect(readdirSync(cache).sort()).toEqual(['another-cache', 'programs-in-use', 'programs-of-yesterday']);
});

it('counts a start as use', async () => {
  makeFolder('programs-in-use', NOW_MS - 30 * DAY_MS);
  makeFolder('programs-new', NOW_MS);
  await removeUnused(cache, 'programs-in-use', NOW_MS);
  await removeUnused(cache, 'programs-new', NOW_MS + 6 * DAY_MS);
  expect(readdirSync(cache)).toContain('programs-in-use');
});
