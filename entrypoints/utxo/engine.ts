/** What the engine is handed of the place where it runs. */
import { config } from '@/config';
import { isCustomNode } from '@/config/origins';
import type { Channel } from '@/lib/bus/transport';
import { serveEngine } from '@/lib/utxo/serve';

const world = {
  connect: (url: string) => new WebSocket(url),
  fetch: ((input, init) => fetch(input, init)) satisfies typeof globalThis.fetch,
  mayReach: (url: URL) => isCustomNode(config, url),
  random: (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length)),
  now: () => Date.now(),
};

export const serve = (line: Channel): void => serveEngine(line, world, setInterval);
