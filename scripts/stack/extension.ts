/** The extension built against a stack, and built again only when its sources or the configuration changed. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '@/config/schema';
import { buildExtension } from '../build-extension';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['components', 'config', 'entrypoints', 'lib', 'public'];
const FILES = ['package-lock.json', 'wxt.config.ts', 'tsconfig.json', 'LICENSE', 'THIRD-PARTY-NOTICES.md'];

/** @param folder gets `chrome-mv3`, `config.json` and the hash of what both were made of @returns the folder to load */
export async function openExtension(config: Config, folder: string, log: (message: string) => void): Promise<string> {
  const built = join(resolve(folder), 'chrome-mv3');
  const [configPath, hashPath] = [join(folder, 'config.json'), join(folder, 'built-from')];
  const hash = await hashOfSources(JSON.stringify(config));
  const known = await Promise.all([readFile(hashPath, 'utf8'), readFile(join(built, 'manifest.json'))]).then(
    ([noted]) => noted === hash,
    () => false,
  );
  if (known) return built;
  log('Building the extension ...');
  await mkdir(folder, { recursive: true });
  await writeFile(configPath, JSON.stringify(config, null, 2));
  await buildExtension({ configPath, outFolder: folder });
  await writeFile(hashPath, hash);
  return built;
}

async function hashOfSources(configText: string): Promise<string> {
  const inFolders = await Promise.all(FOLDERS.map((folder) => filesIn(join(ROOT, folder))));
  const paths = [...FILES.map((name) => join(ROOT, name)), ...inFolders.flat()].sort();
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const hash = createHash('sha256').update(configText).update(process.version);
  for (const [index, path] of paths.entries()) hash.update(`\0${path}\0`).update(contents[index] ?? '');
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
