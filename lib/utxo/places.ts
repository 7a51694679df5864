/** Accounts by their names. */
import type { AddressType } from '@/lib/bus/utxo/shapes';
import type { AccountPlace } from '@/lib/chains/utxo/accounts';
import { COINS, type CoinId, type Purpose } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';

export const ADDRESS_TYPE: Readonly<Record<Purpose, AddressType>> = {
  44: 'legacy',
  49: 'nested-segwit',
  84: 'native-segwit',
  86: 'taproot',
};

type Place = Pick<AccountPlace, 'purpose' | 'coinType' | 'account'>;

/** Purpose, coin type and number, such as `84-0-0`. */
export const keyOf = ({ purpose, coinType, account }: Place): string => `${purpose}-${coinType}-${account}`;

/** @throws WalletError `bad-message` for an account that the coin cannot have */
export function placeOf(coin: CoinId, key: string): AccountPlace {
  const [asked, coinType, account] = key.split('-').map(Number);
  const { purposes, coinType: usual, splitFromCoinType } = COINS[coin];
  const purpose = purposes.find((one) => one === asked);
  if (purpose === undefined || account === undefined || account > 0x7fff_ffff) throw unknown();
  if (coinType !== usual && (coinType !== splitFromCoinType || splitFromCoinType === null)) throw unknown();
  return { coin, purpose, coinType, account };
}

const unknown = () => new WalletError('bad-message', { reason: 'account' });
