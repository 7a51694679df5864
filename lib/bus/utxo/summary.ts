/** Of Bitcoin and its relatives only what home shows; the rest is asked for (`table.ts`). */
import '../jitless';
import { z } from 'zod';
import { errorFacts } from '../facts';

export const coinId = z.enum(['btc', 'ltc', 'bch', 'btg', 'dash', 'doge']);
/** Decimal text in the smallest unit (satoshi); every coin here has 8 decimals. */
export const satText = z.string().regex(/^(0|[1-9][0-9]{0,19})$/);

export const utxoSummary = z.object({
  /** Another number after every change: who shows more asks again. */
  revision: z.int().min(0),
  /** What each wallet has of each coin that it has accounts of. Empty while locked. */
  balances: z.array(
    z.object({
      walletId: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
      coin: coinId,
      name: z.string(),
      symbol: z.string(),
      /** In blocks, and own change that waits. */
      confirmed: satText,
      /** Paid by others and in no block yet. */
      pending: satText,
      /** Null before the first answer of a server. */
      asOfMs: z.int().min(0).nullable(),
      /** What stood in the way of the last question. */
      error: errorFacts.nullable(),
    }),
  ),
});
