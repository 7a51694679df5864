/** Rates of fees as people read and type them. */
import { amountText } from '@/lib/chains/amount';
import { statedAmount } from '@/lib/i18n';

/** The smallest unit for one virtual byte, as wallets of all six currencies write it. */
export const RATE_UNIT = 'sat/vB';
/** A rate is told for 1,000 virtual bytes. */
const DECIMALS = 3;

/** With its unit: `1.5 sat/vB`. @param feeRate in the smallest unit for 1,000 virtual bytes, as decimal text */
export const rateText = (feeRate: string): string =>
  statedAmount(BigInt(feeRate), RATE_UNIT, { decimals: DECIMALS, fractionDigits: DECIMALS });

/** The same as it would be typed: `1.5`. */
export const typedRate = (feeRate: string): string => amountText(BigInt(feeRate), DECIMALS);
