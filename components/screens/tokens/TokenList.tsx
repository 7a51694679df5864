import { Coins, Settings2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Amount } from '@/components/wallet/Amount';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import { Value, type ValuePrices } from '@/components/wallet/Value';
import { assetKey } from '@/lib/chains/asset-key';
import { t } from '@/lib/i18n';
import type { Asset } from '../send/asset';

export interface TokenListProps {
  /** In their order; the network's own unit first. */
  readonly assets: readonly Asset[];
  readonly network: { readonly chainId: number; readonly name: string };
  /** The network did not answer the last time. */
  readonly networkDown: boolean;
  /** Null while values are not wanted. */
  readonly prices: ValuePrices | null;
  readonly onToken: (address: string) => void;
  readonly onManage: () => void;
}

/** What an account has on a network. */
export function TokenList({ assets, network, networkDown, prices, onToken, onManage }: TokenListProps) {
  const [own] = assets;
  return (
    <>
      <RowList ground="bare" label={t('home.tokens')}>
        {assets.map((asset) => (
          <AssetRow
            key={asset.token ?? ''}
            asset={asset}
            network={network}
            prices={prices}
            awaited={!networkDown && own?.units === null}
            onToken={onToken}
          />
        ))}
      </RowList>
      {assets.length < 2 && (
        <EmptyState icon={<Coins aria-hidden="true" size={22} />} title={t('tokens.empty')}>
          {t('tokens.empty.text')}
        </EmptyState>
      )}
      <div className="grid justify-items-center pt-1 pb-2">
        <Button variant="quiet" icon={<Settings2 aria-hidden="true" size={16} />} onClick={onManage}>
          {t('tokens.manage')}
        </Button>
      </div>
    </>
  );
}

interface AssetRowProps extends Pick<TokenListProps, 'network' | 'prices' | 'onToken'> {
  readonly asset: Asset;
  /** The first answer is on its way; later, what has no amount gives none. */
  readonly awaited: boolean;
}

function AssetRow({ asset, network, prices, awaited, onToken }: AssetRowProps) {
  const { token, symbol, name, decimals, units } = asset;
  return (
    <Row
      leading={<TokenIcon symbol={symbol} token={token} size={36} />}
      title={name}
      detail={token === null ? network.name : symbol}
      trailing={
        <span className="grid justify-items-end">
          <Amount
            wei={units}
            symbol={symbol}
            decimals={decimals}
            unknownLabel={t('home.balance-unknown')}
            silentLabel={awaited ? undefined : t('token.silent')}
          />
          <Value
            amount={units}
            decimals={decimals}
            asset={assetKey(network.chainId, token)}
            prices={prices}
            age="untold"
          />
        </span>
      }
      onPress={token === null ? undefined : () => onToken(token)}
    />
  );
}
