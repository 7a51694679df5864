import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Changes whenever the embedded database does, so that an old prepared folder is not opened by a new version. */
export const PREPARED_NAME = 'pglite-0.5.16.tar';
const POLL_MS = 100;
const CACHE_DIR = join(projectRoot(import.meta.dirname), '.cache', 'pglite');

export interface PreparedData {
  /** `memory://` or the folder. */
  dataDir: string;
  /** Archive of an empty database to start from; absent where the folder holds one already. */
  loadDataDir?: Blob;
}

/**
 * How to open an embedded database quickly: the first `initdb` takes seconds, so its outcome is archived once under
 * `.cache/pglite` and unpacked for each new database.
 */
export async function prepareDataDir(dataDir: string | undefined, cacheDir = CACHE_DIR): Promise<PreparedData> {
  if (dataDir === undefined) return { dataDir: 'memory://', loadDataDir: await preparedArchive(cacheDir) };
  if (existsSync(join(dataDir, 'PG_VERSION'))) return { dataDir };
  await mkdir(dirname(dataDir), { recursive: true });
  return { dataDir, loadDataDir: await preparedArchive(cacheDir) };
}

async function preparedArchive(cacheDir: string): Promise<Blob> {
  const path = join(cacheDir, PREPARED_NAME);
  await mkdir(cacheDir, { recursive: true });
  // Servers that start together must not each spend those seconds: one prepares, the others wait for it.
  while (!existsSync(path)) {
    if (await takeLock(`${path}.lock`)) await createArchive(path).finally(() => rm(`${path}.lock`, { force: true }));
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return new Blob([new Uint8Array(await readFile(path))]);
}

async function createArchive(path: string): Promise<void> {
  if (existsSync(path)) return;
  const database = await PGlite.create('memory://');
  const archive = await database.dumpDataDir('none');
  await database.close();
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, new Uint8Array(await archive.arrayBuffer()));
  await rename(unfinished, path);
}

/** Takes a lock file that names its process; one left behind by a process that ended is removed, to be tried again. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true });
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The nearest folder with a `package.json`, also for a program that was bundled into a folder below it. */
function projectRoot(folder: string): string {
  const above = dirname(folder);
  return existsSync(join(folder, 'package.json')) || above === folder ? folder : projectRoot(above);
}
