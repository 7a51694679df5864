import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface BuildOptions {
  /** File with the build-time configuration. */
  configPath: string;
  /** Folder that gets `<browser>-mv3`. */
  outFolder: string;
  browser?: 'chrome' | 'firefox';
  /** The source tree; without it, this one. */
  root?: string;
  env?: Record<string, string>;
}

/**
 * Builds the unpacked extension in a process of its own, so that builds of different configurations do not meet.
 * @returns absolute path of the folder to load
 * @throws Error with the output of the build
 */
export async function buildExtension({
  configPath,
  outFolder,
  browser = 'chrome',
  root,
  env,
}: BuildOptions): Promise<string> {
  const out = resolve(outFolder);
  await run(process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build', '-b', browser], {
    cwd: root ?? resolve(import.meta.dirname, '..'),
    env: { ...process.env, ...env, HALFKEY_CONFIG: resolve(configPath), HALFKEY_OUT: out },
  });
  return join(out, `${browser}-mv3`);
}
