/** The end of a local HTTP bridge, as trezord answers: enumerate, acquire, release, post, read; only to origins it knows. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cable } from './pipe';
import { createAssembler, type Message, toReports } from './wire';

export interface BridgeEnd {
  readonly url: string;
  close(): Promise<void>;
}

export interface BridgeEndOptions {
  /** Whether a page of this origin is answered. */
  readonly knows?: (origin: string | undefined) => boolean;
  /** Of the system's choice without one. */
  readonly port?: number;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

const fromBody = (text: string): Message => {
  const bytes = Buffer.from(text, 'hex');
  return { type: bytes.readUInt16BE(0), payload: new Uint8Array(bytes.subarray(6)) };
};

function toBody({ type, payload }: Message): string {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(type, 0);
  head.writeUInt32BE(payload.length, 2);
  return Buffer.concat([head, payload]).toString('hex');
}

export async function serveBridge(
  cable: Cable,
  { knows = () => true, port: wanted = 0 }: BridgeEndOptions = {},
): Promise<BridgeEnd> {
  let session: string | null = null;
  let sessions = 0;
  const read = async (): Promise<Message> => {
    const assemble = createAssembler();
    for (;;) {
      const received = assemble(await cable.read());
      if (received !== undefined && received !== 'too-big') return received;
    }
  };
  const answer = async (request: IncomingMessage): Promise<string> => {
    const [, verb = '', ...rest] = (request.url ?? '').split('/');
    if (verb === '' || verb === 'configure') return JSON.stringify({ version: '2.0.33' });
    if (verb === 'enumerate')
      return JSON.stringify(cable.plugged ? [{ path: '1', session, vendor: 0x1209, product: 0x53c1 }] : []);
    if (verb === 'acquire') {
      if (rest[1] !== (session ?? 'null')) throw new Error('wrong previous session');
      sessions += 1;
      session = String(sessions);
      return JSON.stringify({ session });
    }
    if (session === null || rest[0] !== session) throw new Error('session not found');
    if (verb === 'release') session = null;
    else if (verb === 'read') return toBody(await read());
    else if (verb === 'post') for (const report of toReports(fromBody(await bodyOf(request)))) cable.write(report);
    else throw new Error('not found');
    return '{}';
  };
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const { origin } = request.headers;
    if (!knows(origin)) {
      response.writeHead(403).end();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin ?? '*');
    answer(request).then(
      (text) => response.end(text),
      (error: Error) =>
        response.writeHead(400).end(JSON.stringify({ error: error.message || 'device disconnected during action' })),
    );
  };
  const server = createServer(serve).listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      cable.unplug();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
