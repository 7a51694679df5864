/** What a transaction costs for its size: at the levels that a server knows, or as somebody has typed it. */
import type { z } from 'zod';
import type { feeChoice, feeLevel } from '@/lib/bus/utxo/shapes';
import { parseAmount } from '@/lib/chains/amount';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { checkFeeRate } from '@/lib/chains/utxo/fees';
import { WalletError } from '@/lib/errors';
import type { Servers } from './servers';

export type Level = z.output<typeof feeLevel>;
export type FeeChoice = z.output<typeof feeChoice>;
/** In the smallest unit for 1,000 virtual bytes; null where a server cannot say. */
export type Rates = Readonly<Record<Level, bigint | null>>;

/** In how many blocks. */
const BLOCKS: Readonly<Record<Level, number>> = { fast: 1, normal: 3, slow: 12 };
/** sat/vB has so many decimals: a thousandth of it is one for 1,000 virtual bytes. */
const DECIMALS = 3;

/** Never below what nodes pass on, and slower is never dearer. @throws WalletError what the server does */
export async function readRates(servers: Pick<Servers, 'use'>, id: CoinId): Promise<Rates> {
  const { minFeePerKvB, maxFeePerKvB } = COINS[id];
  const [fast, normal, slow] = await servers.use(id, (backend) =>
    Promise.all([BLOCKS.fast, BLOCKS.normal, BLOCKS.slow].map((blocks) => backend.feePerKvB(blocks))),
  );
  const within = (rate: bigint | null | undefined, most: bigint): bigint | null => {
    if (rate === null || rate === undefined || rate > maxFeePerKvB) return null;
    const least = rate < minFeePerKvB ? minFeePerKvB : rate;
    return least > most ? most : least;
  };
  const first = within(fast, maxFeePerKvB);
  const second = within(normal, first ?? maxFeePerKvB);
  return { fast: first, normal: second, slow: within(slow, second ?? first ?? maxFeePerKvB) };
}

/** @throws WalletError `bad-fee` with `format`, `too-low`, `above-limit`, `unknown-level` as reason */
export function rateOf(coin: CoinId, choice: FeeChoice, rates: Rates): bigint {
  if (typeof choice === 'string') {
    const rate = rates[choice];
    if (rate === null) throw new WalletError('bad-fee', { reason: 'unknown-level' });
    return rate;
  }
  const rate = typedRate(choice.satPerVb);
  checkFeeRate(COINS[coin], rate);
  return rate;
}

function typedRate(text: string): bigint {
  try {
    return parseAmount(text, DECIMALS);
  } catch {
    throw new WalletError('bad-fee', { reason: 'format' });
  }
}
