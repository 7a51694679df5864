import { useState } from 'react';
import { toWallet } from '@/components/hooks/use-place';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import type { CoinTask } from '../../utxo/device-task';
import { useAnswer } from '../../utxo/use-utxo';
import { useDevice, useReconnect, type Way } from '../use-device';
import { coinsOn, receivingPlace } from './ask-device';
import { CoinDeviceScreen } from './DeviceScreen';

export interface CoinDeviceAddressProps {
  readonly task: Extract<CoinTask, { ask: 'address' }>;
}

/** A receiving address, here and on the device. */
export function CoinDeviceAddress({ task }: CoinDeviceAddressProps) {
  const { walletId, coin, account, index } = task;
  const { answer, error } = useAnswer('receive.list', { walletId, coin, account });
  const shown = answer === null ? undefined : [answer.fresh, ...answer.used].find((one) => one.index === index);
  const { talk, run, passphrase, pinPlaces, cancel } = useDevice('onekey-mini');
  const [confirmed, setConfirmed] = useState(false);
  const check = async (way: Way) => {
    if (shown === undefined) return;
    const place = receivingPlace(coin, account, shown);
    const same = await run(way, async (signer) => {
      await coinsOn(signer).showAddress(coin, place);
      return true;
    });
    setConfirmed(same === true);
  };
  useReconnect(talk, () => void check('usb'));
  return (
    <CoinDeviceScreen
      talk={talk}
      title={t('hardware.check.title')}
      lead={u('receive.fresh', { place: index + 1 })}
      text={t('hardware.check.text')}
      address={shown?.address ?? null}
      confirmed={confirmed}
      error={error}
      onConnect={(way) => void check(way)}
      onPassphrase={passphrase}
      onPinPlaces={pinPlaces}
      onStop={cancel}
      onBack={toWallet}
    />
  );
}
