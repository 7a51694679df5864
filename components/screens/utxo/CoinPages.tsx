import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useScanPlace } from '@/components/screens/shared/use-scan';
import { LoadingState } from '@/components/ui/ListStates';
import { Header, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { WalletView } from '@/lib/bus/snapshot';
import type { AccountsView, CoinId } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { Account } from './account';
import { Accounts } from './accounts';
import { FindingScreen } from './accounts/Finding';
import { Labels } from './labels';
import { Message } from './message';
import { Psbt } from './psbt';
import { Receive } from './receive';
import { Send } from './send';
import { ServerPage } from './server';
import type { CoinPlace } from './shared';
import { useAnswer, useUtxoCall } from './use-utxo';
import { Xpub } from './xpub';

export interface CoinPagesProps {
  readonly wallet: WalletView;
  readonly walletName: string;
  readonly coin: CoinId;
  readonly onBack: () => void;
}

/** One currency of one wallet: a server first, then its accounts are looked for, then they are there. */
export function CoinPages(props: CoinPagesProps) {
  const { wallet, coin, onBack } = props;
  const ask = useUtxoCall();
  const ofCoin = { walletId: wallet.id, coin };
  const { answer, error } = useAnswer('accounts.list', ofCoin);
  const find = useAction((earlier: boolean) => ask('discover.start', { ...ofCoin, earlier }));
  const stop = useAction(() => ask('discover.stop', ofCoin));
  const [place, setPlace] = useState<CoinPlace>(useScanPlace()?.coin?.coin === coin ? 'send' : 'account');
  if (answer === null)
    return (
      <Page header={<Header back={{ label: t('action.back'), onPress: onBack }} />}>
        {error === null ? <LoadingState label={t('app.loading')} /> : <ErrorNote error={error} />}
      </Page>
    );
  const { coin: view, accounts, sync } = answer;
  if (view.backend === null || place === 'server')
    return (
      <ServerPage
        coin={view}
        onPicked={() => {
          setPlace('account');
          // A device is asked first for what to look for.
          if (accounts.length === 0 && wallet.type !== 'hardware') void find.run(false);
        }}
        onBack={view.backend === null ? onBack : () => setPlace('account')}
      />
    );
  if (sync.state === 'discovering')
    return <FindingScreen name={view.name} sync={sync} onStop={() => void stop.run()} onBack={onBack} />;
  return (
    <Chosen
      {...props}
      told={answer}
      place={accounts.length === 0 ? 'accounts' : place}
      onPlace={setPlace}
      onFind={(earlier) => void find.run(earlier)}
      error={find.error ?? stop.error ?? error}
    />
  );
}

interface ChosenProps extends CoinPagesProps {
  readonly told: AccountsView;
  readonly place: CoinPlace;
  readonly error: ReturnType<typeof useAction>['error'];
  readonly onPlace: (place: CoinPlace) => void;
  readonly onFind: (earlier: boolean) => void;
}

/** Everything of one account, which is the first used one until another is chosen. */
function Chosen({ wallet, walletName, told, place, error, onPlace, onFind, onBack }: ChosenProps) {
  const [chosen, setChosen] = useState<string | null>(useScanPlace()?.coin?.account ?? null);
  const { coin, accounts } = told;
  const account = accounts.find((one) => one.account === chosen) ?? accounts.find(({ used }) => used) ?? accounts[0];
  const toAccount = () => onPlace('account');
  if (place === 'accounts' || account === undefined)
    return (
      <Accounts
        wallet={wallet}
        walletName={walletName}
        told={told}
        selected={account?.account ?? null}
        error={error}
        onSelect={(key) => {
          setChosen(key);
          toAccount();
        }}
        onFind={onFind}
        onBack={account === undefined ? onBack : toAccount}
      />
    );
  const shared = { wallet, coin, account, onBack: toAccount };
  switch (place) {
    case 'account':
      return <Account {...shared} told={told} error={error} onPlace={onPlace} onBack={onBack} />;
    case 'receive':
      return <Receive {...shared} />;
    case 'send':
      return <Send {...shared} />;
    case 'message':
      return <Message {...shared} />;
    case 'xpub':
      return <Xpub {...shared} />;
    case 'psbt':
      return <Psbt {...shared} />;
    case 'labels':
      return <Labels {...shared} />;
    case 'server':
      return null;
    default:
      return place satisfies never;
  }
}
