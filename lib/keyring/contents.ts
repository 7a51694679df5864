/** What is sealed: the secret of every wallet that has one. */
import { z } from 'zod';
import { accountRef } from '@/lib/chains/account-ref';

/** Base64url of exactly `length` bytes. */
export const bytesText = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((length * 4) / 3)}}$`));

const phraseEntropy = z.union([bytesText(16), bytesText(20), bytesText(24), bytesText(28), bytesText(32)]);

/** In UTF-16 units; BIP-39 sets no limit. */
export const PASSPHRASE_LENGTH = 256;

export const walletSecret = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('keyless'), entropy: bytesText(32) }),
  /** `passphrase`: the optional one of BIP-39; empty is none. */
  z.strictObject({
    type: z.literal('phrase'),
    entropy: phraseEntropy,
    passphrase: z.string().max(PASSPHRASE_LENGTH),
  }),
  z.strictObject({ type: z.literal('private-key'), key: bytesText(32) }),
]);
export type WalletSecret = z.output<typeof walletSecret>;

/** By wallet id. */
export const contents = z.record(accountRef.shape.walletId, walletSecret);
export type Contents = z.output<typeof contents>;

/** In `storage.session` while unlocked: the contents, and the key that they are sealed with, null if they are not. */
export const openKeyring = z.strictObject({ key: bytesText(32).nullable(), contents });
export type OpenKeyring = z.output<typeof openKeyring>;
