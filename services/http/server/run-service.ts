import { NewerDatabase } from '@/services/http/database/database';
import type { Logger } from '@/services/http/server/logger';
import type { Metrics } from '@/services/http/server/metrics';
import type { Readiness } from '@/services/http/server/readiness';
import type { Repeating } from '@/services/http/server/repeating';
import { type FetchApp, runUntilSignal, startServer } from '@/services/http/server/server';

export interface Service {
  readonly app: FetchApp;
  readonly hostname: string;
  /** 0 asks the system for a free one. */
  readonly port: number;
  /** Where `GET /metrics` is served; absent: nowhere. */
  readonly metrics?: { readonly app: Metrics['app']; readonly hostname: string; readonly port: number } | undefined;
  /** Told that the server stops, before it stops. */
  readonly readiness: Readiness;
  /** How long a stopping server still accepts connections. */
  readonly lingerMs: number;
  /** Started once the server listens. */
  readonly startJobs: () => readonly Repeating[];
  /** Ends what requests and jobs used; the last step. */
  readonly close: () => Promise<void>;
  readonly logger: Logger;
}

/**
 * Serves until SIGTERM or SIGINT, and then stops in the order in which nothing loses its ground: readiness, requests, jobs,
 * database, metrics.
 * @throws Error with code EADDRINUSE or EACCES when the address cannot be used.
 */
export async function runService(service: Service): Promise<void> {
  const { app, hostname, port, metrics, readiness, lingerMs, startJobs, close, logger } = service;
  const told = metrics && (await startServer(metrics.app, { ...metrics, logger, announcement: 'metrics' }));
  const server = await startServer(app, { hostname, port, logger, lingerMs });
  const jobs = startJobs();
  await runUntilSignal(logger, async () => {
    readiness.stop();
    await server.stop();
    await Promise.all(jobs.map((job) => job.stop()));
    await close();
    await told?.stop();
  });
}

/** For `.catch` of a step without which there is no start: prints the message and ends the process with status 2. */
export function exitUnusable(error: Error): never {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}

/** The same for a database that a newer version has migrated; a database that is away is worth another start. */
export function exitIfNewer(error: Error): never {
  if (error instanceof NewerDatabase) exitUnusable(error);
  throw error;
}
