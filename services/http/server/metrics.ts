import { Hono } from 'hono';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ObservedRequest } from '@/services/http/api/app';

/** Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface GaugeOptions {
  /** Without the prefix `halfkey_`. */
  readonly name: string;
  readonly help: string;
  /** Asked whenever the metrics are read. */
  readonly read: () => number | Promise<number>;
}

export interface Metrics {
  /** Counts a request by method, route and status: never by anything that names somebody. */
  readonly observe: (request: ObservedRequest) => void;
  addGauge(gauge: GaugeOptions): void;
  /** `GET /metrics` in the text format of Prometheus, to be served on a port of its own. */
  readonly app: Hono;
}

/** Metrics of one process: its requests, its memory and event loop, and what a service adds. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'halfkey_http_request_duration_seconds',
    help: 'How long requests took until their answer was ready, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const app = new Hono();
  app.get('/metrics', async (c) => c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }));
  return {
    app,
    observe: ({ method, route, status, durationMs }) =>
      durations.observe({ method, route, status: String(status) }, durationMs / 1000),
    addGauge: ({ name, help, read }) => {
      new Gauge({
        name: `halfkey_${name}`,
        help,
        registers: [registry],
        async collect() {
          this.set(await read());
        },
      });
    },
  };
}

/** Where metrics are served; nowhere without a port. */
export const metricsAt = ({ app }: Metrics, hostname: string, port: number | undefined) =>
  port === undefined ? undefined : { app, hostname, port };
