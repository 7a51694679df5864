/** A password and the one that takes its place, as one secret that crosses by `secret-port.ts`. */
import './jitless';
import { z } from 'zod';
import { utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';

const passwordChange = z.strictObject({ current: z.string(), next: z.string() });
type PasswordChange = z.infer<typeof passwordChange>;

export const passwordChangeText = (change: PasswordChange): string => JSON.stringify(change);

/** Both as UTF-8, for the caller to wipe. @throws WalletError `bad-message` */
export function passwordChangeOf(bytes: Uint8Array): { readonly current: Uint8Array; readonly next: Uint8Array } {
  try {
    const { current, next } = passwordChange.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { current: utf8(current), next: utf8(next) };
  } catch {
    // The text of a parser's error may quote what it read.
    throw new WalletError('bad-message', { reason: 'password' });
  }
}
