/** What others may take of an account, as far as it is known here, and the end of it. */
import './jitless';
import { z } from 'zod';
import { chainNumber } from './networks';
import { address, amount, party, timeMs } from './review-facts';
import { quote } from './send';
import { feeChoice } from './send-draft';
import { accountRef } from './snapshot';

const MOST_SHOWN = 1_000;

/** `permit2`: not at the token, but at Permit2. `collection`: all of it. `item`: one of a collection. */
const allowancePlace = z.strictObject({
  kind: z.enum(['token', 'permit2', 'collection', 'item']),
  chainId: chainNumber,
  /** The token or collection. */
  contract: address,
  spender: address,
  /** Decimal; null but for an item. */
  tokenId: z
    .string()
    .regex(/^[0-9]{1,78}$/)
    .nullable(),
});

const allowanceView = z.strictObject({
  place: allowancePlace,
  /** The most that may be taken; 0 of a collection is all of it. */
  amount,
  spender: party,
  /** Null where it does not end by itself. */
  untilMs: timeMs.nullable(),
  /** Which site it was granted to, where that was through this wallet. */
  granted: z.strictObject({ origin: z.string().max(600), atMs: timeMs }).nullable(),
});

export const allowanceTable = {
  /** What holds on one network, asked of its node now. @throws `chain-unreachable` */
  'allowances.list': {
    input: z.strictObject({ account: accountRef, chainId: chainNumber }),
    output: z.strictObject({ allowances: z.array(allowanceView).max(MOST_SHOWN) }),
  },
  /** A quote for the transaction that ends one; `send.confirm` sends it. Refused as `send.prepare` is. */
  'allowances.revoke': {
    input: z.strictObject({ account: accountRef, place: allowancePlace, fee: feeChoice }),
    output: quote,
  },
} as const;

export type AllowanceView = z.infer<typeof allowanceView>;
export type AllowancePlaceView = z.infer<typeof allowancePlace>;
