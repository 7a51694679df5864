/** The key service that the configuration names. */
import type { z } from 'zod';
import { openGcpProvider } from '@/services/kms/gcp';
import { createGcpAccess, type ServiceAccountKey, serviceAccountKey } from '@/services/kms/gcp-access';
import { type KeyAdmin, type KeyProvider, KmsError } from '@/services/kms/key-provider';
import { openLocalProvider } from '@/services/kms/local';
import type { vaultConfigSchema } from '../config';

/** What of the vault's configuration is about it. */
export const KEY_SERVICE_VARIABLES = {
  VAULT_MODE: true,
  VAULT_KMS_DRIVER: true,
  VAULT_KMS_DIR: true,
  VAULT_KMS_LOCAL_ACKNOWLEDGED: true,
  VAULT_KMS_PKCS11_MODULE: true,
  VAULT_KMS_PKCS11_TOKEN: true,
  VAULT_KMS_PKCS11_PIN: true,
  VAULT_KMS_PKCS11_LABEL: true,
  VAULT_KMS_GCP_KEY: true,
  VAULT_KMS_GCP_CREDENTIALS: true,
} as const;

export type KeyServiceConfig = Pick<z.infer<typeof vaultConfigSchema>, keyof typeof KEY_SERVICE_VARIABLES>;

/** @throws KmsError `misconfigured` */
export async function openKeyService(
  config: KeyServiceConfig,
  random: (length: number) => Uint8Array,
): Promise<KeyProvider & KeyAdmin> {
  if (config.VAULT_KMS_DRIVER === 'pkcs11') {
    // Loaded only where it is used: the package behind it is optional.
    const { openPkcs11Provider } = await import('@/services/kms/pkcs11');
    return openPkcs11Provider({
      module: required(config.VAULT_KMS_PKCS11_MODULE, 'VAULT_KMS_PKCS11_MODULE'),
      token: required(config.VAULT_KMS_PKCS11_TOKEN, 'VAULT_KMS_PKCS11_TOKEN'),
      pin: required(config.VAULT_KMS_PKCS11_PIN, 'VAULT_KMS_PKCS11_PIN'),
      label: config.VAULT_KMS_PKCS11_LABEL,
      random,
    });
  }
  if (config.VAULT_KMS_DRIVER === 'gcp') {
    const credentials = config.VAULT_KMS_GCP_CREDENTIALS;
    const key = credentials === undefined ? undefined : parseCredentials(credentials);
    return openGcpProvider({
      keyName: required(config.VAULT_KMS_GCP_KEY, 'VAULT_KMS_GCP_KEY'),
      accessToken: createGcpAccess({ key, fetch, now: Date.now }),
      fetch,
    });
  }
  return openLocalProvider({
    folder: config.VAULT_KMS_DIR,
    mode: config.VAULT_MODE,
    acknowledged: config.VAULT_KMS_LOCAL_ACKNOWLEDGED,
    random,
  });
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new KmsError('misconfigured', `This key service needs ${name}.`);
  return value;
}

function parseCredentials(text: string): ServiceAccountKey {
  try {
    return serviceAccountKey.parse(JSON.parse(text));
  } catch {
    throw new KmsError('misconfigured', 'VAULT_KMS_GCP_CREDENTIALS should be the JSON key of a service account.');
  }
}
