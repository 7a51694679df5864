/** The services as plain JavaScript: processes that each compile TypeScript would start several times slower. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build, type OutputFile } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, '.cache');
const PREFIX = 'programs-';
/** Longer than a stack runs that may still start a party from its folder. */
const UNUSED_MS = 7 * 24 * 3_600_000;

const ENTRIES = {
  identity: 'services/identity/main.ts',
  vault: 'services/vault/main.ts',
  'vault-admin': 'services/vault/admin.ts',
  issuer: 'services/issuer/main.ts',
  'issuer-admin': 'services/issuer/admin.ts',
  relay: 'services/relay/main.ts',
  'relay-admin': 'services/relay/admin.ts',
  realm: 'services/realm/main.ts',
  'kms-admin': 'services/kms/admin.ts',
  admin: 'services/admin/main.ts',
  chain: 'scripts/stack/chain-main.ts',
} as const;

export type Program = keyof typeof ENTRIES;

const OUTSIDE = ['@electric-sql/pglite', 'oidc-provider', 'pg', 'pino', 'pkcs11js', 'prom-client', 'viem'];

/** Every program, in memory. Packages that read files of their own stay outside. */
export async function compilePrograms(): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { ...ENTRIES },
    outdir: 'out',
    outExtension: { '.js': '.mjs' },
    alias: { '@': ROOT },
    bundle: true,
    splitting: true,
    external: OUTSIDE,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    logLevel: 'error',
  });
  return outputFiles;
}

/**
 * Bundles every program into a folder named after what came out, so that no stale one is ever run.
 * @returns the path of a program
 */
export async function bundlePrograms(): Promise<(program: Program) => string> {
  const outputFiles = await compilePrograms();
  const hash = createHash('sha256');
  for (const { path, contents } of outputFiles) hash.update(basename(path)).update(contents);
  const name = `${PREFIX}${hash.digest('hex').slice(0, 16)}`;
  const folder = join(CACHE, name);
  if (!existsSync(folder)) await writeFolder(folder, outputFiles);
  await removeUnused(CACHE, name, Date.now());
  return (program) => join(folder, `${program}.mjs`);
}

/** Written aside and renamed: another stack must never run half a folder. */
async function writeFolder(folder: string, files: readonly { path: string; contents: Uint8Array }[]): Promise<void> {
  const unfinished = `${folder}.${randomBytes(6).toString('hex')}`;
  await mkdir(unfinished, { recursive: true });
  await Promise.all(files.map(({ path, contents }) => writeFile(join(unfinished, basename(path)), contents)));
  await rename(unfinished, folder).catch(async (error: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  });
}

/** Notes that the folder `used` is, and removes those in `cache` that no stack has started from for a week. */
export async function removeUnused(cache: string, used: string, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  await utimes(join(cache, used), now, now);
  const names = (await readdir(cache)).filter((name) => name.startsWith(PREFIX) && name !== used);
  for (const name of names) {
    const folder = join(cache, name);
    // Two stacks may start at the same time: what the other one has removed is gone as well.
    const lastUseMs = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => nowMs,
    );
    if (nowMs - lastUseMs > UNUSED_MS) await rm(folder, { recursive: true, force: true });
  }
}
