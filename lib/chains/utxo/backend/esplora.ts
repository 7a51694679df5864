/** Esplora over HTTP, for Bitcoin (Blockstream/esplora, API.md; mempool.space speaks the same). */
import { z } from 'zod';
import { readBody, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { hash, height, LONGEST_ANSWER, outputIndex, read, refusalOf } from './answers';
import type { UtxoBackend } from './types';

/** Bitcoin's amounts are below 2^53; a larger number is none of this chain. */
const amount = z.int().min(0).max(21e14).transform(BigInt);
const status = z.object({
  confirmed: z.boolean(),
  block_height: height.optional(),
  block_time: z.int().min(0).optional(),
});
const count = z.object({ tx_count: z.int().min(0) });
const address = z.object({ chain_stats: count, mempool_stats: count });
const utxos = z.array(z.object({ txid: hash, vout: outputIndex, value: amount, status })).max(50_000);
const history = z.array(z.object({ txid: hash, status })).max(1_000);
/** sat/vB by blocks. */
const fees = z.record(z.string().regex(/^\d{1,4}$/), z.number().positive().max(1e6));

const TIMEOUT_MS = 15_000;
const NOT_FOUND = 404;
const TOO_MANY = 429;

interface Heard {
  readonly status: number;
  readonly ok: boolean;
  readonly body: Uint8Array;
}

/** Of confirmed transactions; fewer are the last ones. */
const PAGE_SIZE = 25;

/** @param url without a slash at its end, such as https://mempool.space/api */
export function esploraBackend(url: string, fetchFn: typeof fetch): UtxoBackend {
  /** @throws `chain-unreachable` also from a gateway whose server does not answer, or that wants to be asked later */
  const request = async (path: string, init: RequestInit = {}): Promise<Heard> => {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const how = { credentials: 'omit', redirect: 'error', cache: 'no-store', signal } as const;
      const response = await fetchFn(`${url}${path}`, { ...init, ...how });
      if (response.status >= 500 || response.status === TOO_MANY) throw new WalletError('chain-unreachable');
      return { status: response.status, ok: response.ok, body: await readBody(response, LONGEST_ANSWER) };
    } catch (error) {
      if (error instanceof RangeError) throw new WalletError('party-misbehaved', { reason: 'answer' });
      throw new WalletError('chain-unreachable');
    }
  };
  const bytes = async (path: string): Promise<Uint8Array> => {
    const { ok, body } = await request(path);
    if (!ok) throw new WalletError('chain-unreachable');
    return body;
  };
  const text = async (path: string) => new TextDecoder().decode(await bytes(path)).trim();
  const json = async <Schema extends z.ZodType>(schema: Schema, path: string) => read(schema, parsed(await text(path)));
  const inBlock = ({ confirmed, block_height }: z.output<typeof status>) => (confirmed ? (block_height ?? null) : null);
  return {
    info: async () => ({ symbol: null, tipHeight: read(height, parsed(await text('/blocks/tip/height'))) }),
    blockHash: async (at) => read(hash, await text(`/block-height/${at}`)),
    isUsed: async (of) => {
      const { chain_stats, mempool_stats } = await json(address, `/address/${of}`);
      return chain_stats.tx_count + mempool_stats.tx_count > 0;
    },
    utxos: async (of) =>
      (await json(utxos, `/address/${of}/utxo`)).map(({ txid, vout, value, status: state }) => {
        return { txid, index: vout, amount: value, height: inBlock(state), isCoinbase: null };
      }),
    history: async (of, from) => {
      const listed = await json(history, `/address/${of}/txs${from === null ? '' : `/chain/${from}`}`);
      const confirmed = listed.filter(({ status: state }) => state.confirmed);
      return {
        transactions: listed.map(({ txid, status: state }) => {
          return {
            txid,
            height: inBlock(state),
            timeMs: state.block_time === undefined ? null : state.block_time * 1_000,
          };
        }),
        next: confirmed.length < PAGE_SIZE ? null : (confirmed.at(-1)?.txid ?? null),
      };
    },
    transaction: async (txid) => {
      const { status, ok, body } = await request(`/tx/${txid}/raw`);
      if (status === NOT_FOUND) throw new WalletError('party-misbehaved', { reason: 'refusal' });
      if (!ok) throw new WalletError('chain-unreachable');
      return body;
    },
    feePerKvB: async (blocks) => {
      const rate = (await json(fees, '/fee-estimates'))[String(blocks)];
      return rate === undefined ? null : BigInt(Math.ceil(rate * 1_000));
    },
    broadcast: async (raw) => {
      const { ok, body } = await request('/tx', { method: 'POST', body: toHex(raw) });
      const answer = new TextDecoder().decode(body).trim();
      if (!ok) throw refusalOf(answer);
      return read(hash, answer);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WalletError('party-misbehaved', { reason: 'answer' });
  }
}
