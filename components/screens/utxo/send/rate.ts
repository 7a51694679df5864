/** Rates of fees as people read them. */
import { amountText } from '@/lib/chains/amount';

/** The smallest unit for one virtual byte, as wallets of all six currencies write it. */
export const RATE_UNIT = 'sat/vB';

/** Such as `1.5`. @param feeRate in the smallest unit for 1,000 virtual bytes, as decimal text */
export const rateText = (feeRate: string): string => amountText(BigInt(feeRate), 3);
