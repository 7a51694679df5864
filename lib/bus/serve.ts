/** The background's side of the wallet table: who asks is checked, what is asked is parsed, then a handler runs. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { isWalletMessage, type WalletHandlers, type WalletMessage, walletTable } from './protocol';
import { replyOf } from './reply';
import type { BackgroundTransport, Sender } from './transport';

const envelope = z.strictObject({ name: z.custom<WalletMessage>(isWalletMessage), input: z.unknown() });

/**
 * Answers every call on `transport`. Refused with `bad-message`: an unknown name, an input outside its schema,
 * a sender that is not a page of the extension.
 */
export function serveWallet(transport: BackgroundTransport, handlers: WalletHandlers): void {
  transport.onCall((message, sender) => replyOf(() => answer(handlers, message, sender)));
}

async function answer(handlers: WalletHandlers, message: unknown, sender: Sender): Promise<unknown> {
  if (!sender.ownPage) throw new WalletError('bad-message', { reason: 'sender' });
  const parsed = envelope.safeParse(message);
  if (!parsed.success) throw new WalletError('bad-message', { reason: 'unknown' });
  return run(handlers, parsed.data.name, parsed.data.input);
}

async function run<M extends WalletMessage>(handlers: WalletHandlers, name: M, raw: unknown): Promise<unknown> {
  const input = walletTable[name].input.safeParse(raw);
  if (!input.success) throw new WalletError('bad-message', { reason: name });
  return handlers[name](input.data as Parameters<WalletHandlers[M]>[0]);
}
