import type { AccountRef } from '@/lib/chains/account-ref';
import { WalletError } from '@/lib/errors';
import { accountAt } from '@/lib/keyring/wallets';
import type { Wallet } from './compose';

/** The address of an account of this wallet. @throws WalletError `locked` before there is a wallet */
export async function addressOf({ profile }: Pick<Wallet['keyring'], 'profile'>, account: AccountRef) {
  const known = await profile();
  if (!known) throw new WalletError('locked');
  return accountAt(known, account).address;
}
