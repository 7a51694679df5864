/** WebDriver BiDi (W3C working draft) over a WebSocket: commands with their answers, and events. */
import { once } from 'node:events';
import WebSocket from 'ws';

export interface Bidi {
  /** @throws BidiError what the browser says, Error when the connection is closed */
  send<Result = unknown>(method: string, params: object): Promise<Result>;
  /** Only what `session.subscribe` asked for comes. */
  on<Params>(event: string, listener: (params: Params) => void): void;
  close(): void;
}

/** A command that the browser refused. */
export class BidiError extends Error {
  override readonly name = 'BidiError';
  /** Of the list in the specification, such as `no such frame`. */
  readonly code: string;

  constructor(method: string, code: string, message: string) {
    super(`${method}: ${code}: ${message}`);
    this.code = code;
  }
}

interface Message {
  readonly type: 'success' | 'error' | 'event';
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** @param url of the session, such as `ws://127.0.0.1:9222/session` */
export async function connectBidi(url: string): Promise<Bidi> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, ((params: never) => void)[]>();
  let lastId = 0;

  const settle = ({ id = -1, type, result, error = '', message = '' }: Message) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (type === 'error') one?.reject(new BidiError(one.method, error, message));
    else one?.resolve(result as never);
  };
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.type !== 'event') return settle(message);
    for (const listener of listeners.get(message.method ?? '') ?? []) listener(message.params as never);
  });
  socket.on('close', () => {
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the browser is gone`));
    waiting.clear();
  });
  return {
    send: (method, params) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error(`${method}: the browser is gone`));
        lastId += 1;
        waiting.set(lastId, { method, resolve, reject });
        socket.send(JSON.stringify({ id: lastId, method, params }));
      }),
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    close: () => socket.close(),
  };
}
