/** Names of accounts that a device is asked for: purpose, coin type and number, as in their paths. Pure. */
import type { AccountView, CoinId } from '@/lib/bus/utxo/shapes';
import { COINS, type Purpose } from '@/lib/chains/utxo/coins';

const keysOn = (coin: CoinId, coinType: number): readonly string[] =>
  COINS[coin].purposes.map((purpose) => `${purpose}-${coinType}-0`);

/** The first account of every kind. */
export const firstKeys = (coin: CoinId): readonly string[] => keysOn(coin, COINS[coin].coinType);

/** The same on the paths of the chain that the currency has split off from; none where it has not. */
export function keysBeforeSplit(coin: CoinId): readonly string[] {
  const { splitFromCoinType } = COINS[coin];
  return splitFromCoinType === null ? [] : keysOn(coin, splitFromCoinType);
}

/** The account of a kind after all that are there; null where the last one is not used yet (BIP-44). */
export function nextKey(
  coin: CoinId,
  accounts: readonly Pick<AccountView, 'purpose' | 'beforeSplit' | 'number' | 'used'>[],
  purpose: Purpose,
): string | null {
  const same = accounts.filter((one) => one.purpose === purpose && !one.beforeSplit);
  if (same.some(({ used }) => !used)) return null;
  const number = Math.max(-1, ...same.map((one) => one.number)) + 1;
  return `${purpose}-${COINS[coin].coinType}-${number}`;
}
