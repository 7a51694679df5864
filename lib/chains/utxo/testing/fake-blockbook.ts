/** A server that speaks as Blockbook does, on a free port: what it answers is up to the test. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Socket } from '../backend/socket-line';

/** Answers by method; a string is sent as it is, `hang-up` ends the line, undefined says nothing. */
export type Answers = Readonly<Record<string, (params: Record<string, unknown>) => unknown>>;

export interface FakeBlockbook {
  readonly asked: { readonly method: string; readonly params: Record<string, unknown> }[];
  readonly lines: () => number;
  connect(): Socket;
  close(): Promise<void>;
}

export const HANG_UP = Symbol('hang up');

export async function fakeBlockbook(answers: Answers): Promise<FakeBlockbook> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const asked: FakeBlockbook['asked'] = [];
  let lines = 0;
  server.on('connection', (socket) => {
    lines += 1;
    socket.on('message', (message) => {
      const { id, method, params } = JSON.parse(String(message));
      asked.push({ method, params });
      const data = answers[method]?.(params);
      if (data === HANG_UP) socket.terminate();
      else if (typeof data === 'string') socket.send(data);
      else if (data !== undefined) socket.send(JSON.stringify({ id, data }));
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    lines: () => lines,
    connect: () => new WebSocket(`ws://127.0.0.1:${port}`) as unknown as Socket,
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
