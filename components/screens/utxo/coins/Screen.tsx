import { Coins } from 'lucide-react';
import { Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { LoadingState } from '@/components/ui/ListStates';
import { Header, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId, CoinView } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { Balance } from '../parts/Balance';
import { CoinIcon } from '../parts/CoinIcon';

export interface CoinRow extends Pick<CoinView, 'coin' | 'name' | 'symbol' | 'backend'> {
  /** Of all accounts of the wallet, in the smallest unit; null while nobody has told. */
  readonly units: string | null;
}

export interface CoinsScreenProps {
  readonly walletName: string;
  /** Null while nobody has told; empty for a wallet that cannot have any. */
  readonly coins: readonly CoinRow[] | null;
  readonly error: ErrorFacts | null;
  readonly onCoin: (coin: CoinId) => void;
  readonly onBack: () => void;
}

/** The six currencies, each with what is there, or why nothing is known. */
export function CoinsScreen(props: CoinsScreenProps) {
  return (
    <Page header={<Header title={t('home.coins')} back={{ label: t('action.back'), onPress: props.onBack }} />}>
      <List {...props} />
    </Page>
  );
}

function List({ walletName, coins, error, onCoin }: CoinsScreenProps) {
  if (error !== null) return <ErrorNote error={error} />;
  if (coins === null) return <LoadingState label={t('app.loading')} rows={6} />;
  if (coins.length === 0)
    return (
      <EmptyState icon={<Coins aria-hidden="true" size={22} />} title={u('coins.none.title', { wallet: walletName })}>
        {u('coins.none.text')}
      </EmptyState>
    );
  return (
    <div className="grid gap-4">
      <p className="text-body text-ink-2">{u('coins.lead')}</p>
      <RowList label={t('home.coins')}>
        {coins.map((row) => (
          <OneCoin key={row.coin} {...row} onPress={() => onCoin(row.coin)} />
        ))}
      </RowList>
    </div>
  );
}

/** What stands in the way of knowing, in a word. */
function stateOf({ backend }: Pick<CoinRow, 'backend'>): string | undefined {
  if (backend === null) return u('coins.no-server');
  if (backend.error === null) return undefined;
  return u(backend.error.code === 'party-misbehaved' ? 'coins.wrong' : 'coins.silent');
}

function OneCoin({ coin, name, symbol, backend, units, onPress }: CoinRow & { readonly onPress: () => void }) {
  return (
    <Row
      leading={<CoinIcon coin={coin} size={32} />}
      title={name}
      detail={stateOf({ backend })}
      trailing={
        backend === null && units === null ? undefined : (
          <Balance units={units} symbol={symbol} silentLabel={backend?.error ? t('token.silent') : undefined} />
        )
      }
      end="chevron"
      onPress={onPress}
    />
  );
}
