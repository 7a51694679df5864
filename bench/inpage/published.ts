/** The script that another wallet's published build puts into every page: their bytes, not a bundle of ours. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = '@onekeyfe/cross-inpage-provider-injected@2.2.68';
const SHA512 = '6k6/VfjL/Pn1jjjzSNiV7FD8KAgfS6Uie7hcjmj93Myn8vNcSitW5TdCT4dhrlXD8+b+jrU8kbwp8xY8XOJX6Q==';
const FILE = 'package/dist/injected/injectedExtension.js';

/**
 * @param folder for the package, which is no dependency: its own are many, and only one file is read
 * @throws Error if the registry cannot be reached, or has another package under this name
 */
export async function publishedScript(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder, PACKAGE]);
  const path = join(folder, stdout.trim());
  const hash = createHash('sha512')
    .update(await readFile(path))
    .digest('base64');
  if (hash !== SHA512) throw new Error(`${PACKAGE} is not the one that was meant`);
  await run('tar', ['xzf', path, '-C', folder, FILE]);
  return readFile(join(folder, FILE), 'utf8');
}
