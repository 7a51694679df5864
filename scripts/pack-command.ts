/**
 * `halfkey` as a package of its own that needs nothing but Node: `npx tsx scripts/pack-command.ts [FOLDER]`, by default
 * `dist/halfkey`; `npm pack` in there makes the file to hand out. It talks to the parties of `HALFKEY_CONFIG`.
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { configPath, loadConfig } from '@/config/load';

const ROOT = resolve(import.meta.dirname, '..');
const JUICEBOX = ['juicebox-sdk_bg.js', 'juicebox-sdk_bg.wasm'];
const PAPERS = ['LICENSE', 'THIRD-PARTY-NOTICES.md'];

/** @param config path of a build-time configuration, of which a copy is packed */
export async function packCommand(folder: string, config: string): Promise<void> {
  loadConfig(config);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['cli/halfkey.ts'],
    alias: { '@': ROOT },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    logLevel: 'error',
  });
  const program = (outputFiles[0]?.text ?? '').replace(/^#!.*\n/, '');
  await writeFile(join(folder, 'halfkey.mjs'), `#!/usr/bin/env node\n${program}`, { mode: 0o755 });
  await copyFile(config, join(folder, 'config.json'));
  const { resolve: find } = createRequire(import.meta.url);
  for (const name of JUICEBOX) await copyFile(find(`juicebox-sdk/${name}`), join(folder, name));
  for (const name of PAPERS) await copyFile(join(ROOT, name), join(folder, name));
  await writeFile(join(folder, 'README.md'), README);
  const { version, license, engines } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const manifest = {
    name: 'halfkey',
    version,
    description: 'Recovers a Halfkey wallet without the extension, and compares installed copies with a build.',
    license,
    type: 'module',
    bin: { halfkey: 'halfkey.mjs' },
    engines,
    files: ['halfkey.mjs', 'config.json', ...JUICEBOX, ...PAPERS],
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const README = `# halfkey

\`npx halfkey recover\` signs you in, asks for your PIN and prints the recovery phrase of your keyless wallet. It needs
Node 20.19 or later, a browser on the same machine, and the parties that \`config.json\` names; \`--config FILE\` names
others. When a party is gone, see "Living without us" in the documents of the project.

Whoever has the words has the wallet: run this on a machine that you trust.
`;

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? 'dist/halfkey';
  await packCommand(folder, configPath());
  process.stdout.write(`${folder}: npm pack ${folder}\n`);
}
