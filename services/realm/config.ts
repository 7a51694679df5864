import { z } from 'zod';
import {
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
} from '@/services/http/config/variables';
import { tenantKeysSchema } from './protocol/tokens';

/** Everything a realm reads from its environment; `NAME_FILE` may name a file instead (see `services/http/config/config`). */
export const realmConfigSchema = z.object({
  REALM_ID: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('32 lower-case hex digits, the same for the life of the realm'),
  REALM_TENANT_KEYS: tenantKeysSchema.describe(
    'JSON {"tenant:version": {"data": "<SPKI DER in hex>", "encoding": "Hex", "algorithm": "Edwards25519"}}',
  ),
  REALM_HOST: hostVariable,
  REALM_PORT: portVariable(7301),
  REALM_DATABASE_URL: databaseUrlVariable,
  REALM_DATA_DIR: folderVariable('.data/realm', 'the folder of the embedded database, for development'),
  REALM_DATABASE_CONNECTIONS: connectionsVariable,
  REALM_MODE: modeVariable,
  REALM_MARK_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('the file in which the realm notes how far its database has come; not on the disk of the database'),
  REALM_SWEEP_INTERVAL_MS: intervalMsVariable(10_000),
  REALM_ADDRESS_REQUESTS_PER_MINUTE: perMinuteVariable(1200, 'requests from one network'),
  REALM_TOKEN_REQUESTS_PER_MINUTE: perMinuteVariable(60, 'requests with one token'),
  REALM_PROXIES: proxiesVariable,
  REALM_METRICS_HOST: metricsHostVariable,
  REALM_METRICS_PORT: metricsPortVariable,
  REALM_LINGER_MS: lingerMsVariable,
  REALM_LOG_LEVEL: logLevelVariable,
});
