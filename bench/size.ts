/** The packed extension, and which of its files load the Juicebox wasm. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Copy, readCopy } from '@/cli/read-copy';
import { configPath } from '@/config/load';
import { buildExtension } from '@/scripts/build-extension';
import { loadedAtOnce, startsOf } from '@/scripts/loaded-at-once';
import { pack } from '@/scripts/pack';
import { COINS_PAGE } from '@/scripts/release-faults';
import { type Group, promisedRow } from './row';

const LIMIT_BYTES = 2_000_000;
const LIMIT_INPAGE_BYTES = 4_096;
const LIMIT_BRIDGE_BYTES = 2_048;
const LIMIT_COINS_BYTES = 32_768;

export const size: Group = {
  name: 'size',
  run: async ({ say }) => {
    const outFolder = mkdtempSync(join(tmpdir(), 'halfkey-size-'));
    try {
      say('building the extension');
      const files = readCopy(await buildExtension({ configPath: configPath(), outFolder }));
      const loaders = [...files].filter(([path, bytes]) => loadsWasm(path, bytes)).map(([path]) => path);
      return [
        promisedRow({ id: 'size', what: 'packed extension, bytes; peer: the limit' }, pack(files).length, LIMIT_BYTES),
        promisedRow(
          { id: 'inpage', what: 'script in every page, gzip, bytes; peer: the limit' },
          gzipped(files, 'content-scripts/inpage.js'),
          LIMIT_INPAGE_BYTES,
        ),
        promisedRow(
          { id: 'bridge', what: 'page bridge, gzip, bytes; peer: the limit' },
          gzipped(files, 'bridge.js'),
          LIMIT_BRIDGE_BYTES,
        ),
        promisedRow(
          {
            id: 'coins',
            what: 'what only the document of Bitcoin and its relatives loads, gzip, bytes; peer: the limit',
          },
          onlyOfCoins(files),
          LIMIT_COINS_BYTES,
        ),
        promisedRow(
          { id: 'wasm', what: `files that load the Juicebox wasm (${loaders.join(', ')}); peer: the one realm worker` },
          loaders.length,
          1,
        ),
      ];
    } finally {
      rmSync(outFolder, { recursive: true });
    }
  },
};

/** That nothing else loads it at its start, packing makes sure of. */
function onlyOfCoins(files: Copy): number {
  const others = new Set(
    startsOf(files)
      .filter((path) => path !== COINS_PAGE)
      .flatMap((path) => [...loadedAtOnce(files, path)]),
  );
  const own = [...loadedAtOnce(files, COINS_PAGE)].filter((path) => !others.has(path));
  return own.reduce((total, path) => total + gzipped(files, path), 0);
}

function gzipped(files: Copy, path: string): number {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`the build has no ${path}`);
  return gzipSync(bytes, { level: 9 }).length;
}

/** A file that names the wasm, by the name it has in the build. */
function loadsWasm(path: string, bytes: Uint8Array): boolean {
  return /\.(js|html)$/.test(path) && /juicebox-sdk_bg[\w-]*\.wasm/.test(new TextDecoder().decode(bytes));
}
