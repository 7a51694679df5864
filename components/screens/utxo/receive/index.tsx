import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import { shortAddress } from '@/components/wallet/address-text';
import { parseAmount } from '@/lib/chains/amount';
import { COINS } from '@/lib/chains/utxo/coins';
import { requestUri } from '@/lib/chains/utxo/payment-request';
import { asWalletError } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { RequestSheet } from '../../receive/Screen';
import { accountName } from '../accounts/kind';
import { statedCoins } from '../parts/amounts';
import { askedOf, type OfAccount } from '../shared';
import { useDeviceTask } from '../use-device-task';
import { useAnswer, useUtxoCall } from '../use-utxo';
import { amountProblem } from '../words';
import { AddressListSheet, CoinReceiveScreen, LabelSheet, type ReceiveAddress } from './Screen';

const COPIED_MS = 2_000;
const DECIMALS = 8;

export function Receive({ wallet, coin, account, onBack }: OfAccount) {
  const { show } = useToaster();
  const openTask = useDeviceTask();
  const of = askedOf({ wallet, coin, account });
  const { answer, error } = useAnswer('receive.list', of);
  const [chosen, setChosen] = useState<string | null>(null);
  const [amount, setAmount] = useState<bigint | null>(null);
  const [sheet, setSheet] = useState<'ask' | 'list' | 'label' | null>(null);
  const used = answer?.used.find(({ address }) => address === chosen);
  const address = used ?? answer?.fresh;
  const uri = address === undefined ? '' : requestUri(COINS[coin.coin], { address: address.address, amount });
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(amount === null ? text : uri);
    if (amount !== null) return show(t('receive.request.copied'), { durationMs: COPIED_MS });
    show(t('address.copied'), { detail: <bdi dir="ltr">{shortAddress(text)}</bdi>, durationMs: COPIED_MS });
  };
  return (
    <>
      <CoinReceiveScreen
        coin={coin.coin}
        accountName={accountName(account)}
        shown={address === undefined ? null : { address, used: used !== undefined }}
        uri={uri}
        amount={amount === null ? null : statedCoins(String(amount), coin.symbol)}
        error={error}
        onCopy={() => address && copy(address.address).catch(() => undefined)}
        onAsk={() => setSheet('ask')}
        onClear={() => setAmount(null)}
        onList={() => setSheet('list')}
        onFresh={() => setChosen(null)}
        onLabel={() => setSheet('label')}
        onCheck={
          wallet.type === 'hardware' && address !== undefined
            ? () => openTask({ ask: 'address', ...of, index: address.index })
            : null
        }
        onBack={onBack}
      />
      {sheet === 'ask' && (
        <AskFor
          coin={coin}
          onAmount={(next) => {
            setAmount(next);
            setSheet(null);
          }}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet === 'list' && answer !== null && (
        <AddressListSheet
          addresses={answer.used}
          onAddress={(next) => {
            setChosen(next.address);
            setSheet(null);
          }}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet === 'label' && address !== undefined && (
        <Label wallet={wallet} coin={coin} address={address} onClose={() => setSheet(null)} />
      )}
    </>
  );
}

interface AskForProps extends Pick<OfAccount, 'coin'> {
  /** @param amount null leaves it to the payer */
  readonly onAmount: (amount: bigint | null) => void;
  readonly onClose: () => void;
}

function AskFor({ coin: { coin, symbol, name }, onAmount, onClose }: AskForProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const ask = () => {
    try {
      onAmount(text.trim() === '' ? null : parseAmount(text, DECIMALS));
    } catch (thrown) {
      setError(amountProblem(asWalletError(thrown).details, coin));
    }
  };
  return (
    <RequestSheet
      open
      assets={[{ token: null, symbol, name }]}
      token={null}
      amount={text}
      error={error}
      onToken={() => undefined}
      onAmount={(next) => {
        setText(next);
        setError(undefined);
      }}
      onShow={ask}
      onClose={onClose}
    />
  );
}

interface LabelProps extends Pick<OfAccount, 'wallet' | 'coin'> {
  readonly address: ReceiveAddress;
  readonly onClose: () => void;
}

function Label({ wallet, coin, address, onClose }: LabelProps) {
  const ask = useUtxoCall();
  const [label, setLabel] = useState(address.label);
  const save = useAction(async () => {
    await ask('labels.set', { walletId: wallet.id, coin: coin.coin, of: address.address, label });
    onClose();
  });
  return (
    <LabelSheet label={label} error={save.error} onLabel={setLabel} onSave={() => void save.run()} onClose={onClose} />
  );
}
