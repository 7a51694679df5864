/** What is typed about a payment, as pages send it and as it is kept until it is sent or given up. */
import './jitless';
import { z } from 'zod';
import { chainNumber } from './networks';

const typedNumber = z.string().max(40);

export const feeChoice = z.union([
  z.enum(['slow', 'normal', 'fast']),
  /** As typed: prices in gwei, gas as a whole number. */
  z.strictObject({ price: typedNumber, tip: typedNumber, gas: typedNumber }),
]);

/** A token's contract, or null for the network's own unit. */
export const tokenAddress = z.string().max(100).nullable();

/** A form that is being filled in. Nothing of it has been checked. */
export const sendDraft = z.strictObject({
  /** The account that sends, by its address, and the network that it sends on. */
  of: z.strictObject({ chainId: chainNumber, from: z.string().regex(/^0x[0-9a-fA-F]{40}$/) }),
  form: z.strictObject({
    /** An address or a name. */
    to: z.string().max(300),
    amount: z.string().max(100),
    /** The whole balance, less the fee where it is paid from it. */
    everything: z.boolean(),
    token: tokenAddress,
    fee: feeChoice,
  }),
});

export type FeeChoice = z.infer<typeof feeChoice>;
