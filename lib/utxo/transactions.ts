/** Whole transactions by their ids, which are computed again: what is known of one never changes. */
import { inBatches } from '@/lib/chains/utxo/backend/batches';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { parsePrevTx } from '@/lib/chains/utxo/previous';
import type { Transaction } from '@/lib/chains/utxo/transaction';
import type { Servers } from './servers';

/** Bytes of transactions that are held, of each coin; then the oldest go. */
const MOST_BYTES = 8_000_000;

export interface Transactions {
  /** As they travel; what is fetched elsewhere is put here. */
  held(coin: CoinId): Map<string, Uint8Array>;
  /** @throws WalletError what the server does; `party-misbehaved` for another transaction than that */
  get(coin: CoinId, txid: string): Promise<Transaction>;
  /** The same for several, by their ids. */
  all(coin: CoinId, txids: readonly string[]): Promise<Map<string, Transaction>>;
}

export function createTransactions(servers: Pick<Servers, 'use'>): Transactions {
  const byCoin = new Map<CoinId, Map<string, Uint8Array>>();
  const held = (coin: CoinId): Map<string, Uint8Array> => {
    const known = byCoin.get(coin) ?? new Map<string, Uint8Array>();
    byCoin.set(coin, known);
    prune(known);
    return known;
  };
  const get = async (coin: CoinId, txid: string): Promise<Transaction> => {
    const known = held(coin).get(txid);
    if (known) return parsePrevTx(COINS[coin], known, txid);
    const [raw, transaction] = await servers.use(coin, async (backend) => {
      const answer = await backend.transaction(txid);
      return [answer, parsePrevTx(COINS[coin], answer, txid)] as const;
    });
    held(coin).set(txid, raw);
    return transaction;
  };
  return {
    held,
    get,
    all: async (coin, txids) =>
      new Map(await inBatches([...new Set(txids)], async (txid) => [txid, await get(coin, txid)] as const)),
  };
}

function prune(known: Map<string, Uint8Array>): void {
  let total = 0;
  for (const raw of known.values()) total += raw.length;
  for (const [txid, raw] of known) {
    if (total <= MOST_BYTES) return;
    known.delete(txid);
    total -= raw.length;
  }
}
