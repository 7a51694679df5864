/** OneKey's own library for their devices, as it is published: bundled by the same tool as ours, and no dependency of ours. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const run = promisify(execFile);
/** The newest one whose own parts are all published. Its archive holds no licence file (package.json: ISC). */
const PACKAGE = '@onekeyfe/hd-core@1.1.24';
/** What it expects of whoever uses it: left out, in its favour. */
const LEFT_OUT = ['buffer', 'lodash', '@ethereumjs/*'];

/** @returns bytes of gzip. @throws Error if the registry cannot be reached */
export async function peerBytes(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-hd-core-'));
  try {
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
    await run('npm', ['install', ...quiet, '--prefix', folder, PACKAGE]);
    const { outputFiles } = await build({
      stdin: { contents: `export { default } from '@onekeyfe/hd-core';`, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      external: LEFT_OUT,
      write: false,
      logLevel: 'error',
    });
    return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
