/** What stands in front of several processes of one server: each request goes to one of them, by chance. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

export interface Balancer {
  /** From now on these ports; requests that are under way end where they are. */
  send(ports: readonly number[]): void;
  /** How many requests each port has answered. */
  readonly answered: ReadonlyMap<number, number>;
  stop(): void;
}

/** Listens at the port of `url`. Each request is a connection of its own: none can be cut while it is idle. */
export async function startBalancer(url: string, first: readonly number[]): Promise<Balancer> {
  let ports = [...first];
  const answered = new Map<number, number>();
  const forward = (port: number, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse) =>
    new Promise<'answered' | 'refused'>((resolve) => {
      const { method, url: path, headers } = incoming;
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
      sent.on('error', () => resolve('refused'));
      sent.on('response', (answer) => {
        answered.set(port, (answered.get(port) ?? 0) + 1);
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', () => outgoing.destroy());
        resolve('answered');
      });
      sent.end(body);
    });
  const server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece);
    const port = ports[Math.floor(Math.random() * ports.length)] ?? 0;
    // Nothing is sent twice: what a process that stops does not answer is an error that the test counts.
    if ((await forward(port, incoming, Buffer.concat(pieces), outgoing)) === 'refused') outgoing.writeHead(502).end();
  });
  server.listen(Number(new URL(url).port), '127.0.0.1');
  await once(server, 'listening');
  return {
    send: (next) => {
      ports = [...next];
    },
    answered,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
