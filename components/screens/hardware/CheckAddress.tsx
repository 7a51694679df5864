import { useState } from 'react';
import type { AccountView } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import { toWallet } from '../use-place';
import { CheckAddressScreen } from './CheckAddressScreen';
import { pathOf } from './paths';
import { useDevice, useReconnect } from './use-device';

export interface CheckAddressProps {
  readonly account: AccountView;
}

export function CheckAddress({ account }: CheckAddressProps) {
  const { address, index } = account;
  const { talk, run, passphrase, cancel } = useDevice();
  const [confirmed, setConfirmed] = useState(false);
  const check = async (way: 'usb' | 'bridge') => {
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
      onStop={cancel}
      onBack={toWallet}
    />
  );
}
