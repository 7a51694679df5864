/** Fee rates: in the smallest unit for 1,000 virtual bytes, so that 1.5 sat/vB is the whole number 1500. */
import { WalletError } from '@/lib/errors';
import type { Coin } from './coins';

const VBYTES = 1_000n;

/** What a size costs, rounded up. @param feePerKvB in the smallest unit for 1,000 virtual bytes */
export const feeOf = (vsize: number, feePerKvB: bigint): bigint => (BigInt(vsize) * feePerKvB + VBYTES - 1n) / VBYTES;

/** @throws WalletError `bad-fee` with `too-low` (no node passes it on) or `above-limit` (surely a slip) as reason */
export function checkFeeRate(coin: Coin, feePerKvB: bigint): void {
  if (feePerKvB < coin.minFeePerKvB) throw new WalletError('bad-fee', { reason: 'too-low' });
  if (feePerKvB > coin.maxFeePerKvB) throw new WalletError('bad-fee', { reason: 'above-limit' });
}
