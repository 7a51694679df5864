import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';

/** Writes a file that is never seen half-written, readable by its owner alone. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, path);
}

export interface Keys {
  /** Private RSA key that signs ID tokens. */
  signingKey: JWK;
  /** Signs cookies. */
  cookieKey: string;
}

const keysSchema = z.object({ signingKey: z.record(z.string(), z.unknown()), cookieKey: z.string().min(32) });

/** Reads the provider's keys from a file, or makes them once. */
export async function openKeys(path: string): Promise<Keys> {
  const stored = await readFile(path, 'utf8').catch(() => undefined);
  if (stored !== undefined) return keysSchema.parse(JSON.parse(stored));
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const signingKey = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
  const keys = { signingKey, cookieKey: randomBytes(32).toString('hex') };
  await writeAtomically(path, `${JSON.stringify(keys)}\n`);
  return keys;
}
