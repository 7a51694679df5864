/**
 * The list of all files of a build, and the one number that stands for it. A build carries its list as `files.txt`, in
 * the form of `sha256sum`: `sha256sum --check files.txt` checks a folder, `sha256sum files.txt` gives the build's hash.
 */
import { createHash } from 'node:crypto';
import type { Copy } from './read-copy';

export const FILE_LIST = 'files.txt';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** One line a file, sorted by path, without the list itself. */
export function fileList(copy: Copy): string {
  const paths = [...copy.keys()].filter((path) => path !== FILE_LIST).sort();
  return paths.map((path) => `${sha256(copy.get(path) ?? '')}  ${path}\n`).join('');
}

/** SHA-256 of the list, in hex: what the wallet shows of itself under Settings, About. */
export function buildHash(copy: Copy): string {
  return sha256(fileList(copy));
}
