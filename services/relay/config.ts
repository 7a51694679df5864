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
} from '@/services/http/config/variables';
import { relayProvidersVariable } from './providers';

const split = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');

/** Everything the relay reads from its environment; `NAME_FILE` may name a file instead (see `services/http/config/config`). */
export const relayConfigSchema = z.object({
  RELAY_EXTERNAL_URL: addressVariable('the address that browsers and providers use, http or https'),
  RELAY_PROVIDERS: relayProvidersVariable,
  RELAY_EXTENSION_URLS: z
    .string()
    .transform(split)
    .pipe(
      z
        .array(z.url({ protocol: /^https$/ }))
        .min(1)
        .max(256),
    )
    .describe('https addresses of the extension, in the order of its builds, separated by commas'),
  RELAY_NOTICE_TARGETS: z
    .string()
    .default('')
    .transform((text) => split(text).map((url) => url.replace(/\/+$/, '')))
    .pipe(z.array(z.url({ protocol: /^https?$/ })).max(16))
    .describe('addresses of vault and issuer, which are told when a provider ends sessions, separated by commas'),
  RELAY_CORS_ORIGINS: corsOriginsVariable,
  RELAY_HOST: hostVariable,
  RELAY_PORT: portVariable(7401),
  RELAY_KEYS_DIR: folderVariable(
    '.data/relay-keys',
    'the folder that "admin.ts init" made, with the secrets of providers',
  ),
  RELAY_DATABASE_URL: databaseUrlVariable,
  RELAY_DATA_DIR: folderVariable('.data/relay', 'the folder of the embedded database, for development'),
  RELAY_DATABASE_CONNECTIONS: connectionsVariable,
  RELAY_MODE: modeVariable,
  RELAY_NOTICE_INTERVAL_MS: intervalMsVariable(5_000),
  RELAY_ADDRESS_REQUESTS_PER_MINUTE: perMinuteVariable(600, 'requests from one network'),
  RELAY_PROXIES: proxiesVariable,
  RELAY_METRICS_HOST: metricsHostVariable,
  RELAY_METRICS_PORT: metricsPortVariable,
  RELAY_LINGER_MS: lingerMsVariable,
  RELAY_LOG_LEVEL: logLevelVariable,
});
