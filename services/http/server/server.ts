import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from '@/services/http/server/logger';

const DRAIN_TIMEOUT_MS = 25_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Node looks this often for connections that are too slow. */
const SLOW_CHECK_MS = 2_000;
/** How long a connection that was just accepted may take to bring its request, once the server stops. */
const ON_ITS_WAY_MS = 100;
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * A device hashes its PIN between two requests to a realm, for seconds on a slow machine, and sends the second, a guess,
 * only once: the connection it left idle must still be there. Also longer than what proxies in front keep theirs.
 */
const KEEP_ALIVE_MS = 75_000;

/** Anything with the `fetch` of a Hono application. */
export interface FetchApp {
  /** @param bindings what the application finds as `c.env`: `incoming`, of Node */
  fetch(request: Request, bindings?: object): Response | Promise<Response>;
}

export interface StartServerOptions {
  hostname: string;
  /** 0 asks the system for a free one. */
  port: number;
  logger: Logger;
  /** What the log says once it listens; `listening` when absent. */
  announcement?: string;
  /** How long a stopping server still accepts connections: until who sends requests has noticed. 0 when absent. */
  lingerMs?: number;
  drainTimeoutMs?: number;
  /**
   * The process is there for servers alone: the adapter puts its own Request and Response in place of the global ones, and
   * an answer goes out without a stream being made of it and read again. Not when absent.
   */
  ownsProcess?: boolean;
  /** How long the headers of a request, and a whole request, may take to arrive; 10 and 30 s when absent. */
  patience?: { readonly headersMs: number; readonly requestMs: number };
}

export interface RunningServer {
  /** Address to reach it on this machine, without a final slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Tells with each answer that the connection ends, and after `lingerMs` accepts nothing new; lets requests in flight
   * finish (25 s at most), then closes. May be called again.
   */
  stop(): Promise<void>;
}

/**
 * Serves an application over HTTP.
 * @throws Error with code EADDRINUSE or EACCES when the address cannot be used.
 */
export async function startServer(app: FetchApp, options: StartServerOptions): Promise<RunningServer> {
  const { headersMs, requestMs } = options.patience ?? { headersMs: HEADERS_TIMEOUT_MS, requestMs: REQUEST_TIMEOUT_MS };
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(SLOW_CHECK_MS, headersMs),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    getRequestListener((request, bindings) => app.fetch(request, bindings), {
      overrideGlobalObjects: options.ownsProcess ?? false,
    }),
  );
  server.listen(options.port, options.hostname);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = gracefulStop(server, options);
  options.logger.info({ hostname: options.hostname, port }, options.announcement ?? 'listening');
  return { url: `http://${urlHost(options.hostname)}:${port}`, port, stop };
}

function urlHost(hostname: string): string {
  if (hostname === '0.0.0.0' || hostname === '::') return '127.0.0.1';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

/**
 * A connection that is kept alive may carry the next request at the very moment at which it is closed, and that request
 * is lost. So nothing is closed that has not been told with its last answer, as long as `lingerMs` lasts.
 */
function gracefulStop(server: Server, options: Pick<StartServerOptions, 'drainTimeoutMs' | 'lingerMs'>) {
  const { drainTimeoutMs = DRAIN_TIMEOUT_MS, lingerMs = 0 } = options;
  const unanswered = new Set<ServerResponse>();
  let stopped: Promise<void> | undefined;
  let cutting: 'cuts idle connections' | undefined;
  const cutIdle = () => {
    cutting = 'cuts idle connections';
    server.closeIdleConnections();
  };
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    unanswered.add(response);
    if (stopped) response.shouldKeepAlive = false;
    response.once('close', () => {
      unanswered.delete(response);
      // A connection kept alive would hold the server open after its last answer.
      if (cutting) setImmediate(() => server.closeIdleConnections());
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
      // `close` of an HTTP server would also cut what it takes for idle: a new connection whose request is on its way.
      NetServer.prototype.close.call(server, () => {
        clearTimeout(timer);
        resolve();
      });
      if (lingerMs > 0) setTimeout(cutIdle, ON_ITS_WAY_MS);
      else cutIdle();
    });
  return () => {
    for (const response of unanswered) response.shouldKeepAlive = false;
    stopped ??= (lingerMs > 0 ? delay(lingerMs) : Promise.resolve()).then(close);
    return stopped;
  };
}

/**
 * Waits for SIGTERM or SIGINT, then runs `stop`; a second signal ends the process at once.
 * @returns when stopped; the process then ends by itself if nothing else holds it.
 */
export async function runUntilSignal(logger: Logger, stop: () => Promise<void>): Promise<void> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  for (const again of ['SIGTERM', 'SIGINT'] as const) process.on(again, () => process.exit(1));
  logger.info({ signal }, 'stopping');
  await stop();
  logger.info('stopped');
}
