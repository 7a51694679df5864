import { useAction } from '@/components/hooks/use-action';
import { toWallet } from '@/components/hooks/use-place';
import type { Snapshot } from '@/lib/bus/snapshot';
import { COINS } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';
import type { HardwareSigner } from '@/lib/hardware/types';
import { u } from '@/lib/i18n/utxo';
import type { CoinTask } from '../../utxo/device-task';
import { useUtxoCall } from '../../utxo/use-utxo';
import { pathOf } from '../paths';
import { useDevice, type Way } from '../use-device';
import { coinsOn, readKeys } from './ask-device';
import { CoinDeviceScreen } from './DeviceScreen';

export interface CoinDeviceAccountsProps {
  readonly snapshot: Snapshot;
  readonly task: Extract<CoinTask, { ask: 'accounts' }>;
}

/** Reads the keys that accounts are watched with, of the device that this wallet is of. */
export function CoinDeviceAccounts({ snapshot, task }: CoinDeviceAccountsProps) {
  const { walletId, coin, accounts } = task;
  const ask = useUtxoCall();
  const { talk, run, passphrase, pinPlaces, cancel } = useDevice('onekey-mini');
  const [known] = snapshot.wallets.find(({ id }) => id === walletId)?.accounts ?? [];
  const read = async (signer: HardwareSigner) => {
    if (known === undefined) throw new WalletError('wallet-not-found');
    // Another passphrase opens another wallet without a word.
    const actualAddress = await signer.getAddress(pathOf(known.index), 'not');
    if (actualAddress.toLowerCase() !== known.address.toLowerCase())
      throw new WalletError('device-wrong-wallet', { expectedAddress: known.address, actualAddress });
    return readKeys(coinsOn(signer), coin, accounts);
  };
  const add = useAction(async (way: Way) => {
    const keys = await run(way, read);
    if (keys === null) return;
    await ask('device.add', { walletId, coin, accounts: keys });
    await ask('discover.start', { walletId, coin, earlier: false });
    toWallet();
  });
  return (
    <CoinDeviceScreen
      talk={talk}
      title={u('accounts.title', { coin: COINS[coin].name })}
      lead={u('device.accounts')}
      text={u('device.accounts.text')}
      address={null}
      confirmed={false}
      error={add.error}
      onConnect={(way) => void add.run(way)}
      onPassphrase={passphrase}
      onPinPlaces={pinPlaces}
      onStop={cancel}
      onBack={toWallet}
    />
  );
}
