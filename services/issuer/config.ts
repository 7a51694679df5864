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
import { goneRealmsVariable, realmSetsSchema } from './realms/realm-sets';

/** Everything the issuer reads from its environment; `NAME_FILE` may name a file instead (see `services/http/config/config`). */
export const issuerConfigSchema = z.object({
  ISSUER_EXTERNAL_URL: addressVariable('the address that clients use, http or https'),
  ISSUER_REALM_SETS: realmSetsSchema.describe(
    'a JSON array of {"realms": [{"id", "address"}], "registerThreshold", "recoverThreshold", "hashingMode", "guesses"}, ' +
      'current and past ones',
  ),
  ISSUER_GONE_REALMS: goneRealmsVariable,
  ISSUER_IDENTITY_PROVIDERS: identityProvidersVariable,
  ISSUER_VAULT_URL: addressVariable('the address of the vault'),
  ISSUER_VAULT_RECEIPT_KEY: publicKeyVariable("the vault's receipt key"),
  ISSUER_VAULT_SERVICE_KEY: z.string().min(16).describe('the service key that the vault gave to this issuer'),
  ISSUER_CORS_ORIGINS: corsOriginsVariable,
  ISSUER_HOST: hostVariable,
  ISSUER_PORT: portVariable(7201),
  ISSUER_KEYS_DIR: folderVariable('.data/issuer-keys', 'the folder that "admin.ts init" made'),
  ISSUER_TENANT: z
    .string()
    .regex(/^(test-)?[a-zA-Z0-9]+$/)
    .default('halfkey')
    .describe('the name of the tenant at the realms: letters and digits'),
  ISSUER_TENANT_KEY_VERSION: z.coerce
    .number()
    .int()
    .min(0)
    .default(1)
    .describe('the version of the tenant key at the realms, a whole number'),
  ISSUER_DATABASE_URL: databaseUrlVariable,
  ISSUER_DATA_DIR: folderVariable('.data/issuer', 'the folder of the embedded database, for development'),
  ISSUER_DATABASE_CONNECTIONS: connectionsVariable,
  ISSUER_MODE: modeVariable,
  ISSUER_DELETION_INTERVAL_MS: intervalMsVariable(15_000),
  ISSUER_REALM_LOG_INTERVAL_MS: intervalMsVariable(5_000),
  ISSUER_ADDRESS_REQUESTS_PER_MINUTE: perMinuteVariable(1200, 'requests from one network'),
  ISSUER_DEVICE_REQUESTS_PER_MINUTE: perMinuteVariable(120, 'requests of one device'),
  ISSUER_PROXIES: proxiesVariable,
  ISSUER_METRICS_HOST: metricsHostVariable,
  ISSUER_METRICS_PORT: metricsPortVariable,
  ISSUER_LINGER_MS: lingerMsVariable,
  ISSUER_LOG_LEVEL: logLevelVariable,
});
