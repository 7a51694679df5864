import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { UtxoView } from '@/lib/bus/utxo/shapes';
import type { OfAccount } from '../shared';
import { useUtxoCall } from '../use-utxo';
import { UtxoSheet } from './Screen';

export interface UtxoDetailsProps extends Pick<OfAccount, 'wallet' | 'coin'> {
  readonly utxo: UtxoView;
  readonly onClose: () => void;
}

export function UtxoDetails({ wallet, coin, utxo, onClose }: UtxoDetailsProps) {
  const ask = useUtxoCall();
  const ofCoin = { walletId: wallet.id, coin: coin.coin };
  const [label, setLabel] = useState(utxo.label);
  const save = useAction(async () => {
    await ask('labels.set', { ...ofCoin, of: utxo.outpoint, label });
    onClose();
  });
  const freeze = useAction((frozen: boolean) =>
    ask('utxos.set-frozen', { ...ofCoin, outpoint: utxo.outpoint, frozen }),
  );
  return (
    <UtxoSheet
      utxo={utxo}
      symbol={coin.symbol}
      label={label}
      error={save.error ?? freeze.error}
      onLabel={setLabel}
      onSave={() => void save.run()}
      onFreeze={(frozen) => void freeze.run(frozen)}
      onClose={onClose}
    />
  );
}
