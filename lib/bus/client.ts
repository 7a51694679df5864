/** The page's side of the wallet table: typed calls; errors arrive as `WalletError`. */
import { WalletError } from '@/lib/errors';
import { type InputOf, type OutputOf, type WalletMessage, walletTable } from './protocol';
import { reply } from './reply';
import type { PageTransport } from './transport';

export interface WalletClient {
  /** @throws WalletError with the code that the background answered; `unexpected` if it died while it worked */
  call<M extends WalletMessage>(name: M, input: InputOf<M>): Promise<OutputOf<M>>;
}

export function createClient(transport: PageTransport): WalletClient {
  return {
    call: async (name, input) => {
      const answer = reply.safeParse(await transport.call({ name, input }).catch(() => undefined));
      if (!answer.success) throw new WalletError('unexpected', { reason: 'no-answer' });
      if (!answer.data.ok) throw new WalletError(answer.data.error.code, answer.data.error.details);
      return outputOf(name, answer.data.output);
    },
  };
}

function outputOf<M extends WalletMessage>(name: M, output: unknown): OutputOf<M> {
  const parsed = walletTable[name].output.safeParse(output);
  if (!parsed.success) throw new WalletError('bad-message', { reason: name });
  return parsed.data as OutputOf<M>;
}
