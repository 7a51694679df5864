import { canHaveCoins } from '@/components/screens/shared/own-accounts';
import type { Snapshot, WalletView } from '@/lib/bus/snapshot';
import type { CoinId } from '@/lib/bus/utxo/shapes';
import { sumOf } from '../parts/amounts';
import { useAnswer } from '../use-utxo';
import { CoinsScreen } from './Screen';

export interface CoinsProps {
  readonly snapshot: Pick<Snapshot, 'utxo'>;
  readonly wallet: WalletView;
  readonly walletName: string;
  readonly onCoin: (coin: CoinId) => void;
  readonly onBack: () => void;
}

export function Coins({ snapshot, wallet, walletName, onCoin, onBack }: CoinsProps) {
  const { answer, error } = useAnswer('coins.list', { walletId: wallet.id });
  const impossible = !canHaveCoins(wallet);
  const unitsOf = (coin: CoinId): string | null => {
    const told = snapshot.utxo.balances.find((one) => one.walletId === wallet.id && one.coin === coin);
    return told === undefined || told.asOfMs === null ? null : sumOf(told);
  };
  return (
    <CoinsScreen
      walletName={walletName}
      coins={impossible ? [] : (answer?.coins.map((view) => ({ ...view, units: unitsOf(view.coin) })) ?? null)}
      error={impossible ? null : error}
      onCoin={onCoin}
      onBack={onBack}
    />
  );
}
