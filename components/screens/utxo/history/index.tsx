import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useToaster } from '@/components/ui/Toast';
import type { HistoryItem } from '@/lib/bus/utxo/shapes';
import { u } from '@/lib/i18n/utxo';
import { askedOf, canSign, type OfAccount } from '../shared';
import { useUtxoCall } from '../use-utxo';
import { CoinPaymentScreen } from './Screen';
import { SpeedUp } from './SpeedUp';

export interface PaymentPageProps extends OfAccount {
  readonly payment: HistoryItem;
}

export function PaymentPage({ payment, ...of }: PaymentPageProps) {
  const { wallet, coin, onBack } = of;
  const ask = useUtxoCall();
  const { show } = useToaster();
  const [label, setLabel] = useState(payment.label);
  const [faster, setFaster] = useState(false);
  const save = useAction(async () => {
    if (label !== payment.label)
      await ask('labels.set', { walletId: wallet.id, coin: coin.coin, of: payment.txid, label });
  });
  const copy = async () => {
    await navigator.clipboard.writeText(payment.txid);
    show(u('history.txid.copied'));
  };
  return (
    <>
      <CoinPaymentScreen
        coin={coin.coin}
        payment={payment}
        label={label}
        error={save.error}
        onLabel={setLabel}
        onSaveLabel={() => void save.run()}
        onCopyTxid={() => copy().catch(() => undefined)}
        onSpeedUp={payment.canSpeedUp && canSign(wallet) ? () => setFaster(true) : null}
        onBack={onBack}
      />
      {faster && (
        <SpeedUp
          of={askedOf(of)}
          symbol={coin.symbol}
          payment={payment}
          onDone={onBack}
          onClose={() => setFaster(false)}
        />
      )}
    </>
  );
}
