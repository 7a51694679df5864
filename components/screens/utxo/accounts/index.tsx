import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { ErrorFacts, WalletView } from '@/lib/bus/snapshot';
import type { AccountsView } from '@/lib/bus/utxo/shapes';
import type { Purpose } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';
import { useDeviceTask } from '../use-device-task';
import { useUtxoCall } from '../use-utxo';
import { firstKeys, keysBeforeSplit, nextKey } from './device-keys';
import { AddCoinAccountSheet, CoinAccountsScreen } from './Screen';

export interface AccountsProps {
  readonly wallet: WalletView;
  readonly walletName: string;
  readonly told: AccountsView;
  readonly selected: string | null;
  readonly error: ErrorFacts | null;
  readonly onSelect: (account: string) => void;
  /** @param earlier also on the paths of the chain that the currency has split off from */
  readonly onFind: (earlier: boolean) => void;
  readonly onBack: () => void;
}

export function Accounts(props: AccountsProps) {
  const { wallet, told, error, onSelect, onFind } = props;
  const { coin, accounts, sync } = told;
  const ask = useUtxoCall();
  const [adding, setAdding] = useState(false);
  const openTask = useDeviceTask();
  const onDevice = wallet.type === 'hardware';
  const askDevice = (keys: readonly string[]) =>
    openTask({ ask: 'accounts', walletId: wallet.id, coin: coin.coin, accounts: keys });
  const add = useAction(async (purpose: Purpose) => {
    if (onDevice) {
      const key = nextKey(coin.coin, accounts, purpose);
      if (key === null) throw new WalletError('bad-account', { reason: 'previous-unused' });
      return askDevice([key]);
    }
    const { account } = await ask('accounts.add', { walletId: wallet.id, coin: coin.coin, purpose });
    setAdding(false);
    onSelect(account);
  });
  const known = accounts.some(({ beforeSplit }) => beforeSplit);
  const find = () => (onDevice && accounts.length === 0 ? askDevice(firstKeys(coin.coin)) : onFind(known));
  const findEarlier = () => (onDevice ? askDevice(keysBeforeSplit(coin.coin)) : onFind(true));
  return (
    <>
      <CoinAccountsScreen
        coin={coin}
        walletName={props.walletName}
        accounts={accounts}
        selected={props.selected}
        error={error ?? sync.error}
        silent={coin.backend?.error !== null}
        onDevice={onDevice}
        onSelect={onSelect}
        onAdd={() => setAdding(true)}
        onFind={find}
        onBeforeSplit={coin.hasEarlierPaths && !known ? findEarlier : null}
        onBack={props.onBack}
      />
      {adding && (
        <AddCoinAccountSheet
          coin={coin}
          adding={add.busy}
          error={add.error}
          onAdd={(purpose) => void add.run(purpose)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
