import { useState } from 'react';
import { toWallet } from '@/components/hooks/use-place';
import type { AccountView } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import type { DeviceKind } from '@/lib/hardware/types';
import { CheckAddressScreen } from './CheckAddressScreen';
import { pathOf } from './paths';
import { useDevice, useReconnect, type Way } from './use-device';

export interface CheckAddressProps {
  readonly kind: DeviceKind;
  readonly account: AccountView;
}

export function CheckAddress({ kind, account }: CheckAddressProps) {
  const { address, index } = account;
  const { talk, run, passphrase, pinPlaces, cancel } = useDevice(kind);
  const [confirmed, setConfirmed] = useState(false);
  const check = async (way: Way) => {
    const shown = await run(way, async (signer) => {
      const actualAddress = await signer.getAddress(pathOf(index), 'not');
      if (actualAddress.toLowerCase() !== address.toLowerCase())
        throw new WalletError('device-wrong-wallet', { expectedAddress: address, actualAddress });
      return signer.getAddress(pathOf(index), 'on-device');
    });
    setConfirmed(shown?.toLowerCase() === address.toLowerCase());
  };
  useReconnect(talk, () => void check('usb'));
  return (
    <CheckAddressScreen
      talk={talk}
      account={account}
      confirmed={confirmed}
      onConnect={check}
      onPassphrase={passphrase}
      onPinPlaces={pinPlaces}
      onStop={cancel}
      onBack={toWallet}
    />
  );
}
