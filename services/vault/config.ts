import { z } from 'zod';
import { corsOriginsVariable } from '@/services/http/api/cors';
import {
  addressVariable,
  connectionsVariable,
  databaseUrlVariable,
  folderVariable,
  hostVariable,
  intervalMsVariable,
  lingerMsVariable,
  logLevelVariable,
  metricsHostVariable,
  metricsPortVariable,
  modeVariable,
  perMinuteVariable,
  portVariable,
  proxiesVariable,
  publicKeyVariable,
} from '@/services/http/config/variables';
import { identityProvidersVariable } from '@/services/http/sign-in/identity-providers';

/** Everything the vault reads from its environment; `NAME_FILE` may name a file instead (see `services/http/config/config`). */
export const vaultConfigSchema = z.object({
  VAULT_EXTERNAL_URL: addressVariable('the address that clients use, http or https'),
  VAULT_WITNESS_KEY: publicKeyVariable("the issuer's witness key"),
  VAULT_IDENTITY_PROVIDERS: identityProvidersVariable,
  VAULT_CORS_ORIGINS: corsOriginsVariable,
  VAULT_HOST: hostVariable,
  VAULT_PORT: portVariable(7101),
  VAULT_KEYS_DIR: folderVariable('.data/vault-keys', 'the folder that "admin.ts init" made'),
  VAULT_DATABASE_URL: databaseUrlVariable,
  VAULT_DATA_DIR: folderVariable('.data/vault', 'the folder of the embedded database, for development'),
  VAULT_DATABASE_CONNECTIONS: connectionsVariable,
  VAULT_MODE: modeVariable,
  VAULT_KMS_DRIVER: z
    .enum(['local', 'pkcs11', 'gcp'])
    .default('local')
    .describe('where data keys are wrapped: local, pkcs11 or gcp'),
  VAULT_KMS_DIR: folderVariable('.data/vault-kms', 'the folder of the local key ring'),
  VAULT_KMS_LOCAL_ACKNOWLEDGED: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('yes, if keys in files of this machine are meant in production'),
  VAULT_KMS_PKCS11_MODULE: z.string().min(1).optional().describe('the path of the library of a PKCS#11 token'),
  VAULT_KMS_PKCS11_TOKEN: z.string().min(1).optional().describe('the label of the token'),
  VAULT_KMS_PKCS11_PIN: z.string().min(1).optional().describe('the user PIN of the token; better in a file'),
  VAULT_KMS_PKCS11_LABEL: z.string().min(1).max(64).default('halfkey-vault').describe('the label of the keys in it'),
  VAULT_KMS_GCP_KEY: z.string().min(1).optional().describe('projects/…/locations/…/keyRings/…/cryptoKeys/…'),
  VAULT_KMS_GCP_CREDENTIALS: z
    .string()
    .min(1)
    .optional()
    .describe('the JSON key of a service account; better in a file. The account of the machine without'),
  VAULT_SWEEP_INTERVAL_MS: intervalMsVariable(30_000),
  VAULT_ADDRESS_REQUESTS_PER_MINUTE: perMinuteVariable(1200, 'requests from one network'),
  VAULT_DEVICE_REQUESTS_PER_MINUTE: perMinuteVariable(120, 'requests of one device'),
  VAULT_PROXIES: proxiesVariable,
  VAULT_METRICS_HOST: metricsHostVariable,
  VAULT_METRICS_PORT: metricsPortVariable,
  VAULT_LINGER_MS: lingerMsVariable,
  VAULT_LOG_LEVEL: logLevelVariable,
});
