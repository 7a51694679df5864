/** A Mini that is asked about Bitcoin and its relatives, and the places of accounts and addresses on it. */
import type { CoinId } from '@/lib/bus/utxo/shapes';
import { type AccountPlace, extendedKey, pathOf } from '@/lib/chains/utxo/accounts';
import { COINS } from '@/lib/chains/utxo/coins';
import { SCRIPT_TYPE } from '@/lib/chains/utxo/script';
import { WalletError } from '@/lib/errors';
import type { OneKey } from '@/lib/hardware/onekey/signer';
import { type OwnPlace, type UtxoDevice, utxoDevice } from '@/lib/hardware/onekey/utxo';
import type { HardwareSigner } from '@/lib/hardware/types';

/** @throws WalletError `device-unsupported` for a device that is asked in another way */
export function coinsOn(signer: HardwareSigner): UtxoDevice {
  if (!isOneKey(signer)) throw new WalletError('device-unsupported', { reason: 'coin' });
  return utxoDevice(signer);
}

const isOneKey = (signer: HardwareSigner): signer is OneKey => 'converse' in signer;

/** The place of an account by its name: purpose, coin type and number. @throws WalletError `bad-message` */
export function placeOf(coin: CoinId, key: string): AccountPlace {
  const [asked, coinType = -1, account = -1] = key.split('-').map(Number);
  const purpose = COINS[coin].purposes.find((one) => one === asked);
  if (purpose === undefined) throw new WalletError('bad-message', { reason: 'account' });
  return { coin, purpose, coinType, account };
}

/** An address that is given to others, as a device is told it. */
export function receivingPlace(coin: CoinId, key: string, { index, address }: { index: number; address: string }) {
  const place = placeOf(coin, key);
  return { path: [...pathOf(place), 0, index], scriptType: SCRIPT_TYPE[place.purpose], address } satisfies OwnPlace;
}

/** The keys that accounts are watched with, in the order of their names. */
export async function readKeys(device: UtxoDevice, coin: CoinId, keys: readonly string[]) {
  const accounts: { account: string; xpub: string }[] = [];
  for (const account of keys) {
    const xpub = extendedKey(await device.account(placeOf(coin, account), 'not'));
    accounts.push({ account, xpub });
  }
  return accounts;
}
