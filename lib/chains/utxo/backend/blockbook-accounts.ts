/**
 * A Blockbook of one's own, asked by the descriptor of an account (trezor/blockbook, `api/xpub.go`). It derives addresses by
 * the gap limit as it counts it: from the last one that a block has used.
 */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { hash, read } from './answers';
import { historyAnswer, historyPage, listedUtxo, PAGE_SIZE, utxoAnswer } from './blockbook';
import { LineRefusal, type SocketLine } from './socket-line';
import type { AccountBackend } from './types';

const placed = { path: z.string().max(200) };
const MOST_TOKENS = 5_000;
const MOST_WAITING = 1_000;

const usage = z.object({
  unconfirmedTxs: z.int().min(0).max(MOST_WAITING),
  /** Left out where it is empty. */
  tokens: z
    .array(z.object({ name: z.string().max(200), ...placed }))
    .max(MOST_TOKENS)
    .optional(),
  /** Those that wait, then a page of the others. */
  txids: z
    .array(hash)
    .max(2 * MOST_WAITING)
    .optional(),
});
const utxos = z.array(utxoAnswer.extend({ address: z.string().max(200), ...placed })).max(50_000);

/** Versions before descriptors take one for an address, and find it wrong. */
const TAKEN_FOR_ADDRESS = /address|descriptor|xpub/i;

export function blockbookAccounts(line: SocketLine): AccountBackend {
  const ask = async <Schema extends z.ZodType>(schema: Schema, method: string, params: object) => {
    try {
      return read(schema, await line.ask(method, params));
    } catch (error) {
      if (!(error instanceof LineRefusal)) throw error;
      const reason = TAKEN_FOR_ADDRESS.test(error.text) ? 'no-descriptors' : 'refusal';
      throw new WalletError('party-misbehaved', { reason });
    }
  };
  return {
    usage: async (descriptor, gapLimit) => {
      const asked = { descriptor, details: 'txids', tokens: 'used', page: 1, pageSize: 1, gap: gapLimit };
      const { tokens = [], txids = [], unconfirmedTxs } = await ask(usage, 'getAccountInfo', asked);
      return {
        used: tokens.map(({ name, path }) => ({ address: name, path })),
        waiting: txids.slice(0, unconfirmedTxs),
      };
    },
    utxos: async (descriptor) =>
      (await ask(utxos, 'getAccountUtxo', { descriptor })).map((utxo) => {
        return { ...listedUtxo(utxo), address: utxo.address, path: utxo.path };
      }),
    history: async (descriptor, from) => {
      const page = from === null ? 1 : Number(from);
      const asked = { descriptor, details: 'txs', tokens: 'used', page, pageSize: PAGE_SIZE };
      return historyPage(page, await ask(historyAnswer, 'getAccountInfo', asked));
    },
  };
}
