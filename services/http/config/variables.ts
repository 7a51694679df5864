/** Variables that several servers read from their environment, with what a wrong one should be. */
import { z } from 'zod';
import { fromHex } from '@/lib/bytes';

/** Where to listen. */
export const hostVariable = z.string().min(1).default('127.0.0.1').describe('the address to listen on');

export const portVariable = (usual: number) =>
  z.coerce.number().int().min(0).max(65_535).default(usual).describe('a port, or 0 for a free one');

/** An http or https address, without its final slashes. */
export const addressVariable = (what: string) =>
  z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .describe(what);

export const folderVariable = (usual: string, what: string) => z.string().min(1).default(usual).describe(what);

export const databaseUrlVariable = z
  .string()
  .min(1)
  .optional()
  .describe('postgres://user:password@host:port/database, PostgreSQL 15 or later; wins over the folder');

export const connectionsVariable = z.coerce
  .number()
  .int()
  .min(1)
  .max(1000)
  .default(10)
  .describe('the size of the pool, 1 to 1000');

/** In production a server refuses to start on what may lose something that it acknowledged. */
export const modeVariable = z
  .enum(['development', 'production'])
  .default('development')
  .describe('development or production');

/** How often a job runs, in ms. */
export const intervalMsVariable = (usualMs: number) =>
  z.coerce.number().int().min(100).max(3_600_000).default(usualMs).describe('how often it runs, 100 to 3600000 ms');

/** An Ed25519 public key as 64 hex digits. */
export const publicKeyVariable = (whose: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform(fromHex)
    .describe(`64 hex digits: ${whose} (Ed25519)`);

/** Where Prometheus reads: a port of its own, so that it can be closed to the world. */
export const metricsPortVariable = z.coerce
  .number()
  .int()
  .min(0)
  .max(65_535)
  .optional()
  .describe('a port for GET /metrics, 0 for a free one; nothing serves them without');

export const metricsHostVariable = z
  .string()
  .min(1)
  .default('127.0.0.1')
  .describe('the address that metrics listen on');

/** Of a token bucket that holds one minute's worth. */
export const perMinuteVariable = (usual: number, what: string) =>
  z.coerce.number().int().min(1).max(1_000_000).default(usual).describe(`${what} a minute, 1 to 1000000`);

export const proxiesVariable = z.coerce
  .number()
  .int()
  .min(0)
  .max(8)
  .default(0)
  .describe('how many proxies of yours stand in front and add to X-Forwarded-For, 0 to 8');

export const lingerMsVariable = z.coerce
  .number()
  .int()
  .min(0)
  .max(60_000)
  .default(500)
  .describe('how long a stopping server still accepts connections, 0 to 60000 ms');

export const logLevelVariable = z
  .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  .default('info')
  .describe('trace, debug, info, warn, error, fatal or silent');
