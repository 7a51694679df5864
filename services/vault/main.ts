import { randomBytes } from 'node:crypto';
import { sha256 } from '@/lib/crypto/hash';
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
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { createSessions } from '@/services/http/sessions/sessions';
import { oldestKeysS, openProvider, requireProviderKeys } from '@/services/http/sign-in/identity-providers';
import { checkCanary } from '@/services/kms/canary';
import { createEnvelope } from '@/services/kms/envelope';
import { createChallenges } from './account/challenges';
import { createVaultApp } from './app';
import { vaultConfigSchema } from './config';
import { type CanaryTables, createCanaryStore } from './key-service/canary-store';
import { openKeyService } from './key-service/key-service';
import { readKeys } from './keys';
import { vaultMigrations } from './store/migrations';
import { createPostgresStore, type VaultTables } from './store/postgres-store';

const ACCOUNTS_A_SWEEP = 500;
const SESSION_SWEEP_INTERVAL_MS = 60_000;

const config = configOrExit(vaultConfigSchema, process.env);
const logger = createLogger({ service: 'vault', level: config.VAULT_LOG_LEVEL });
const random = (length: number) => new Uint8Array(randomBytes(length));
const now = Date.now;

const keys = await readKeys(config.VAULT_KEYS_DIR).catch(exitUnusable);
const keyProvider = await openKeyService(config, random).catch(exitUnusable);
const envelope = createEnvelope(keyProvider, random);

const database = await openDatabase<VaultTables & SessionTables & CanaryTables & RateLimitTables>({
  databaseUrl: config.VAULT_DATABASE_URL,
  dataDir: config.VAULT_DATA_DIR,
  maxConnections: config.VAULT_DATABASE_CONNECTIONS,
});
await migrate(database.db, vaultMigrations).catch(exitIfNewer);
if (config.VAULT_MODE === 'production') await requireDurable(database.db).catch(exitUnusable);

const sessionStore = databaseSessionStore(database.db);
const buckets = databaseRateLimitStore(database.db);
const providers = config.VAULT_IDENTITY_PROVIDERS.map((row) => openProvider(row, { fetch, now }));
const metrics = createMetrics('vault');
metrics.addGauge({
  name: 'provider_keys_age_seconds',
  help: 'Since the keys of the identity provider that was silent longest were fetched.',
  read: () => oldestKeysS(providers),
});
const canary = () => checkCanary(envelope, createCanaryStore(database.db), sha256(keys.receiptKey.publicKey));
await canary().catch(exitUnusable);
const readiness = createReadiness({
  database: () => pingDatabase(database.db),
  migrations: () => requireMigrated(database.db, vaultMigrations),
  keys: canary,
  providers: () => requireProviderKeys(providers),
});
const { app, vault } = createVaultApp({
  store: createPostgresStore(database.db),
  envelope,
  sessions: createSessions({
    audience: 'vault',
    externalUrl: config.VAULT_EXTERNAL_URL,
    secret: keys.sessionSecret,
    providers,
    store: sessionStore,
    now,
    random,
  }),
  receiptKey: keys.receiptKey,
  witnessPub: config.VAULT_WITNESS_KEY,
  serviceKey: keys.serviceKey,
  corsOrigins: config.VAULT_CORS_ORIGINS,
  limits: createLimits({
    store: buckets,
    addressOf: clientAddress(config.VAULT_PROXIES),
    addressPerMinute: config.VAULT_ADDRESS_REQUESTS_PER_MINUTE,
    devicePerMinute: config.VAULT_DEVICE_REQUESTS_PER_MINUTE,
    now,
  }),
  challenges: createChallenges({ key: keys.challengeKey, once: sessionStore, random }),
  readiness,
  observe: metrics.observe,
  now,
  logger,
});

await runService({
  app,
  hostname: config.VAULT_HOST,
  port: config.VAULT_PORT,
  metrics: metricsAt(metrics, config.VAULT_METRICS_HOST, config.VAULT_METRICS_PORT),
  readiness,
  lingerMs: config.VAULT_LINGER_MS,
  startJobs: () => [
    startRepeating(() => vault.sweep(ACCOUNTS_A_SWEEP), {
      job: 'what is due',
      intervalMs: config.VAULT_SWEEP_INTERVAL_MS,
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
