/** Clients that take as long as they can, and send as much as they can. */
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** How a connection ended: the status it was answered with, or 0 without an answer. */
export interface RudeEnd {
  readonly status: number;
  /** Sent before the end. */
  readonly bytes: number;
  readonly afterMs: number;
}

export type Rudeness = 'slow headers' | 'slow body' | 'giant body' | 'endless body' | 'giant header' | 'gzip bomb';

export interface RudeRequest {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const PIECE = Buffer.alloc(64 * 1024, 'x');
const GIANT_BYTES = 10 * 1024 * 1024;
const DRIP_MS = 50;
/** 64 MiB of zeros. */
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));

const headOf = ({ path, headers }: RudeRequest, more: readonly string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    'host: x',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...more,
  ].join('\r\n');

/** @returns how the server ended it */
export function beRude(how: Rudeness, request: RudeRequest): Promise<RudeEnd> {
  return new Promise((resolve) => {
    const startedAtMs = performance.now();
    const socket = connect(request.port, '127.0.0.1');
    let [status, bytes] = [0, 0];
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      clearInterval(timer);
      socket.destroy();
      resolve({ status, bytes, afterMs: performance.now() - startedAtMs });
    };
    const send = (data: Buffer | string) => {
      bytes += data.length;
      return socket.write(data);
    };
    socket.on('data', (data) => {
      status ||= Number(/^HTTP\/1\.1 (\d+)/.exec(String(data))?.[1] ?? 0);
      if (!how.startsWith('slow')) end();
    });
    socket.on('error', () => undefined);
    socket.on('close', end);
    const drip = () => {
      timer = setInterval(() => send('x'), DRIP_MS);
    };
    switch (how) {
      case 'slow headers':
        send(headOf(request, ['x-slow: ']));
        return drip();
      case 'slow body':
        send(`${headOf(request, ['content-length: 2000'])}\r\n\r\n`);
        return drip();
      case 'giant body':
        send(`${headOf(request, [`content-length: ${GIANT_BYTES}`])}\r\n\r\n`);
        return pour(socket, GIANT_BYTES, (piece) => send(piece));
      case 'endless body':
        send(`${headOf(request, ['transfer-encoding: chunked'])}\r\n\r\n`);
        return pour(socket, Number.POSITIVE_INFINITY, (piece) => {
          send(`${piece.length.toString(16)}\r\n`);
          send(piece);
          return send('\r\n');
        });
      case 'giant header':
        return void send(`${headOf(request, [`x-giant: ${'x'.repeat(1024 * 1024)}`])}\r\n\r\n`);
      case 'gzip bomb':
        send(`${headOf(request, ['content-encoding: gzip', `content-length: ${BOMB.length}`])}\r\n\r\n`);
        return void send(BOMB);
    }
  });
}

/** As fast as the other side takes it. */
function pour(socket: Socket, total: number, send: (piece: Buffer) => boolean): void {
  let left = total;
  const go = () => {
    while (left > 0 && !socket.destroyed) {
      left -= PIECE.length;
      if (!send(PIECE)) return void socket.once('drain', go);
    }
  };
  socket.once('connect', go);
}
