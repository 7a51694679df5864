import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Config, configSchema } from './schema';

/** Reads the build-time configuration named by `HALFKEY_CONFIG`; without it, `config/local.json`. */
export const configPath = (): string => process.env.HALFKEY_CONFIG || 'config/local.json';

/**
 * Reads and checks one configuration file.
 * @throws Error naming the file and each wrong field
 */
export function loadConfig(path: string = configPath()): Config {
  return parseConfig(JSON.parse(readFileSync(path, 'utf8')), path);
}

/** @throws Error naming `source` and each wrong field */
export function parseConfig(input: unknown, source: string): Config {
  const result = configSchema.safeParse(input);
  if (!result.success) throw new Error(`${source} is not a valid configuration:\n${z.prettifyError(result.error)}`);
  const { id, receiptPublicKey } = result.data.vault;
  const expectedId = createHash('sha256').update(Buffer.from(receiptPublicKey, 'hex')).digest('hex');
  if (id !== expectedId)
    throw new Error(`${source}: vault.id must be SHA-256 of vault.receiptPublicKey, ${expectedId}`);
  return result.data;
}
