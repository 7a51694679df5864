/** Questions and answers in both directions over one line. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { reply, replyOf } from './reply';
import type { Channel } from './transport';

const message = z.union([
  z.object({ ask: z.int(), name: z.string(), input: z.unknown() }),
  z.object({ answer: z.int(), reply }),
]);

export interface Duplex {
  /** @throws WalletError what the other end answers; `interrupted` if the line breaks before that */
  ask(name: string, input: unknown): Promise<unknown>;
  /** How many questions have no answer yet. */
  waiting(): number;
  /** Closes the line; who waits is told `interrupted`. */
  close(): void;
}

interface Waiting {
  resolve(output: unknown): void;
  reject(error: WalletError): void;
}

/** @param answer what this end says to the other's questions; what it throws crosses as code and facts */
export function duplex(channel: Channel, answer: (name: string, input: unknown) => Promise<unknown>): Duplex {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let open = true;

  channel.onMessage((raw) => {
    const { success, data } = message.safeParse(raw);
    if (!success) return;
    if ('ask' in data) {
      void replyOf(() => answer(data.name, data.input)).then((answered) =>
        channel.post({ answer: data.ask, reply: answered }),
      );
      return;
    }
    const one = waiting.get(data.answer);
    waiting.delete(data.answer);
    if (data.reply.ok) one?.resolve(data.reply.output);
    else one?.reject(new WalletError(data.reply.error.code, data.reply.error.details));
  });
  const end = (): void => {
    open = false;
    for (const { reject } of waiting.values()) reject(new WalletError('interrupted'));
    waiting.clear();
  };
  channel.onClose(end);

  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        if (!open) return reject(new WalletError('interrupted'));
        asked += 1;
        waiting.set(asked, { resolve, reject });
        channel.post({ ask: asked, name, input });
      }),
    waiting: () => waiting.size,
    close: () => {
      channel.close();
      end();
    },
  };
}
