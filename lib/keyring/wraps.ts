/**
 * The keyring key (32 bytes) under each way to unlock: AES-256-GCM with a key that is stretched from a password by
 * Argon2id (RFC 9106), or derived from the PRF output of a passkey (WebAuthn Level 3, section 10.1.4) by HKDF.
 * The associated data binds method, version and parameters, so that nobody can weaken a wrap and have it accepted.
 */
import { z } from 'zod';
import { encode, fromBase64url, toBase64url, u8, u32, utf8 } from '@/lib/bytes';
import { KEY_BYTES, NONCE_BYTES, open, seal, TAG_BYTES } from '@/lib/crypto/aead';
import { type Argon2Parameters, argon2id, hkdf } from '@/lib/crypto/kdf';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { bytesText } from './contents';

const SALT_BYTES = 16;
const PRF_BYTES = 32;

/**
 * More than the least that OWASP asks for (19 MiB, two passes), and not slower than the 900,000 iterations of
 * PBKDF2-SHA-256 that wallets use (`npm run bench -- unlock`). Stored beside each password: a change is for new ones.
 */
export const DEFAULT_STRETCHING: Argon2Parameters = { memoryKiB: 24 * 1024, passes: 2, lanes: 1 };

/** Bounds, so that a damaged record cannot ask for more memory than there is. */
export const stretching = z.strictObject({
  memoryKiB: z
    .int()
    .min(8)
    .max(1024 * 1024),
  passes: z.int().min(1).max(64),
  lanes: z.int().min(1).max(16),
});

const sealedKey = { nonce: bytesText(NONCE_BYTES), wrapped: bytesText(KEY_BYTES + TAG_BYTES) };
const passwordWrap = z.strictObject({ stretching, salt: bytesText(SALT_BYTES), ...sealedKey });
const passkeyWrap = z.strictObject({
  /** As the authenticator gave it, base64url. */
  credentialId: z.string().regex(/^[A-Za-z0-9_-]{1,1400}$/),
  prfSalt: bytesText(PRF_BYTES),
  ...sealedKey,
});

/** One for each way to unlock; at least one. */
export const wraps = z.strictObject({
  password: passwordWrap.exactOptional(),
  passkey: passkeyWrap.exactOptional(),
});
export type Wraps = z.output<typeof wraps>;

export const methodsOf = (wraps: Wraps): ('password' | 'passkey')[] =>
  (['passkey', 'password'] as const).filter((method) => wraps[method] !== undefined);

/** What opens a sealed keyring. `password` is UTF-8 of any length, `prfOutput` 32 bytes. */
export type UnlockSecret =
  | { readonly method: 'password'; readonly password: Uint8Array }
  | { readonly method: 'passkey'; readonly prfOutput: Uint8Array };

/** The same when it is set up. `prfSalt`: what the PRF was evaluated at, 32 bytes; like `credentialId` in base64url. */
export type NewUnlock =
  | { readonly method: 'password'; readonly password: Uint8Array }
  | {
      readonly method: 'passkey';
      readonly credentialId: string;
      readonly prfSalt: string;
      readonly prfOutput: Uint8Array;
    };

export interface WrapDeps {
  readonly stretching: Argon2Parameters;
  readonly random: (length: number) => Uint8Array;
}

/** `wraps` with one for `unlock`, in place of an older one of the same method. */
export async function withWrap(wraps: Wraps, key: Secret, unlock: NewUnlock, deps: WrapDeps): Promise<Wraps> {
  const nonce = deps.random(NONCE_BYTES);
  if (unlock.method === 'passkey') {
    const aad = passkeyAad(unlock.credentialId, unlock.prfSalt);
    const wrapped = sealKey(passkeyKey(unlock.prfOutput), nonce, key, aad);
    const { credentialId, prfSalt } = unlock;
    return { ...wraps, passkey: { credentialId, prfSalt, ...wrapped } };
  }
  const salt = deps.random(SALT_BYTES);
  const wrapping = await stretchPassword(unlock.password, salt, deps.stretching);
  const wrapped = sealKey(wrapping, nonce, key, passwordAad(deps.stretching, salt));
  return { ...wraps, password: { stretching: { ...deps.stretching }, salt: toBase64url(salt), ...wrapped } };
}

/** @throws WalletError `password-wrong`, `passkey-wrong`; `bad-message` if nothing is wrapped for the method */
export async function unwrap(wraps: Wraps, unlock: UnlockSecret): Promise<Secret> {
  const wrap = wraps[unlock.method];
  if (!wrap) throw new WalletError('bad-message', { reason: 'unlock-method' });
  const { wrapping, aad } = await openerOf(wraps, unlock);
  try {
    return new Secret(open(wrapping, fromBase64url(wrap.nonce), fromBase64url(wrap.wrapped), aad));
  } catch {
    throw new WalletError(unlock.method === 'password' ? 'password-wrong' : 'passkey-wrong');
  } finally {
    wrapping.fill(0);
  }
}

async function openerOf({ password, passkey }: Wraps, unlock: UnlockSecret) {
  if (unlock.method === 'password' && password) {
    const salt = fromBase64url(password.salt);
    const wrapping = await stretchPassword(unlock.password, salt, password.stretching);
    return { wrapping, aad: passwordAad(password.stretching, salt) };
  }
  if (unlock.method === 'passkey' && passkey) {
    const aad = passkeyAad(passkey.credentialId, passkey.prfSalt);
    return { wrapping: passkeyKey(unlock.prfOutput), aad };
  }
  throw new WalletError('bad-message', { reason: 'unlock-method' });
}

/** One value of fixed shape for all wraps, for the checksum of a record. */
export const encodedWraps = ({ password, passkey }: Wraps): Uint8Array =>
  encode(
    password ? encode(...parameters(password.stretching), password.salt, password.nonce, password.wrapped) : '',
    passkey ? encode(passkey.credentialId, passkey.prfSalt, passkey.nonce, passkey.wrapped) : '',
  );

/** 32 bytes of Argon2id; the password is normalised to NFKC, so that every keyboard gives the same. */
export async function stretchPassword(
  password: Uint8Array,
  salt: Uint8Array,
  hardness: Argon2Parameters,
): Promise<Uint8Array> {
  const normal = utf8(new TextDecoder().decode(password).normalize('NFKC'));
  try {
    const key = await argon2id(normal, salt, hardness);
    if (key.length !== KEY_BYTES) throw new RangeError('key length');
    return key;
  } finally {
    normal.fill(0);
  }
}

function sealKey(wrapping: Uint8Array, nonce: Uint8Array, key: Secret, aad: Uint8Array) {
  try {
    const wrapped = key.use((bytes) => seal(wrapping, nonce, bytes, aad));
    return { nonce: toBase64url(nonce), wrapped: toBase64url(wrapped) };
  } finally {
    wrapping.fill(0);
  }
}

const passkeyKey = (prfOutput: Uint8Array): Uint8Array => hkdf(prfOutput, 'halfkey/keyring-passkey/v2');

export const parameters = ({ memoryKiB, passes, lanes }: Argon2Parameters) => [u32(memoryKiB), u32(passes), u8(lanes)];
const passwordAad = (hardness: Argon2Parameters, salt: Uint8Array) =>
  encode('halfkey/keyring-wrap/v2', 'password', ...parameters(hardness), salt);
const passkeyAad = (credentialId: string, prfSalt: string) =>
  encode('halfkey/keyring-wrap/v2', 'passkey', credentialId, prfSalt);
