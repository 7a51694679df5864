import { useState } from 'react';
import { walletOf } from '@/components/screens/shared/own-accounts';
import { useScanPlace } from '@/components/screens/shared/use-scan';
import { walletName } from '@/components/screens/shared/wallet-words';
import { LoadingState } from '@/components/ui/ListStates';
import { Page } from '@/components/ui/Page';
import type { Snapshot } from '@/lib/bus/snapshot';
import { type CoinId, coinId } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { CoinPages } from './CoinPages';
import { Coins } from './coins';
import { useUtxoWords } from './use-utxo-words';

export interface UtxoProps {
  readonly snapshot: Snapshot;
  /** Opens with this currency; null for the list of all. */
  readonly coin: CoinId | null;
  readonly onBack: () => void;
}

/** Bitcoin and its relatives in the wallet of the selected account. */
export function Utxo({ snapshot, coin: first, onBack }: UtxoProps) {
  const ready = useUtxoWords();
  const scanning = useScanPlace()?.coin?.coin;
  const [coin, setCoin] = useState(() => first ?? coinId.safeParse(scanning).data ?? null);
  const wallet = snapshot.selected === null ? undefined : walletOf(snapshot, snapshot.selected);
  if (wallet === undefined) return null;
  if (!ready)
    return (
      <Page>
        <LoadingState label={t('app.loading')} />
      </Page>
    );
  const provider = snapshot.providers.find(({ id }) => id === snapshot.backup?.providerId);
  const name = walletName(wallet, snapshot.wallets, provider);
  if (coin === null)
    return <Coins snapshot={snapshot} wallet={wallet} walletName={name} onCoin={setCoin} onBack={onBack} />;
  return (
    <CoinPages wallet={wallet} walletName={name} coin={coin} onBack={first === null ? () => setCoin(null) : onBack} />
  );
}
