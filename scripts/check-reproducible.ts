import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCopies } from '@/cli/compare';
import { type Copy, readCopy } from '@/cli/read-copy';
import { configPath } from '@/config/load';
import { buildExtension } from './build-extension';
import { copyTree } from './copy-tree';
import { pack } from './pack';
import { releaseFaults } from './release-faults';

/**
 * Builds the tracked files in two folders, of different names and depths, compares file by file, and looks
 * for what must not ship. Equal files are packed to equal bytes (`pack.test.ts`).
 */
const BROWSERS = ['chrome', 'firefox'] as const;

async function build(root: string, browser: 'chrome' | 'firefox', timeZone: string): Promise<Copy> {
  const outFolder = join(root, '.output');
  return readCopy(await buildExtension({ configPath: configPath(), outFolder, browser, root, env: { TZ: timeZone } }));
}

const root = mkdtempSync(join(tmpdir(), 'halfkey-reproducible-'));
try {
  const [first, second] = [join(root, 'a'), join(root, 'another', 'place with a longer name')];
  for (const folder of [first, second]) copyTree(folder);
  for (const browser of BROWSERS) {
    const one = await build(first, browser, 'UTC');
    const two = await build(second, browser, 'Asia/Tokyo');
    const { differences } = compareCopies(one, two);
    for (const difference of differences) console.error(`${browser}: ${JSON.stringify(difference)}`);
    const faults = releaseFaults(one);
    for (const fault of faults) console.error(`${browser}: ${fault}`);
    if (differences.length > 0 || faults.length > 0) process.exitCode = 1;
    else console.log(`${browser}: ${one.size} files are identical, and packed ${(await pack(one)).length} bytes`);
  }
} finally {
  rmSync(root, { recursive: true });
}
