/** What a server says of a payment that was sent. */
import { addressOf } from '@/lib/chains/utxo/address';
import { inBatches } from '@/lib/chains/utxo/backend/batches';
import type { ListedTransaction, UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COINS } from '@/lib/chains/utxo/coins';
import { asWalletError } from '@/lib/errors';
import type { SentRecord } from './records';

/** Of the history of an address, newest first: what is pending stands at its beginning. */
const PAGES = 3;

/** `gone`: in no block, and nobody waits for one. `unknown`: the server did not say. */
export type Fate =
  | { readonly kind: 'waiting' | 'gone' | 'unknown' }
  | { readonly kind: 'mined'; readonly height: number };

export async function fateOf(backend: UtxoBackend, { coin, txid, draft }: SentRecord): Promise<Fate> {
  const [input] = draft.inputs;
  const address = input ? addressOf(COINS[coin], input.script) : null;
  if (address === null) return { kind: 'unknown' };
  let from: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { transactions, next } = await backend.history(address, from);
    const found: ListedTransaction | undefined = transactions.find((one) => one.txid === txid);
    if (found) return found.height === null ? { kind: 'waiting' } : { kind: 'mined', height: found.height };
    if (next === null) return { kind: 'gone' };
    from = next;
  }
  return { kind: 'unknown' };
}

/** Which of these a server does not have. @throws what it does, where it does not answer */
export const unknownOf = async (backend: UtxoBackend, txids: readonly string[]): Promise<string[]> =>
  (await inBatches(txids, async (txid) => ((await isKnown(backend, txid)) ? [] : [txid]))).flat();

const isKnown = (backend: UtxoBackend, txid: string): Promise<boolean> =>
  backend.transaction(txid).then(
    () => true,
    (error) => {
      if (asWalletError(error).code === 'party-misbehaved') return false;
      throw error;
    },
  );
