/** What a server says of one account, whichever way it is asked: address by address here, by its key in `reader-by-key.ts`. */
import { WalletError } from '@/lib/errors';
import type { OwnAddress } from '../accounts';
import { inBatches } from './batches';
import type { HistoryPage, ListedTransaction, UtxoBackend } from './types';

/** Of the account's own addresses only. Both ways give the same. */
export interface AccountReader extends Pick<UtxoBackend, 'isUsed' | 'utxos'> {
  /** The server then lists what it finds at any address of the account, whichever it is asked about. */
  readonly isByKey: boolean;
  /** Of all these addresses; a transaction may be listed more than once. @throws `party-misbehaved` reason `endless` */
  history(addresses: readonly OwnAddress[]): Promise<ListedTransaction[]>;
}

export function readerByAddress(backend: UtxoBackend): AccountReader {
  const historyOf = ({ address }: OwnAddress) => allPages((from) => backend.history(address, from));
  return {
    isByKey: false,
    isUsed: backend.isUsed,
    utxos: backend.utxos,
    history: async (addresses) => (await inBatches(addresses, historyOf)).flat(),
  };
}

/** Pages of one history; a server may invent them. */
const MOST_PAGES = 200;

/** All of a history. @throws WalletError `party-misbehaved` reason `endless` */
export async function allPages(pageAt: (from: string | null) => Promise<HistoryPage>): Promise<ListedTransaction[]> {
  const all: ListedTransaction[] = [];
  let from: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { transactions, next }: HistoryPage = await pageAt(from);
    all.push(...transactions);
    if (next === null) return all;
    from = next;
  }
  throw new WalletError('party-misbehaved', { reason: 'endless' });
}
