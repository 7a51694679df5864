import { Row } from '@/components/ui/Card';
import type { UtxoSummary } from '@/lib/bus/snapshot';
import type { CoinId } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { sumOf } from './parts/amounts';
import { Balance } from './parts/Balance';
import { CoinIcon } from './parts/CoinIcon';

export interface CoinRowsProps {
  /** Of one wallet. */
  readonly balances: UtxoSummary['balances'];
  readonly onCoin: (coin: CoinId) => void;
}

/** What a wallet has of Bitcoin and its relatives, among what else it has. */
export function CoinRows({ balances, onCoin }: CoinRowsProps) {
  return balances.map(({ coin, name, symbol, confirmed, pending, asOfMs, error }) => (
    <Row
      key={coin}
      leading={<CoinIcon coin={coin} size={36} />}
      title={name}
      detail={error === null ? symbol : t('token.silent')}
      trailing={
        <Balance
          units={asOfMs === null ? null : sumOf({ confirmed, pending })}
          symbol={symbol}
          silentLabel={error === null ? undefined : t('token.silent')}
        />
      }
      onPress={() => onCoin(coin)}
    />
  ));
}
