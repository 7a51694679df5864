/** Questions and answers over a WebSocket, as Blockbook has them: `{id, method, params}` and `{id, data}`. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { LONGEST_ANSWER } from './answers';

/** The part of a WebSocket that is used. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;

export interface SocketLine {
  /**
   * Opens the line if it is not open.
   * @throws LineRefusal if the server refuses; WalletError `chain-unreachable` if it does not answer in time or the line
   *   breaks, `party-misbehaved` if an answer is too long or of another shape
   */
  ask(method: string, params: object): Promise<unknown>;
  close(): void;
}

/** A server's own no. Its text goes no further than the client. */
export class LineRefusal extends Error {
  override readonly name = 'LineRefusal';
  readonly text: string;

  constructor(text: string) {
    super('refused');
    this.text = text;
  }
}

export interface LineParts {
  /** A new connection to the server. */
  readonly connect: () => Socket;
  readonly timeoutMs: number;
}

const envelope = z.object({ id: z.string(), data: z.unknown() });
const refusal = z.object({ error: z.object({ message: z.string() }) });

interface Waiting {
  resolve(data: unknown): void;
  reject(error: Error): void;
}

interface OpenLine {
  readonly ready: Promise<Socket>;
  readonly waiting: Map<string, Waiting>;
}

export function socketLine({ connect, timeoutMs }: LineParts): SocketLine {
  let open: OpenLine | null = null;
  let asked = 0;

  const end = (line: OpenLine, error: WalletError): void => {
    if (open === line) open = null;
    for (const { reject } of line.waiting.values()) reject(error);
    line.waiting.clear();
    void line.ready.then((socket) => socket.close()).catch(() => undefined);
  };

  const start = (): OpenLine => {
    const socket = connect();
    const waiting = new Map<string, Waiting>();
    const ready = new Promise<Socket>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(socket));
      socket.addEventListener('close', () => reject(new WalletError('chain-unreachable')));
    });
    const line = { ready, waiting };
    ready.catch(() => undefined);
    socket.addEventListener('error', () => end(line, new WalletError('chain-unreachable')));
    socket.addEventListener('close', () => end(line, new WalletError('chain-unreachable')));
    socket.addEventListener('message', ({ data }: MessageEvent) => {
      try {
        answer(waiting, data);
      } catch {
        end(line, new WalletError('party-misbehaved', { reason: 'answer' }));
      }
    });
    return line;
  };

  return {
    ask: async (method, params) => {
      const line = open ?? start();
      open = line;
      asked += 1;
      const id = String(asked);
      return new Promise<unknown>((resolve, reject) => {
        const late = setTimeout(() => end(line, new WalletError('chain-unreachable')), timeoutMs);
        const settle = (work: () => void) => {
          clearTimeout(late);
          work();
        };
        line.waiting.set(id, {
          resolve: (data) => settle(() => resolve(data)),
          reject: (error) => settle(() => reject(error)),
        });
        line.ready
          .then((socket) => socket.send(JSON.stringify({ id, method, params })))
          .catch(() => end(line, new WalletError('chain-unreachable')));
      });
    },
    close: () => {
      if (open) end(open, new WalletError('chain-unreachable'));
    },
  };
}

/** Answers to nobody's question are what subscriptions send; there are none here. @throws for anything else */
function answer(waiting: Map<string, Waiting>, text: unknown): void {
  if (typeof text !== 'string' || text.length > LONGEST_ANSWER) throw new RangeError('answer');
  const { id, data } = envelope.parse(JSON.parse(text));
  const one = waiting.get(id);
  waiting.delete(id);
  const { success, data: refused } = refusal.safeParse(data);
  if (success) one?.reject(new LineRefusal(refused.error.message));
  else one?.resolve(data);
}
