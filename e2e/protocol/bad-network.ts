/**
 * A TCP proxy on loopback that does to connections what networks do: it delays, resets before and after the server has
 * heard, cuts answers in half, and lets connections hang half-open.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export const FAULTS = ['delay', 'reset', 'reset-after', 'cut', 'half-open'] as const;
export type Fault = (typeof FAULTS)[number];

export interface BadNetwork {
  readonly port: number;
  /** How often each was done. */
  readonly done: Readonly<Record<Fault, number>>;
  /** From now on nothing is done, and nothing hangs any more. */
  calm(): void;
  stop(): Promise<void>;
}

export interface BadNetworkOptions {
  readonly targetPort: number;
  /** Of 1, for each piece that a client sends; half of it are delays. */
  readonly share: number;
  /** Longest delay. */
  readonly delayMs: number;
  /** 0 to 1, as `Math.random`. */
  readonly random: () => number;
}

/** What happens to the piece that is under way on one connection. */
type Fate = Fault | null;

export async function startBadNetwork(options: BadNetworkOptions): Promise<BadNetwork> {
  const { targetPort, share, delayMs, random } = options;
  const done: Record<Fault, number> = { delay: 0, reset: 0, 'reset-after': 0, cut: 0, 'half-open': 0 };
  const open = new Set<Socket>();
  const hanging = new Set<Socket>();
  let isCalm = false;

  const nextFate = (): Fate => {
    if (isCalm || random() >= share) return null;
    const fault = random() < 0.5 ? 'delay' : (FAULTS[1 + Math.floor(random() * (FAULTS.length - 1))] ?? 'reset');
    done[fault] += 1;
    return fault;
  };

  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    const pair = [client, upstream];
    let fate: Fate = null;
    const end = () => {
      for (const socket of pair) socket.resetAndDestroy();
    };
    for (const socket of pair) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        hanging.delete(socket);
        end();
      });
    }
    client.on('data', (piece) => {
      if (fate === 'half-open') return;
      fate = nextFate();
      if (fate === 'reset') return end();
      if (fate === 'half-open') return void hanging.add(client);
      if (fate !== 'delay') return void upstream.write(piece);
      client.pause();
      setTimeout(() => {
        upstream.write(piece);
        client.resume();
      }, random() * delayMs);
    });
    upstream.on('data', (piece) => {
      if (fate === 'half-open') return;
      if (fate === 'reset-after') return end();
      if (fate !== 'cut') return void client.write(piece);
      client.write(piece.subarray(0, Math.floor(piece.length / 2)), end);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    done,
    calm: () => {
      isCalm = true;
      for (const socket of hanging) socket.resetAndDestroy();
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
