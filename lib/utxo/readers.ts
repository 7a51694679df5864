/** Who is asked about an account: the server address by address or, where it is the user's own, by the account's key. */
import type { Account } from '@/lib/chains/utxo/accounts';
import { type AccountReader, readerByAddress } from '@/lib/chains/utxo/backend/account-reader';
import type { UtxoBackend } from '@/lib/chains/utxo/backend/types';
import type { CoinId } from '@/lib/chains/utxo/coins';
import type { Servers } from './servers';
import type { Transactions } from './transactions';

export interface Readers {
  /** @param work with the reader of each account that it asks about. @throws as `Servers.use` does */
  use<Result>(coin: CoinId, work: (readerOf: ReaderOf, backend: UtxoBackend) => Promise<Result>): Promise<Result>;
}

/** What one reader has read does not change any more. */
type ReaderOf = (account: Account) => AccountReader;

export function createReaders(servers: Pick<Servers, 'use'>, transactions: Pick<Transactions, 'get'>): Readers {
  return {
    use: (coin, work) =>
      servers.use(coin, async (backend, accounts) => {
        if (accounts === null) return work(() => readerByAddress(backend), backend);
        const { readerByKey } = await import('@/lib/chains/utxo/backend/reader-by-key');
        const transaction = (txid: string) => transactions.get(coin, txid);
        return work((account) => readerByKey({ backend, accounts, transaction }, account), backend);
      }),
  };
}
