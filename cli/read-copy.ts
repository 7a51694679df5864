import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** The files of one copy of the extension: path with forward slashes -> content. */
export type Copy = ReadonlyMap<string, Uint8Array>;

/** A copy that cannot be read; its message says why, for people. */
export class UnreadableCopyError extends Error {}

const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/**
 * Reads a folder, a `.zip` or `.xpi`, or a `.crx` (version 3), told apart by content and not by name.
 * @throws UnreadableCopyError when there is nothing, a link, a damaged archive or one with ambiguous names
 */
export function readCopy(path: string): Copy {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UnreadableCopyError(`${path} does not exist`);
  const copy = stat.isDirectory() ? readFolder(path) : readArchive(readFileSync(path), path);
  if (copy.size === 0) throw new UnreadableCopyError(`${path} holds no files`);
  return copy;
}

function readFolder(folder: string, prefix = ''): Map<string, Uint8Array> {
  const copy = new Map<string, Uint8Array>();
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) {
      for (const [inner, content] of readFolder(folder, path)) copy.set(inner, content);
    } else if (entry.isFile()) {
      copy.set(path, readFileSync(join(folder, path)));
    } else {
      throw new UnreadableCopyError(`${path} is a link or a device, not a file`);
    }
  }
  return copy;
}

function readArchive(bytes: Uint8Array, name: string): Map<string, Uint8Array> {
  const copy = new Map<string, Uint8Array>();
  const seen = new Set<string>();
  let unpackedBytes = 0;
  const filter = ({ name: path, originalSize }: { name: string; originalSize: number }) => {
    if (/^\/|\\|(^|\/)\.\.?(\/|$)/.test(path)) throw new UnreadableCopyError(`${name} holds the unsafe path ${path}`);
    if (seen.has(path)) throw new UnreadableCopyError(`${name} holds ${path} twice`);
    seen.add(path);
    unpackedBytes += originalSize;
    if (unpackedBytes > MAX_UNPACKED_BYTES) throw new UnreadableCopyError(`${name} unpacks to more than 200 MB`);
    return !path.endsWith('/');
  };
  try {
    for (const [path, content] of Object.entries(unzipSync(stripCrxHeader(bytes), { filter }))) copy.set(path, content);
  } catch (error) {
    if (error instanceof UnreadableCopyError) throw error;
    throw new UnreadableCopyError(`${name} is neither a folder nor a readable zip, xpi or crx`);
  }
  return copy;
}

/** A CRX3 file is `Cr24`, version u32 LE, header length u32 LE, header (its signatures), zip. */
function stripCrxHeader(bytes: Uint8Array): Uint8Array {
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) !== 'Cr24') return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(4, true) !== 3) throw new UnreadableCopyError('only version 3 of the crx format is understood');
  return bytes.subarray(12 + view.getUint32(8, true));
}
