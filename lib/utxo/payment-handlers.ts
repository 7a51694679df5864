/** Payments, history, messages, PSBT, devices: what pages say about them. */
import type { UtxoHandlers } from '@/lib/bus/utxo/table';
import { utxoSendDraft } from '@/lib/bus/utxo/table';
import { COINS } from '@/lib/chains/utxo/coins';
import { messageRequest, messageSignature, verifyMessage } from '@/lib/chains/utxo/message';
import { WalletError } from '@/lib/errors';
import type { OfAccount } from './book';
import { csvOf } from './csv';
import { checkMessage, rawOf } from './device';
import type { UtxoParts } from './parts';
import { readRates } from './rates';
import type { QuoteRecord } from './records';
import { coinText, readRequest } from './request';

type Message =
  | 'address.check'
  | 'fees.list'
  | `send.${string}`
  | `history.${string}`
  | `message.${string}`
  | `psbt.${string}`
  | 'device.work'
  | 'device.deliver'
  | 'device.refuse';

export function paymentHandlers(parts: UtxoParts): Pick<UtxoHandlers, Extract<keyof UtxoHandlers, Message>> {
  const { deps, servers, quotes, sending, history, psbts, jobs } = parts;
  const draft = deps.open('session', 'draft', utxoSendDraft);
  const onDevice = async (walletId: string) => (await deps.signsBy(walletId)) === 'device';

  /** Signed by the wallet itself, or asked of a device. */
  const signed = async (quote: QuoteRecord, after: 'send' | 'psbt'): Promise<Uint8Array | { job: string }> =>
    (await onDevice(quote.walletId))
      ? { job: await jobs.begin({ kind: 'transaction', quote, after }) }
      : sending.sign(quote);

  return {
    'address.check': async ({ coin, text, legacyMeant }) => {
      const { address, amount, label, message } = readRequest(coin, text, legacyMeant ? 'meant' : 'ask');
      return { address, amount: amount === null ? null : coinText(amount), label, message };
    },
    'fees.list': async ({ coin }) => {
      const { minFeePerKvB, maxFeePerKvB } = COINS[coin];
      return {
        levels: textsOf(await readRates(servers, coin)),
        least: minFeePerKvB.toString(),
        most: maxFeePerKvB.toString(),
      };
    },
    'send.prepare': quotes.prepare,
    'send.replace': ({ txid, fee, ...of }) => quotes.prepareReplacement(of, txid, fee),
    'send.confirm': async ({ quoteId, digest }) => {
      const before = await sending.sentAs(quoteId);
      if (before !== null) return { txid: before };
      const quote = await quotes.get(quoteId, digest);
      const raw = await signed(quote, 'send');
      if (!(raw instanceof Uint8Array)) return raw;
      // What is typed goes before the payment does: nobody finds it as if it still had to be sent.
      await draft.remove();
      return { txid: await sending.send(quote, raw) };
    },
    'send.keep-draft': async ({ draft: typed }) => {
      await (typed ? draft.write(typed) : draft.remove());
      return {};
    },
    'send.draft': async () => ({ draft: await draft.read() }),
    'history.list': ({ from, ...of }) => history.list(of, from),
    'history.csv': async (of) => ({
      csv: csvOf(of.coin, await history.all(of)),
      name: `${of.coin}-${of.account}.csv`,
    }),
    'message.sign': async ({ address, message, ...of }) => {
      const own = await signerOf(parts, of, address, message);
      if (await onDevice(of.walletId)) {
        const { path, scriptType } = own;
        return { job: await jobs.begin({ kind: 'message', ...of, address, path, scriptType, message }) };
      }
      const [signature] = await deps.keys.sign(of.walletId, [messageRequest(COINS[of.coin], own, message)]);
      return { signature: messageSignature(own, signature ?? new Uint8Array()) };
    },
    'message.verify': async ({ coin, address, message, signature }) => ({
      valid: verifyMessage(COINS[coin], address, message, signature),
    }),
    'psbt.read': ({ psbt, ...of }) => psbts.read(of, psbt),
    'psbt.sign': async ({ quoteId, digest }) => {
      const quote = await quotes.get(quoteId, digest);
      const raw = await signed(quote, 'psbt');
      return raw instanceof Uint8Array ? { psbt: await psbts.write(quote, raw) } : raw;
    },
    'psbt.write': async ({ quoteId }) => ({ psbt: await psbts.write(await quotes.get(quoteId, null), null) }),
    'device.work': ({ id }) => jobs.work(id),
    'device.deliver': async ({ id, answer }) => {
      const { work } = await jobs.get(id);
      const none = { txid: null, signature: null, psbt: null };
      if (work.kind === 'message') {
        checkMessage(work, answer);
        await jobs.end(id);
        return { ...none, signature: answer };
      }
      const raw = rawOf(answer);
      const done =
        work.after === 'send'
          ? { ...none, txid: await sending.send(work.quote, raw) }
          : { ...none, psbt: await psbts.write(work.quote, sending.checked(work.quote, raw)) };
      await jobs.end(id);
      return done;
    },
    'device.refuse': async ({ id }) => {
      await jobs.end(id);
      return {};
    },
  };
}

const textsOf = (rates: Awaited<ReturnType<typeof readRates>>) => ({
  slow: rates.slow?.toString() ?? null,
  normal: rates.normal?.toString() ?? null,
  fast: rates.fast?.toString() ?? null,
});

const LONGEST_MESSAGE = 1_024;

/** The own address that a message is signed for. @throws WalletError `bad-text` */
async function signerOf({ book }: UtxoParts, of: OfAccount, address: string, message: string) {
  const refused = (reason: 'empty' | 'too-long' | 'taproot' | 'not-own') => new WalletError('bad-text', { reason });
  if (message.trim() === '') throw refused('empty');
  // Longer ones are more than devices show.
  if (new TextEncoder().encode(message.normalize('NFC')).length > LONGEST_MESSAGE) throw refused('too-long');
  const { receive, change, freshReceive } = await book.addresses(of, of.account);
  const own = [...receive, ...change, freshReceive].find((one) => one.address === address);
  if (!own) throw refused('not-own');
  if (own.scriptType === 'p2tr') throw refused('taproot');
  return own;
}
