import { hkdfSync, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from '@/lib/bytes';
import { KEY_BYTES } from '@/services/kms/aead';
import { KmsError } from '@/services/kms/key-provider';

const KEY_FILE = /^([1-9][0-9]{0,8})\.key$/;
const ANY_KEY_FILE = /^([1-9][0-9]{0,8})\.key(\.retired)?$/;
const ID_FILE = 'ring.id';
const RING_ID = /^[0-9a-f]{16}$/;
const OTHERS_MAY = 0o077;

/** The keys of a folder by version; the newest is current. */
export interface KeyRing {
  current: number;
  /** 32 bytes each, already split off for wrapping data keys. */
  keys: ReadonlyMap<number, Uint8Array>;
  /** 16 hex digits, drawn when the ring was created; no secret, and the same whichever keys come and go. */
  id: string;
}

/**
 * Reads `{version}.key` files of 32 bytes.
 * @throws KmsError `misconfigured` when there is none, one is readable by others, or one has another size.
 */
export async function readKeyRing(folder: string): Promise<KeyRing> {
  const masters = new Map<number, Uint8Array>();
  for (const name of await namesIn(folder)) {
    const version = KEY_FILE.exec(name)?.[1];
    if (version !== undefined) masters.set(Number(version), await readKey(join(folder, name)));
  }
  const versions = [...masters.keys()].sort((a, b) => a - b);
  const current = versions.at(-1);
  if (current === undefined) throw misconfigured(`No {version}.key in ${folder}; create one with: admin init`);
  const id = (await readFile(join(folder, ID_FILE), 'utf8').catch(() => '')).trim();
  if (!RING_ID.test(id))
    throw misconfigured(`${join(folder, ID_FILE)} must hold the 16 hex digits that name this ring.`);
  const keys = new Map([...masters].map(([version, master]) => [version, derive(master, 'halfkey/kms-wrap/v1')]));
  for (const master of masters.values()) master.fill(0);
  return { current, keys, id };
}

/**
 * Adds a key with the next version, readable by its owner alone, in a folder that is created if need be.
 * @returns the version.
 */
export async function addKey(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  // The number of a retired key is not given again: records may still name it.
  const versions = (await namesIn(folder)).flatMap((name) => Number(ANY_KEY_FILE.exec(name)?.[1] ?? []) || []);
  const version = Math.max(0, ...versions) + 1;
  if (version === 1) await writeFile(join(folder, ID_FILE), `${randomBytes(8).toString('hex')}\n`);
  // `wx` never overwrites: two that add at the same time do not lose a key.
  const file = await open(join(folder, `${version}.key`), 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(KEY_BYTES));
    await file.sync();
  } finally {
    await file.close();
  }
  return version;
}

/** Puts a key out of use. @throws KmsError `key-missing` if there is none of this version */
export async function retireKey(folder: string, version: string): Promise<void> {
  const name = `${version}.key`;
  if (!KEY_FILE.test(name)) throw new KmsError('key-missing', 'A version is a whole number from 1.');
  await rename(join(folder, name), join(folder, `${name}.retired`)).catch((cause: unknown) => {
    throw new KmsError('key-missing', `The key ring has no version ${version}.`, cause);
  });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw misconfigured(`The key folder ${folder} cannot be read.`, cause);
  }
}

async function readKey(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((cause: unknown) => {
    throw misconfigured(`The key file ${path} cannot be read.`, cause);
  });
  try {
    // Asked of the open file, so that it cannot be exchanged between the question and the reading.
    const { mode, size } = await file.stat();
    if ((mode & OTHERS_MAY) !== 0) throw misconfigured(`The key file ${path} is open to others: chmod 600 it.`);
    if (size !== KEY_BYTES) throw misconfigured(`The key file ${path} must have 32 bytes.`);
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

/** One key a purpose, so that no key is used in two ways (RFC 5869). */
function derive(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), encode(purpose), KEY_BYTES));
}

function misconfigured(message: string, cause?: unknown): KmsError {
  return new KmsError('misconfigured', message, cause);
}
