/** The relay as one application: everything it needs is handed in, so that it also runs inside a test. */
import type { Hono } from 'hono';
import { createServiceApp, type ServiceAppOptions, type ServiceEnv } from '@/services/http/api/app';
import { allowOrigins } from '@/services/http/api/cors';
import type { ApiDescription } from '@/services/http/api/openapi';
import { type Limits, NO_LIMITS } from '@/services/http/limits/limits';
import { createDpopVerifier } from '@/services/http/sessions/dpop';
import { deliverNotices, sweep } from './notices';
import * as operations from './operations';
import { browserRoutes, programRoutes, type RelayParts } from './routes';

const MAX_BODY_BYTES = 16 * 1024;

const { STATUS, ...own } = operations;

const relayApi: ApiDescription = {
  title: 'Halfkey relay',
  description: 'Hands the code of a sign-in to the device that began it, where a provider cannot answer an extension.',
  operations: Object.values(own),
  statusOf: STATUS,
};

/** `readiness`, `observe`, `logger`: as for every service. */
export interface RelayAppOptions extends Omit<RelayParts, 'dpop'>, Pick<ServiceAppOptions, 'readiness' | 'observe'> {
  /** 32 bytes, for DPoP nonces; the same in all processes. */
  readonly nonceKey: Uint8Array;
  /** See `allowOrigins`. */
  readonly corsOrigins: readonly string[];
  /** Absent: none, for parties within one process. */
  readonly limits?: Pick<Limits, 'perAddress'>;
}

export interface RelayApp {
  readonly app: Hono<ServiceEnv>;
  /** Passes on what is due; safe at any time, and repeatedly. */
  deliverNotices(): Promise<void>;
  /** Forgets what has expired. */
  sweep(): Promise<void>;
}

export function createRelayApp(options: RelayAppOptions): RelayApp {
  const { externalUrl, nonceKey, store, now, limits = NO_LIMITS } = options;
  const parts = { ...options, dpop: createDpopVerifier({ externalUrl, nonceKey, store, now }) };
  const app = createServiceApp({ ...options, maxBodyBytes: MAX_BODY_BYTES, api: relayApi });
  app.use(operations.redeem.path, allowOrigins(options.corsOrigins));
  app.route('/', browserRoutes(parts, limits.perAddress));
  app.route('/', programRoutes(parts, limits.perAddress));
  return { app, deliverNotices: () => deliverNotices(parts), sweep: () => sweep(parts) };
}
