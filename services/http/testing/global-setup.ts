import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BROKER_URL, createDatabase, startPostgres, type TestPostgres } from '@/services/http/testing/postgres';

/**
 * Vitest global setup: hands a new PostgreSQL database to each test file that asks (`createTestDatabase`). One server
 * serves the whole run, and is started only when the first one asks.
 */
export default async function setup(): Promise<() => Promise<void>> {
  let postgres: Promise<TestPostgres> | undefined;
  const broker = createServer(async (_request, response) => {
    try {
      postgres ??= startPostgres();
      response.end(await createDatabase((await postgres).url));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  broker.listen(0, '127.0.0.1');
  await once(broker, 'listening');
  process.env[BROKER_URL] = `http://127.0.0.1:${(broker.address() as AddressInfo).port}/`;
  return async () => {
    broker.close();
    broker.closeAllConnections();
    await postgres?.then((server) => server.stop()).catch(() => undefined);
  };
}
