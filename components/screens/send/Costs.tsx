import { Fact } from '@/components/ui/Card';
import { exactUnit, feeUnit } from '@/components/wallet/units';
import type { NetworkView } from '@/lib/bus/networks';
import type { SendQuote } from '@/lib/bus/protocol';
import { statedAmount, t } from '@/lib/i18n';
import type { Asset } from './asset';

export interface CostsProps {
  readonly quote: Pick<SendQuote, 'valueWei' | 'feeWei' | 'totalWei'>;
  readonly asset: Pick<Asset, 'token' | 'symbol' | 'decimals'>;
  readonly network: Pick<NetworkView, 'symbol' | 'decimals'>;
}

/** What arrives, the fee, and what leaves in all. */
export function Costs({ quote, asset, network }: CostsProps) {
  const sent = statedAmount(BigInt(quote.valueWei), asset.symbol, exactUnit(asset.decimals));
  const own = (wei: string) => statedAmount(BigInt(wei), network.symbol, feeUnit(network.decimals));
  const fee = own(quote.feeWei);
  return (
    <dl className="grid gap-1.5" aria-live="polite">
      <Fact label={t('send.gets')}>
        <bdi>{sent}</bdi>
      </Fact>
      <Fact label={t('send.fee')}>
        <bdi>{fee}</bdi>
      </Fact>
      <Fact label={t('send.pays')}>
        <bdi>{asset.token === null ? own(quote.totalWei) : t('send.pays.token', { token: sent, fee })}</bdi>
      </Fact>
    </dl>
  );
}
