/** Phrases and private keys as they cross by `secret-port.ts`, between the screens of import and reveal and the background. */
import './jitless';
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { accountRef } from './snapshot';
import { taskOrder } from './task';

const phraseImport = z.strictObject({ words: z.string(), passphrase: z.string() });
/** `words`: in small letters, one space between them. `passphrase`: the optional one of BIP-39. */
export type PhraseImport = z.infer<typeof phraseImport>;

export const unlockProof = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('password'), password: z.string() }),
  /** As an authenticator computes it, base64url. */
  z.strictObject({ method: z.literal('passkey'), prfOutput: z.string() }),
  /** With the PIN every time, where nothing else opens this device. */
  z.strictObject({ method: z.literal('pin'), pin: z.string() }),
]);
/** Once more what unlocks this device. */
export type UnlockProof = z.infer<typeof unlockProof>;

const taskRequest = taskOrder.extend({ unlock: unlockProof });
/** What is to be begun, and who asks for it. */
export type TaskRequest = z.infer<typeof taskRequest>;

const revealRequest = z.strictObject({ walletId: accountRef.shape.walletId, unlock: unlockProof });
export type RevealRequest = z.infer<typeof revealRequest>;

const revealedSecret = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('phrase'), words: z.string(), passphrase: z.string() }),
  z.strictObject({ type: z.literal('private-key'), key: z.string() }),
]);
export type RevealedSecret = z.infer<typeof revealedSecret>;

export const secretText = (secret: PhraseImport | RevealRequest | RevealedSecret | TaskRequest): string =>
  JSON.stringify(secret);

/** @throws WalletError `bad-message` */
export const phraseImportOf = (bytes: Uint8Array): PhraseImport => parsed(phraseImport, textOf(bytes));

/** @throws WalletError `bad-message` */
export const revealRequestOf = (bytes: Uint8Array): RevealRequest => parsed(revealRequest, textOf(bytes));

/** @throws WalletError `bad-message` */
export const taskRequestOf = (bytes: Uint8Array): TaskRequest => parsed(taskRequest, textOf(bytes));

/** @throws WalletError `bad-message` */
export const revealedSecretOf = (text: string): RevealedSecret => parsed(revealedSecret, text);

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // The text of a parser's error may quote what it read.
    throw new WalletError('bad-message', { reason: 'secret' });
  }
}
