/** A Blockbook in memory: what a chain of `lib/chains/utxo/testing` answers, by way of a socket that is none. */
import { fromHex, toHex } from '@/lib/bytes';
import type { Socket } from '@/lib/chains/utxo/backend/socket-line';
import type { UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { WalletError } from '@/lib/errors';
import { accountInfo, accountOfDescriptor, accountUtxos } from './by-descriptor';

type Params = Record<string, unknown>;

/** Where requests pass, and can be held up or answered otherwise. */
export type Gate = (method: string, answer: () => Promise<unknown>, params: Params) => Promise<unknown>;

const TEXTS: Readonly<Record<string, string>> = {
  'inputs-spent': 'bad-txns-inputs-missingorspent',
  'fee-too-low': 'min relay fee not met',
  dust: 'dust',
};

/** What a server says of it: a gate's own words, or those of its node. */
const textOf = (error: unknown): string =>
  error instanceof WalletError ? (TEXTS[error.details.reason ?? ''] ?? 'not found') : String((error as Error).message);

export function socketOf(backend: UtxoBackend, gate: Gate = (_, answer) => answer()): Socket {
  const target = new EventTarget();
  const say = (data: object) => target.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(data) }));
  queueMicrotask(() => target.dispatchEvent(new Event('open')));
  return {
    addEventListener: target.addEventListener.bind(target) as Socket['addEventListener'],
    close: () => undefined,
    send: (text) => {
      const { id, method, params } = JSON.parse(String(text)) as { id: string; method: string; params: Params };
      gate(method, () => answerOf(backend, method, params), params).then(
        (data) => say({ id, data }),
        (error) => {
          if (error === SILENCE) return target.dispatchEvent(new Event('close'));
          return say({ id, data: { error: { message: textOf(error) } } });
        },
      );
    },
  };
}

/** Thrown by a gate: the line breaks instead of an answer. */
export const SILENCE = new Error('silence');

/** The data of an answer. */
export async function answerOf(backend: UtxoBackend, method: string, params: Params): Promise<unknown> {
  const { descriptor = '' } = params as { descriptor?: string };
  const account = descriptor.includes('(') ? await accountOfDescriptor(backend, descriptor) : null;
  if (account && method === 'getAccountInfo') return accountInfo(backend, account, params);
  if (account && method === 'getAccountUtxo') return accountUtxos(backend, account);
  switch (method) {
    case 'getInfo': {
      const { symbol, tipHeight } = await backend.info();
      return { shortcut: symbol, bestHeight: tipHeight };
    }
    case 'getBlockHash':
      return { hash: (await backend.blockHash(Number(params.height))).padStart(64, '0') };
    case 'getAccountInfo':
      return params.details === 'basic' ? usage(backend, descriptor) : transactions(backend, descriptor);
    case 'getAccountUtxo':
      return (await backend.utxos(descriptor)).map(({ txid, index, amount, height, isCoinbase }) => {
        return { txid, vout: index, value: amount.toString(), height: height ?? 0, coinbase: isCoinbase === true };
      });
    case 'getTransaction':
      return { hex: toHex(await backend.transaction(String(params.txid))) };
    case 'estimateFee':
      return [{ feePerUnit: String(await backend.feePerKvB(1)) }];
    case 'sendTransaction':
      return { result: await backend.broadcast(fromHex(String(params.hex))) };
    default:
      throw new Error(method);
  }
}

async function usage(backend: UtxoBackend, address: string) {
  return { txs: (await backend.isUsed(address)) ? 1 : 0, unconfirmedTxs: 0 };
}

async function transactions(backend: UtxoBackend, address: string) {
  const { transactions: all } = await backend.history(address, null);
  return {
    page: 1,
    totalPages: 1,
    transactions: all.map(({ txid, height, timeMs }) => {
      return { txid, blockHeight: height ?? -1, blockTime: Math.round((timeMs ?? 0) / 1_000) };
    }),
  };
}
