/** The relay's keys: a folder with one file of its own, and one for each provider that asks for a secret. */
import { toHex } from '@/lib/bytes';
import { KeysUnusable, readKeyFile, readSeedFile, writeKeyFiles } from '@/services/http/config/key-files';
import { readSigningKey, signClientSecret } from './client-secret';
import type { RelayProvider, RelayProviderRow } from './providers';

const SESSION_FILE = 'session.key';
/** A `.p8` of Apple for `es256`, the secret itself for `given`. */
const fileOf = (id: string): string => `${id}.key`;

/** Makes the key of its own. Existing files are never replaced. @throws Error with code EEXIST */
export const createKeys = (folder: string, random: (length: number) => Uint8Array): Promise<void> =>
  writeKeyFiles(folder, { [SESSION_FILE]: toHex(random(32)) });

/** 32 bytes, for DPoP nonces. @throws KeysUnusable */
export const readSessionSecret = (folder: string): Promise<Uint8Array> => readSeedFile(folder, SESSION_FILE);

/**
 * What makes the secret of a provider for each request.
 * @throws KeysUnusable when its file is missing, damaged, or readable by others
 */
export async function readClientSecret(
  folder: string,
  { id, clientId, clientSecret, signer, table }: RelayProviderRow,
  now: () => number,
): Promise<RelayProvider['clientSecret']> {
  if (clientSecret === 'none') return async () => undefined;
  const text = await readKeyFile(folder, fileOf(id));
  if (clientSecret === 'given') {
    if (text === '') throw new KeysUnusable(`${fileOf(id)} is empty; it should hold the client secret.`);
    return async () => text;
  }
  const privateKey = readSigningKey(text, fileOf(id));
  return () => signClientSecret({ ...signer, clientId, issuer: table.issuer, privateKey }, now());
}
