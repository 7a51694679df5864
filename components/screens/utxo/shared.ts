import type { WalletView } from '@/lib/bus/snapshot';
import type { AccountView, CoinView } from '@/lib/bus/utxo/shapes';

/** Where one is behind an account. */
export type CoinPlace = 'account' | 'accounts' | 'server' | 'receive' | 'send' | 'message' | 'xpub' | 'psbt' | 'labels';

/** What every page of an account is told. */
export interface OfAccount {
  readonly wallet: WalletView;
  readonly coin: CoinView;
  readonly account: AccountView;
  readonly onBack: () => void;
}

/** The account as questions name it. */
export const askedOf = ({ wallet, coin, account }: Pick<OfAccount, 'wallet' | 'coin' | 'account'>) => ({
  walletId: wallet.id,
  coin: coin.coin,
  account: account.account,
});

/** Whether the key of its accounts is here or on a device. */
export const canSign = ({ type }: WalletView): boolean => type !== 'watch';
