import { readdir } from 'node:fs/promises';
import { addKey } from '@/services/kms/key-ring';

const USAGE = 'Usage: tsx services/kms/admin.ts init DIR    creates DIR/1.key, the first key of a local key ring\n';

/** @returns the exit status. */
async function main([command, folder]: string[]): Promise<number> {
  if (command !== 'init' || folder === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const present = await readdir(folder).catch(() => []);
  if (present.some((name) => name.endsWith('.key'))) {
    process.stderr.write(`${folder} holds a key ring already; nothing was changed.\n`);
    return 1;
  }
  const version = await addKey(folder);
  process.stdout.write(`Created ${folder}/${version}.key. Keep a copy: without it no backup of this vault opens.\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
