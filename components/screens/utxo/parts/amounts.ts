/** All six currencies have eight decimals. */
import { exactUnit } from '@/components/wallet/units';
import { amountWithUnit, statedAmount } from '@/lib/i18n';

export const COIN_UNIT = exactUnit(8);

/** An amount to its last digit, covered where amounts are. @param units in the smallest unit, as decimal text */
export const coinAmount = (units: string, symbol: string): string => amountWithUnit(BigInt(units), symbol, COIN_UNIT);

/** The same, never covered: for what is typed or about to be signed. */
export const statedCoins = (units: string, symbol: string): string => statedAmount(BigInt(units), symbol, COIN_UNIT);

/** Everything of an account, what waits too. */
export const sumOf = ({ confirmed, pending }: { readonly confirmed: string; readonly pending: string }): string =>
  String(BigInt(confirmed) + BigInt(pending));
