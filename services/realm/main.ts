import { randomBytes } from 'node:crypto';
import { configOrExit } from '@/services/http/config/config';
import { migrate, openDatabase, pingDatabase, requireMigrated } from '@/services/http/database/database';
import { databaseRateLimitStore, type RateLimitTables } from '@/services/http/limits/rate-limit-database';
import { clientAddress } from '@/services/http/server/client-address';
import { createLogger } from '@/services/http/server/logger';
import { createMetrics, metricsAt } from '@/services/http/server/metrics';
import { createReadiness } from '@/services/http/server/readiness';
import { startRepeating } from '@/services/http/server/repeating';
import { exitIfNewer, exitUnusable, runService } from '@/services/http/server/run-service';
import { createRealmApp } from './app';
import { realmConfigSchema } from './config';
import { createRealmLimits } from './limits';
import { requireProduction } from './production';
import { sweep } from './realm';
import { createMark, DatabaseWentBack } from './store/mark';
import { realmMigrations } from './store/migrations';
import { createPostgresStore, type RealmSchema } from './store/postgres-store';
import { countRestored } from './store/restored';

const config = configOrExit(realmConfigSchema, process.env);
const logger = createLogger({ service: 'realm', level: config.REALM_LOG_LEVEL });
const random = (length: number) => new Uint8Array(randomBytes(length));

const database = await openDatabase<RealmSchema & RateLimitTables>({
  databaseUrl: config.REALM_DATABASE_URL,
  dataDir: config.REALM_DATA_DIR,
  maxConnections: config.REALM_DATABASE_CONNECTIONS,
});
await migrate(database.db, realmMigrations).catch(exitIfNewer);
await requireProduction(config, database.db).catch(exitUnusable);
const mark = config.REALM_MARK_FILE === undefined ? null : createMark(database.db, config.REALM_MARK_FILE);
await mark?.check().catch(exitUnusable);
const restored = await countRestored(database.db);
if (restored > 0) logger.warn({ restored }, 'rows come from a backup: their counters may be behind');
const realm = { store: createPostgresStore(database.db, random), now: Date.now, random };

const metrics = createMetrics('realm');
const readiness = createReadiness({
  database: () => pingDatabase(database.db),
  migrations: () => requireMigrated(database.db, realmMigrations),
});
const buckets = databaseRateLimitStore(database.db);
const app = createRealmApp({
  ...realm,
  realmId: config.REALM_ID,
  tenants: config.REALM_TENANT_KEYS,
  limits: createRealmLimits({
    store: buckets,
    addressOf: clientAddress(config.REALM_PROXIES),
    addressPerMinute: config.REALM_ADDRESS_REQUESTS_PER_MINUTE,
    tokenPerMinute: config.REALM_TOKEN_REQUESTS_PER_MINUTE,
    now: Date.now,
  }),
  readiness,
  observe: metrics.observe,
  logger,
});
const sweepAndTell = async () => {
  const erased = await sweep(realm);
  if (erased > 0) logger.info({ erased }, 'rows without guesses left erased');
};

/** A realm that gives guesses back is worse than one that is down. */
const advanceMark = async () => {
  try {
    await mark?.advance();
  } catch (error) {
    if (!(error instanceof DatabaseWentBack)) throw error;
    logger.fatal({ alarm: 'database-went-back' }, error.message);
    process.exitCode = 3;
    process.kill(process.pid, 'SIGTERM');
  }
};

await runService({
  app,
  hostname: config.REALM_HOST,
  port: config.REALM_PORT,
  metrics: metricsAt(metrics, config.REALM_METRICS_HOST, config.REALM_METRICS_PORT),
  readiness,
  lingerMs: config.REALM_LINGER_MS,
  startJobs: () => [
    startRepeating(sweepAndTell, { job: 'sweep', intervalMs: config.REALM_SWEEP_INTERVAL_MS, logger }),
    startRepeating(() => buckets.removeFull(Date.now()), { job: 'rate limits', intervalMs: 60_000, logger }),
    startRepeating(advanceMark, { job: 'mark', intervalMs: config.REALM_SWEEP_INTERVAL_MS, logger }),
  ],
  close: database.close,
  logger,
});
