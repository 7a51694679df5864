/** A source of prices for tests: one price for one ether, and a note of who asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PriceServer {
  readonly origin: string;
  /** Of `GET /simple/price`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Dollars for one ether. */
export const ETHER_USD = 2_000;

export async function startPriceServer(): Promise<PriceServer> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ethereum: { usd: ETHER_USD, eur: ETHER_USD } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/simple/price`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
