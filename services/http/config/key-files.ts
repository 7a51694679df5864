/** Keys of a server in files that only their owner may read. */
import { constants } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromHex } from '@/lib/bytes';

const OTHERS_MAY = 0o077;
/** The longest key, a private one in PEM, has about 120. */
const MAX_BYTES = 4096;

/** The keys cannot be used: a file is missing, damaged, or readable by others. The message names the file alone. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
}

/**
 * Writes new files, by name, into a folder that is made if need be. Existing files are never replaced.
 * @throws Error with code EEXIST if the folder holds one of them.
 */
export async function writeKeyFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), `${text.trimEnd()}\n`, { mode: 0o600, flag: 'wx' });
}

/** The text of a key file. @throws KeysUnusable if it is missing, a link or no file, too long, or others may read it. */
export async function readKeyFile(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  // A pipe in its place would be waited for without end, were it not opened so.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new KeysUnusable(`${path} is missing; "admin.ts init FOLDER" makes the keys.`);
    if (error.code === 'ELOOP') throw new KeysUnusable(`${path} is a symbolic link; the key itself should be there.`);
    throw new KeysUnusable(`${path} cannot be read.`);
  });
  try {
    // Asked of the open file, so that it cannot be exchanged between the question and the reading.
    const found = await file.stat();
    if (!found.isFile()) throw new KeysUnusable(`${path} is no file.`);
    if ((found.mode & OTHERS_MAY) !== 0)
      throw new KeysUnusable(`${path} can be read by others; its mode should be 0600.`);
    if (found.size > MAX_BYTES) throw new KeysUnusable(`${path} is too long for a key.`);
    return (await file.readFile('utf8')).trim();
  } finally {
    await file.close();
  }
}

/** The 32 bytes of a key file. @throws KeysUnusable if it is missing, open to others, or no 64 hex digits. */
export async function readSeedFile(folder: string, name: string): Promise<Uint8Array> {
  const text = await readKeyFile(folder, name);
  if (!/^[0-9a-f]{64}$/.test(text)) throw new KeysUnusable(`${name} should hold 64 hex digits.`);
  return fromHex(text);
}
