import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The tracked and the new files of the tree that is worked in, and its packages: what a fresh clone is after `npm ci`. */
export function copyTree(target: string): void {
  // safe.directory: a build machine's checkout often belongs to another user.
  const list = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const tracked = execFileSync('git', list, { encoding: 'utf8' });
  for (const path of tracked.split('\0').filter((path) => path !== '' && existsSync(path))) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    copyFileSync(path, join(target, path));
  }
  linkTree('node_modules', join(target, 'node_modules'));
}

/** The packages too lie at two places, so that a path of theirs in the output is seen. */
function linkTree(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) linkTree(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkOrCopy(from, to);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // another file system
  }
}
