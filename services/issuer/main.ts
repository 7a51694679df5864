import { randomBytes } from 'node:crypto';
import { sha256 } from '@/lib/crypto/hash';
import { configOrExit } from '@/services/http/config/config';
import type { AccountTables } from '@/services/http/database/account-documents';
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
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { createSessions } from '@/services/http/sessions/sessions';
import { oldestKeysS, openProvider, requireProviderKeys } from '@/services/http/sign-in/identity-providers';
import { createIssuerApp } from './app';
import { issuerConfigSchema } from './config';
import { readKeys } from './keys';
import { createRealmLogStore, type RealmLogTables } from './realms/realm-log-store';
import { issuerMigrations } from './store/migrations';
import { createPostgresStore } from './store/postgres-store';
import { createVaultFeed } from './vault/vault-feed';
import { createVaultOrders } from './vault/vault-orders';

const SESSION_SWEEP_INTERVAL_MS = 60_000;

const config = configOrExit(issuerConfigSchema, process.env);
const logger = createLogger({ service: 'issuer', level: config.ISSUER_LOG_LEVEL });
const random = (length: number) => new Uint8Array(randomBytes(length));
const now = Date.now;

const keys = await readKeys(config.ISSUER_KEYS_DIR, config.ISSUER_TENANT_KEY_VERSION).catch(exitUnusable);
const database = await openDatabase<AccountTables & SessionTables & RateLimitTables & RealmLogTables>({
  databaseUrl: config.ISSUER_DATABASE_URL,
  dataDir: config.ISSUER_DATA_DIR,
  maxConnections: config.ISSUER_DATABASE_CONNECTIONS,
});
await migrate(database.db, issuerMigrations).catch(exitIfNewer);
if (config.ISSUER_MODE === 'production') await requireDurable(database.db).catch(exitUnusable);

const sessionStore = databaseSessionStore(database.db);
const buckets = databaseRateLimitStore(database.db);
const providers = config.ISSUER_IDENTITY_PROVIDERS.map((row) => openProvider(row, { fetch, now }));
const metrics = createMetrics('issuer');
metrics.addGauge({
  name: 'provider_keys_age_seconds',
  help: 'Since the keys of the identity provider that was silent longest were fetched.',
  read: () => oldestKeysS(providers),
});
const readiness = createReadiness({
  database: () => pingDatabase(database.db),
  migrations: () => requireMigrated(database.db, issuerMigrations),
  providers: () => requireProviderKeys(providers),
});
const receiptKey = config.ISSUER_VAULT_RECEIPT_KEY;
const toVault = { vaultUrl: config.ISSUER_VAULT_URL, serviceKey: config.ISSUER_VAULT_SERVICE_KEY, fetch };
const issuer = createIssuerApp({
  store: createPostgresStore(database.db),
  vault: { receiptKey, vaultId: sha256(receiptKey) },
  feed: createVaultFeed(toVault),
  orders: createVaultOrders(toVault),
  realmLog: createRealmLogStore(database.db),
  witnessKey: keys.witnessKey,
  tenantKey: {
    tenant: config.ISSUER_TENANT,
    version: config.ISSUER_TENANT_KEY_VERSION,
    privateKey: keys.tenantPrivateKey,
  },
  realmSets: config.ISSUER_REALM_SETS,
  goneRealms: config.ISSUER_GONE_REALMS,
  openSessions: (onOpened) =>
    createSessions({
      audience: 'issuer',
      externalUrl: config.ISSUER_EXTERNAL_URL,
      secret: keys.sessionSecret,
      providers,
      store: sessionStore,
      now,
      random,
      onOpened,
    }),
  corsOrigins: config.ISSUER_CORS_ORIGINS,
  limits: createLimits({
    store: buckets,
    addressOf: clientAddress(config.ISSUER_PROXIES),
    addressPerMinute: config.ISSUER_ADDRESS_REQUESTS_PER_MINUTE,
    devicePerMinute: config.ISSUER_DEVICE_REQUESTS_PER_MINUTE,
    now,
  }),
  readiness,
  observe: metrics.observe,
  fetch,
  now,
  random,
  logger,
});

await runService({
  app: issuer.app,
  hostname: config.ISSUER_HOST,
  port: config.ISSUER_PORT,
  metrics: metricsAt(metrics, config.ISSUER_METRICS_HOST, config.ISSUER_METRICS_PORT),
  readiness,
  lingerMs: config.ISSUER_LINGER_MS,
  startJobs: () => [
    startRepeating(() => issuer.runDeletions(), {
      job: 'deletions',
      intervalMs: config.ISSUER_DELETION_INTERVAL_MS,
      logger,
    }),
    startRepeating(() => issuer.readRealmLogs(), {
      job: 'logs of the realms',
      intervalMs: config.ISSUER_REALM_LOG_INTERVAL_MS,
      logger,
    }),
    startRepeating(() => buckets.removeFull(now()), {
      job: 'rate limits',
      intervalMs: SESSION_SWEEP_INTERVAL_MS,
      logger,
    }),
    startRepeating(() => sessionStore.removeExpired(now()), {
      job: 'expired sessions',
      intervalMs: SESSION_SWEEP_INTERVAL_MS,
      logger,
    }),
  ],
  close: database.close,
  logger,
});
