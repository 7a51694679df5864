import { hkdfSync, randomBytes } from 'node:crypto';
import { configOrExit } from '@/services/http/config/config';
import { migrate, openDatabase, pingDatabase, requireMigrated } from '@/services/http/database/database';
import { requireDurable } from '@/services/http/database/durability';
import { createLimits } from '@/services/http/limits/limits';
import { databaseRateLimitStore, type RateLimitTables } from '@/services/http/limits/rate-limit-database';
import { clientAddress } from '@/services/http/server/client-address';
import { createLogger } from '@/services/http/server/logger';
import { createMetrics, metricsAt } from '@/services/http/server/metrics';
import { createReadiness } from '@/services/http/server/readiness';
import { startRepeating } from '@/services/http/server/repeating';
import { exitIfNewer, exitUnusable, runService } from '@/services/http/server/run-service';
import { oldestKeysS, requireProviderKeys } from '@/services/http/sign-in/identity-providers';
import { createRelayApp } from './app';
import { relayConfigSchema } from './config';
import { readClientSecret, readSessionSecret } from './keys';
import { relayMigrations } from './migrations';
import { createPostgresStore, type RelayTables } from './postgres-store';
import { openRelayProvider } from './providers';

const SWEEP_INTERVAL_MS = 60_000;

const config = configOrExit(relayConfigSchema, process.env);
const logger = createLogger({ service: 'relay', level: config.RELAY_LOG_LEVEL });
const now = Date.now;

const secret = await readSessionSecret(config.RELAY_KEYS_DIR).catch(exitUnusable);
const providers = await Promise.all(
  config.RELAY_PROVIDERS.map(async (row) =>
    openRelayProvider(row, await readClientSecret(config.RELAY_KEYS_DIR, row, now), { fetch, now }),
  ),
).catch(exitUnusable);

const database = await openDatabase<RelayTables & RateLimitTables>({
  databaseUrl: config.RELAY_DATABASE_URL,
  dataDir: config.RELAY_DATA_DIR,
  maxConnections: config.RELAY_DATABASE_CONNECTIONS,
});
await migrate(database.db, relayMigrations).catch(exitIfNewer);
if (config.RELAY_MODE === 'production') await requireDurable(database.db).catch(exitUnusable);

const buckets = databaseRateLimitStore(database.db);
const identities = providers.map(({ identity }) => identity);
const metrics = createMetrics('relay');
metrics.addGauge({
  name: 'provider_keys_age_seconds',
  help: 'Since the keys of the identity provider that was silent longest were fetched.',
  read: () => oldestKeysS(identities),
});
const readiness = createReadiness({
  database: () => pingDatabase(database.db),
  migrations: () => requireMigrated(database.db, relayMigrations),
  providers: () => requireProviderKeys(identities),
});
const perMinute = config.RELAY_ADDRESS_REQUESTS_PER_MINUTE;
const relay = createRelayApp({
  providers,
  store: createPostgresStore(database.db),
  extensionUrls: config.RELAY_EXTENSION_URLS,
  externalUrl: config.RELAY_EXTERNAL_URL,
  targets: config.RELAY_NOTICE_TARGETS,
  nonceKey: new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'halfkey/dpop-nonce/v1 relay', 32)),
  corsOrigins: config.RELAY_CORS_ORIGINS,
  limits: createLimits({
    store: buckets,
    addressOf: clientAddress(config.RELAY_PROXIES),
    addressPerMinute: perMinute,
    devicePerMinute: perMinute,
    now,
  }),
  readiness,
  observe: metrics.observe,
  fetch,
  now,
  random: (length) => new Uint8Array(randomBytes(length)),
  logger,
});

await runService({
  app: relay.app,
  hostname: config.RELAY_HOST,
  port: config.RELAY_PORT,
  metrics: metricsAt(metrics, config.RELAY_METRICS_HOST, config.RELAY_METRICS_PORT),
  readiness,
  lingerMs: config.RELAY_LINGER_MS,
  startJobs: () => [
    startRepeating(relay.deliverNotices, { job: 'notices', intervalMs: config.RELAY_NOTICE_INTERVAL_MS, logger }),
    startRepeating(relay.sweep, { job: 'expired', intervalMs: SWEEP_INTERVAL_MS, logger }),
    startRepeating(() => buckets.removeFull(now()), { job: 'rate limits', intervalMs: SWEEP_INTERVAL_MS, logger }),
  ],
  close: database.close,
  logger,
});
