import type { SendMessage, WalletHandlers } from '@/lib/bus/protocol';
import { addressOf } from './address-of';
import type { Wallet } from './compose';

/** What pages say about payments. `use` is that of all handlers: an open wallet, and a new picture. */
export function sendHandlers(
  wallet: Wallet,
  use: <Output>(work: () => Promise<Output>) => Promise<Output>,
): Pick<WalletHandlers, SendMessage> {
  const { keyring, sending, tokens, cells, registry, follow, signSoon } = wallet;
  return {
    'recipient.find': ({ chainId, text }) => use(async () => (await registry.get(chainId)).findRecipient(text)),
    'send.prepare': ({ account, token, ...form }) =>
      use(async () => {
        const quote = await sending.prepare({
          ...form,
          account,
          from: await addressOf(keyring, account),
          token: token === null ? null : await tokens.find(form.chainId, token),
        });
        signSoon();
        return quote;
      }),
    'send.replace': (form) => use(() => sending.prepareReplacement(form)),
    'send.keep-draft': ({ draft }) =>
      use(async () => {
        await (draft ? cells.sendDraft.write(draft) : cells.sendDraft.remove());
        return {};
      }),
    'send.confirm': async ({ quoteId }) => {
      const sent = await use(() => confirm(wallet, quoteId));
      void follow();
      return { hash: sent?.hash ?? null };
    },
  };
}

/**
 * The draft goes before the payment does: whatever stops the background on the way, nobody finds what was sent as if
 * it still had to be. What is refused is there again.
 */
async function confirm({ sending, cells, keyring }: Wallet, quoteId: string): ReturnType<Wallet['sending']['confirm']> {
  const isReplacement = Boolean((await cells.quote.read())?.replaces);
  const draft = isReplacement ? null : await cells.sendDraft.read();
  if (draft === null) return sending.confirm(quoteId);
  await cells.sendDraft.remove();
  try {
    return await sending.confirm(quoteId);
  } catch (error) {
    if (await keyring.isUnlocked()) await cells.sendDraft.write(draft);
    throw error;
  }
}
