/** What is sent: the form as it is filled in, and the quote that is shown before it is signed. */
import './jitless';
import { z } from 'zod';
import { chainNumber } from './networks';
import { feeChoice, tokenAddress } from './send-draft';
import { accountRef, weiText } from './snapshot';

export const sendForm = z.strictObject({
  account: accountRef,
  chainId: chainNumber,
  /** A token's contract, or null for the network's own unit. */
  token: tokenAddress,
  fee: feeChoice,
  to: z.string().max(100),
  /** Decimal text in the unit of the token or of the network (`0.5`), or everything (that the fee leaves). */
  amount: z.union([z.string().max(100), z.strictObject({ everything: z.literal(true) })]),
});
export const replaceHow = z.enum(['speed-up', 'cancel']);
/** What is going to be signed, as it was shown: `send.confirm` signs this and nothing else. */
export const quote = z.strictObject({
  quoteId: z.string(),
  account: accountRef,
  chainId: chainNumber,
  token: tokenAddress,
  to: z.string(),
  /** In the smallest unit of the token or of the network. */
  valueWei: weiText,
  /** The highest fee that can be charged. */
  feeWei: weiText,
  /** What leaves in the network's own unit: the fee, and the value where that is no token. */
  totalWei: weiText,
  nonce: z.int().min(0),
  /** The fee in its parts. `waits`: less than the next block asks for, it may take hours. */
  offer: z.strictObject({
    kind: z.enum(['eip1559', 'legacy']),
    gas: weiText,
    priceWei: weiText,
    tipWei: weiText,
    waits: z.boolean(),
  }),
  /** The highest fee at each level. */
  levelFeesWei: z.strictObject({ slow: weiText, normal: weiText, fast: weiText }),
  /** What it is sent in the place of. */
  replaces: z.strictObject({ hash: z.string(), how: replaceHow }).nullable(),
});
