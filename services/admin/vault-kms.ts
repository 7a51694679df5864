import { setTimeout as delay } from 'node:timers/promises';
import { sha256 } from '@/lib/crypto/hash';
import { readConfig } from '@/services/http/config/config';
import { openDatabase } from '@/services/http/database/database';
import { createEnvelope } from '@/services/kms/envelope';
import { vaultConfigSchema } from '@/services/vault/config';
import { type CanaryTables, createCanaryStore } from '@/services/vault/key-service/canary-store';
import { KEY_SERVICE_VARIABLES, openKeyService } from '@/services/vault/key-service/key-service';
import type { KmsAdminParts } from '@/services/vault/key-service/kms-admin';
import { readKeys } from '@/services/vault/keys';
import { createPostgresStore, type VaultTables } from '@/services/vault/store/postgres-store';
import { AdminError, type Environment } from './targets';

export type KmsReport = Readonly<Record<string, string | number>>;

/**
 * Work on a vault's shares and the keys that they are under, by the variables of the vault.
 * @returns what the work reported, in order
 * @throws AdminError when the variables are not usable
 */
export async function withVaultKeys(
  environment: Environment,
  random: (length: number) => Uint8Array,
  work: (parts: KmsAdminParts) => Promise<void>,
): Promise<KmsReport[]> {
  const schema = vaultConfigSchema.pick({
    ...KEY_SERVICE_VARIABLES,
    VAULT_KEYS_DIR: true,
    VAULT_DATABASE_URL: true,
    VAULT_DATA_DIR: true,
  });
  const result = readConfig(schema, environment);
  if (!result.ok) throw new AdminError(result.report);
  const { VAULT_KEYS_DIR, VAULT_DATABASE_URL, VAULT_DATA_DIR } = result.config;
  const { publicKey } = (await readKeys(VAULT_KEYS_DIR)).receiptKey;
  const keys = await openKeyService(result.config, random);
  const database = await openDatabase<VaultTables & CanaryTables>({
    databaseUrl: VAULT_DATABASE_URL,
    dataDir: VAULT_DATA_DIR,
  });
  const reports: KmsReport[] = [];
  try {
    await work({
      store: createPostgresStore(database.db),
      canary: createCanaryStore(database.db),
      envelope: createEnvelope(keys, random),
      vaultId: sha256(publicKey),
      keys,
      report: (line) => reports.push(line),
      wait: (ms) => delay(ms),
    });
  } finally {
    await database.close();
  }
  return reports;
}
