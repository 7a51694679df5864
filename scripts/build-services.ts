/**
 * The services as plain JavaScript for a machine that has no compiler: `npx tsx scripts/build-services.ts [FOLDER]`, by
 * default `dist/programs`. They need `node_modules` beside them, without development packages.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compilePrograms } from './stack/bundle';

const folder = process.argv[2] ?? 'dist/programs';

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const files = await compilePrograms();
await Promise.all(files.map(({ path, contents }) => writeFile(join(folder, basename(path)), contents)));
process.stdout.write(`${files.length} files in ${folder}\n`);
