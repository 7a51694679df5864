import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useFresh } from '@/components/hooks/use-fresh';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { AccountsView, HistoryItem } from '@/lib/bus/utxo/shapes';
import { accountName } from '../accounts/kind';
import { PaymentPage } from '../history';
import { saveFile } from '../parts/save-file';
import { askedOf, type CoinPlace, canSign, type OfAccount } from '../shared';
import { useAnswer, useUtxoCall } from '../use-utxo';
import { UtxoDetails } from '../utxos';
import { CoinAccountScreen } from './Screen';
import { type Tool, ToolsSheet } from './ToolsSheet';
import { useHistory } from './use-history';

export interface AccountProps extends OfAccount {
  readonly told: AccountsView;
  readonly error: ErrorFacts | null;
  readonly onPlace: (place: CoinPlace) => void;
}

/** Each address is a question, and servers count them. */
const AGAIN_MS = 60_000;

export function Account({ wallet, coin, account, told, error, onPlace, onBack }: AccountProps) {
  const ask = useUtxoCall();
  const of = askedOf({ wallet, coin, account });
  const history = useHistory(of);
  const coins = useAnswer('utxos.list', of);
  const [shown, setShown] = useState<HistoryItem | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [tools, setTools] = useState(false);
  const refresh = useAction(() => ask('refresh', { walletId: wallet.id, coin: coin.coin }));
  useFresh(() => void refresh.run(), AGAIN_MS);
  const csv = useAction(async () => {
    const { csv: text, name } = await ask('history.csv', of);
    saveFile(name, text, 'text/csv;charset=utf-8');
    setTools(false);
  });
  const again = () => void refresh.run();
  const use = (tool: Tool) => (tool === 'csv' ? void csv.run() : onPlace(tool));
  const utxo = coins.answer?.utxos.find(({ outpoint }) => outpoint === opened);
  if (shown !== null)
    return (
      <PaymentPage
        wallet={wallet}
        coin={coin}
        account={account}
        payment={history.items?.find(({ txid }) => txid === shown.txid) ?? shown}
        onBack={() => setShown(null)}
      />
    );
  const failed = coin.backend?.error ?? null;
  const lie = failed?.code === 'party-misbehaved' ? failed : null;
  const silent = failed !== null && lie === null;
  return (
    <>
      <CoinAccountScreen
        coin={coin}
        name={accountName(account)}
        balance={account.balance}
        asOfMs={told.sync.asOfMs}
        silent={silent}
        lie={lie}
        error={error ?? (failed === null ? refresh.error : null)}
        history={{
          coin: coin.coin,
          payments: history.items,
          silent: failed !== null || history.error !== null,
          onMore: history.more,
          onPayment: (txid) => setShown(history.items?.find((one) => one.txid === txid) ?? null),
          onAgain: again,
        }}
        utxos={{
          symbol: coin.symbol,
          utxos: coins.answer?.utxos ?? null,
          silent: failed !== null || coins.error !== null,
          onUtxo: setOpened,
          onAgain: again,
        }}
        onSend={canSign(wallet) ? () => onPlace('send') : null}
        onReceive={() => onPlace('receive')}
        onAccounts={() => onPlace('accounts')}
        onTools={() => setTools(true)}
        onServer={() => onPlace('server')}
        onBack={onBack}
      />
      {tools && (
        <ToolsSheet
          psbt={coin.replaceable && canSign(wallet)}
          server={coin.backend === null ? '' : new URL(coin.backend.url).host}
          saving={csv.busy}
          error={csv.error}
          onTool={use}
          onClose={() => setTools(false)}
        />
      )}
      {utxo !== undefined && (
        <UtxoDetails key={utxo.outpoint} wallet={wallet} coin={coin} utxo={utxo} onClose={() => setOpened(null)} />
      )}
    </>
  );
}
