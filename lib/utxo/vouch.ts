/**
 * Stored accounts held against the seed. Storage can be changed by others than this wallet (docs/threat-model.md): an address
 * of a key that is not the wallet's would take what is paid to it, and what comes back of a payment.
 */
import { equalBytes } from '@/lib/bytes';
import { pathOf } from '@/lib/chains/utxo/accounts';
import { WalletError } from '@/lib/errors';
import { accountOf, type Book, type OfAccount } from './book';
import type { UtxoDeps } from './deps';

/**
 * Before an address of an account is shown or used for change.
 * @throws WalletError `storage-failed` reason `account` if its key is not of this wallet; `locked`
 */
export type Vouch = (of: OfAccount) => Promise<void>;

/** @returns asks once for each key; a device shows its addresses itself */
export function createVouch({ keys, signsBy }: UtxoDeps, book: Pick<Book, 'account'>): Vouch {
  const known = new Set<string>();
  return async (of) => {
    const { walletId, coin, account } = of;
    const kept = accountOf(coin, await book.account(of, account));
    const name = [walletId, coin, account, kept.publicKey, kept.chainCode].join(' ');
    if (known.has(name) || (await signsBy(walletId)) !== 'seed') return;
    const [key] = (await keys.extended(walletId, [pathOf(kept)])).keys;
    const isOwn = key && equalBytes(key.publicKey, kept.publicKey) && equalBytes(key.chainCode, kept.chainCode);
    if (!isOwn) throw new WalletError('storage-failed', { reason: 'account' });
    known.add(name);
  };
}
