/** A Blockbook over its WebSocket, for every coin (trezor/blockbook, docs/api.md, "Websocket API"), address by address. */
import { z } from 'zod';
import { fromHex, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { amountText, hash, height, hex, outputIndex, read, refusalOf } from './answers';
import { LineRefusal, type SocketLine } from './socket-line';
import type { HistoryPage, ListedUtxo, UtxoBackend } from './types';

const info = z.object({ shortcut: z.string(), bestHeight: height });
const block = z.object({ hash });
const account = z.object({ txs: z.int().min(0), unconfirmedTxs: z.int().min(0) });
/** -1 and 0 while no block has it. */
const blockHeight = z.int().min(-1).max(0x7fff_ffff);
export const utxoAnswer = z.object({
  txid: hash,
  vout: outputIndex,
  value: amountText,
  height: blockHeight.optional(),
  coinbase: z.boolean().optional(),
});
const utxos = z.array(utxoAnswer).max(50_000);
export const historyAnswer = z.object({
  page: z.int().min(1).optional(),
  totalPages: z.int().optional(),
  transactions: z
    .array(z.object({ txid: hash, blockHeight, blockTime: z.int().min(0) }))
    .max(1_000)
    .optional(),
});
const transaction = z.object({ hex });
/** In the smallest unit for 1,000 virtual bytes; -1 if the node cannot say. */
const fees = z.tuple([z.object({ feePerUnit: z.string().regex(/^-?\d{1,18}$/) })]);
const sent = z.object({ result: hash });

export const PAGE_SIZE = 25;

export function blockbookBackend(line: SocketLine): UtxoBackend {
  const ask = async <Schema extends z.ZodType>(schema: Schema, method: string, params: object) => {
    try {
      return read(schema, await line.ask(method, params));
    } catch (error) {
      // It did answer, only not with what it was asked for.
      if (error instanceof LineRefusal) throw new WalletError('party-misbehaved', { reason: 'refusal' });
      throw error;
    }
  };
  return {
    info: async () => {
      const { shortcut, bestHeight } = await ask(info, 'getInfo', {});
      return { symbol: shortcut, tipHeight: bestHeight };
    },
    blockHash: async (at) => (await ask(block, 'getBlockHash', { height: at })).hash,
    isUsed: async (descriptor) => {
      const { txs, unconfirmedTxs } = await ask(account, 'getAccountInfo', { descriptor, details: 'basic' });
      return txs + unconfirmedTxs > 0;
    },
    utxos: async (descriptor) => (await ask(utxos, 'getAccountUtxo', { descriptor })).map(listedUtxo),
    history: async (descriptor, from) => {
      const page = from === null ? 1 : Number(from);
      const asked = { descriptor, details: 'txs', page, pageSize: PAGE_SIZE };
      return historyPage(page, await ask(historyAnswer, 'getAccountInfo', asked));
    },
    transaction: async (txid) => fromHex((await ask(transaction, 'getTransaction', { txid })).hex),
    feePerKvB: async (blocks) => {
      const [{ feePerUnit }] = await ask(fees, 'estimateFee', { blocks: [blocks] });
      const rate = BigInt(feePerUnit);
      return rate > 0n ? rate : null;
    },
    broadcast: async (raw) => {
      try {
        return read(sent, await line.ask('sendTransaction', { hex: toHex(raw) })).result;
      } catch (error) {
        throw error instanceof LineRefusal ? refusalOf(error.text) : error;
      }
    },
  };
}

export const listedUtxo = ({
  txid,
  vout,
  value,
  height: at = 0,
  coinbase,
}: z.output<typeof utxoAnswer>): ListedUtxo => ({
  txid,
  index: vout,
  amount: value,
  height: at > 0 ? at : null,
  isCoinbase: coinbase ?? false,
});

export function historyPage(
  page: number,
  { transactions = [], totalPages = 1 }: z.output<typeof historyAnswer>,
): HistoryPage {
  return {
    transactions: transactions.map(({ txid, blockHeight: at, blockTime }) => ({
      txid,
      height: at > 0 ? at : null,
      timeMs: blockTime > 0 ? blockTime * 1_000 : null,
    })),
    next: page < totalPages ? String(page + 1) : null,
  };
}
