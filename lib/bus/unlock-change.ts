/**
 * What changes how this device unlocks, and what proves who asks for it, as one secret that crosses by `secret-port.ts`.
 * The proof is null where there is nothing to prove by: before the first choice, or where the record is damaged.
 */
import './jitless';
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { passkeyGrant } from './passkey';
import { unlockProof } from './wallet-secrets';

const proofOnly = z.strictObject({ unlock: unlockProof.nullable() });
type ProofOnly = z.infer<typeof proofOnly>;

const newPassword = proofOnly.extend({ password: z.string() });
type NewPassword = z.infer<typeof newPassword>;

const newPasskey = proofOnly.extend({ grant: passkeyGrant });
type NewPasskey = z.infer<typeof newPasskey>;

const removal = proofOnly.extend({ method: z.enum(['passkey', 'password']) });
type Removal = z.infer<typeof removal>;

export const unlockChangeText = (change: ProofOnly | NewPassword | NewPasskey | Removal): string =>
  JSON.stringify(change);

/** @throws WalletError `bad-message` */
export const proofOf = (bytes: Uint8Array): ProofOnly => parsed(proofOnly, bytes);

/** @throws WalletError `bad-message` */
export const newPasswordOf = (bytes: Uint8Array): NewPassword => parsed(newPassword, bytes);

/** @throws WalletError `bad-message` */
export const newPasskeyOf = (bytes: Uint8Array): NewPasskey => parsed(newPasskey, bytes);

/** @throws WalletError `bad-message` */
export const removalOf = (bytes: Uint8Array): Removal => parsed(removal, bytes);

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    // The text of a parser's error may quote what it read.
    throw new WalletError('bad-message', { reason: 'unlock-method' });
  }
}
