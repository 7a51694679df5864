/** What the wallet's own pages decide about web sites: their requests, and what they may see. */
import './jitless';
import { z } from 'zod';
import { chainNumber } from './networks';
import { review, reviewChoice } from './review';

/** How the names of ports begin that page bridges open. */
export const DAPP_PORT = 'dapp ';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const nothing = z.strictObject({});
const origin = z.string().min(1).max(600);
const key = z.string().min(1).max(400);
const typedNumber = z.string().max(40);

/** What may be decided about a transaction before it is shown. */
export const reviewWish = z.strictObject({
  /** Null: as the site wishes, or else the normal one. */
  fee: z
    .union([
      z.enum(['slow', 'normal', 'fast']),
      z.strictObject({ price: typedNumber, tip: typedNumber, gas: typedNumber }),
    ])
    .nullable(),
  /** Of the one allowance that is given, decimal in the smallest unit; null: as the site asks. */
  allowance: z
    .string()
    .regex(/^[0-9]{1,78}$/)
    .nullable(),
});

export const dappTable = {
  /** What a request would do. It is noted: this, and nothing else, can be confirmed. @throws `request-gone` */
  'requests.review': { input: z.strictObject({ key, wish: reviewWish }), output: review },
  /** @throws `quote-expired` if it would be something else by now: it is to be shown again */
  'requests.confirm': {
    input: z.strictObject({ key, digest: z.string().max(66), choice: reviewChoice }),
    output: nothing,
  },
  'requests.reject': { input: z.strictObject({ key }), output: nothing },
  'requests.reject-all': { input: nothing, output: nothing },
  /** What a site may see from now on, the one in use there first. */
  'sites.set-accounts': {
    input: z.strictObject({ origin, accounts: z.array(address).min(1).max(100) }),
    output: nothing,
  },
  'sites.set-chain': { input: z.strictObject({ origin, chainId: chainNumber }), output: nothing },
  /** Rejects what it is waiting for, too. */
  'sites.disconnect': { input: z.strictObject({ origin }), output: nothing },
  /** `metamask`: for a site that knows no other name. The browser must have allowed scripts there before. */
  'sites.set-name': { input: z.strictObject({ origin, name: z.enum(['own', 'metamask']) }), output: nothing },
} as const;

export type ReviewWish = z.infer<typeof reviewWish>;
