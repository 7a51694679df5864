/**
 * A passkey that opens this profile, as it crosses between a page, where the browser asks for it, and the background,
 * which alone holds keys. What the authenticator computes (WebAuthn Level 3, PRF extension) is a secret: it crosses by
 * `secret-port.ts` and stays nowhere.
 */
import './jitless';
import { z } from 'zod';
import { fromBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';

const PRF_BYTES = 32;
/** As long as WebAuthn allows a credential id to be. */
const CREDENTIAL_ID_MOST_BYTES = 1023;

const base64url = (least: number, most: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((least * 4) / 3)},${Math.ceil((most * 4) / 3)}}$`));
const prfText = base64url(PRF_BYTES, PRF_BYTES);

/** What is needed to ask for a passkey again: no secret. Both in base64url. */
export const passkeyHandle = z.object({
  credentialId: base64url(1, CREDENTIAL_ID_MOST_BYTES),
  /** The input of the PRF, 32 random bytes, drawn for this passkey alone. */
  prfSalt: prfText,
});
export type PasskeyHandle = z.infer<typeof passkeyHandle>;

export const passkeyGrant = passkeyHandle.extend({ prfOutput: prfText }).strict();
/** A passkey that was just made, and what it computed: 32 bytes in base64url, the secret. */
export type PasskeyGrant = z.infer<typeof passkeyGrant>;

/** What a page can do with passkeys; `lib/platform/passkey.ts` makes it of the browser's. */
export interface Passkeys {
  /** Whether this browser can be asked at all. That an authenticator has PRF shows only once it made a passkey. */
  offered(): Promise<boolean>;
  /**
   * Makes a passkey and has it compute; the user may be asked twice.
   * @param name as the authenticator lists it
   * @throws WalletError `passkey-cancelled`, `passkey-unsupported`; with reason `made` if a passkey is left behind
   */
  create(name: string): Promise<PasskeyGrant>;
  /** @returns the PRF output in base64url @throws WalletError `passkey-cancelled`, `passkey-unsupported` */
  evaluate(handle: PasskeyHandle): Promise<string>;
  /** Tells the authenticator that nobody asks for this passkey any more. Most then drop it, some cannot. */
  forget(credentialId: string): Promise<void>;
}

/** The text that crosses when a passkey is set: it holds the secret. */
export const grantText = (grant: PasskeyGrant): string => JSON.stringify(grant);

/** @throws WalletError `bad-message` */
export function grantOf(bytes: Uint8Array): PasskeyHandle & { readonly prfOutput: Uint8Array } {
  try {
    const { credentialId, prfSalt, prfOutput } = passkeyGrant.parse(JSON.parse(textOf(bytes)));
    return { credentialId, prfSalt, prfOutput: fromBase64url(prfOutput) };
  } catch {
    // The text of a parser's error may quote what it read.
    throw new WalletError('bad-message', { reason: 'passkey' });
  }
}

/** The 32 bytes of a PRF output that crossed as text. @throws WalletError `bad-message` */
export function prfOutputOf(bytes: Uint8Array): Uint8Array {
  const parsed = prfText.safeParse(textOf(bytes));
  if (!parsed.success) throw new WalletError('bad-message', { reason: 'passkey' });
  return fromBase64url(parsed.data);
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
