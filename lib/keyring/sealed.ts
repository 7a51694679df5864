/**
 * The secrets at rest: sealed with AES-256-GCM under a random keyring key, which is wrapped once for each way to unlock.
 * Another password wraps the key anew and leaves the secrets as they are.
 */
import { z } from 'zod';
import { encode, fromBase64url, toBase64url, u8, utf8 } from '@/lib/bytes';
import { KEY_BYTES, NONCE_BYTES, open, seal } from '@/lib/crypto/aead';
import { sha256 } from '@/lib/crypto/hash';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { bytesText, type Contents, contents } from './contents';
import { encodedWraps, type Wraps, wraps } from './wraps';

const VERSION = 2;
/** Of base64url; some ten thousand wallets. */
const MAX_CIPHERTEXT_LENGTH = 4 * 1024 * 1024;

export const sealedKeyring = z.strictObject({
  version: z.literal(VERSION),
  nonce: bytesText(NONCE_BYTES),
  ciphertext: z
    .string()
    .max(MAX_CIPHERTEXT_LENGTH)
    .regex(/^[A-Za-z0-9_-]{22,}$/),
  wraps,
  /** SHA-256 of the rest: tells a damaged record from a wrong password before a password is tried. */
  checksum: bytesText(32),
});
export type SealedKeyring = z.output<typeof sealedKeyring>;

type Body = Omit<SealedKeyring, 'checksum'>;

export const newKeyringKey = (random: (length: number) => Uint8Array): Secret => new Secret(random(KEY_BYTES));

/** Seals `secrets` under `key` (32 bytes), with a fresh nonce. */
export function sealContents(
  secrets: Contents,
  key: Secret,
  wraps: Wraps,
  random: (length: number) => Uint8Array,
): SealedKeyring {
  const nonce = random(NONCE_BYTES);
  const plain = utf8(JSON.stringify(secrets));
  try {
    const ciphertext = key.use((bytes) => seal(bytes, nonce, plain, AAD));
    return checked({ version: VERSION, nonce: toBase64url(nonce), ciphertext: toBase64url(ciphertext), wraps });
  } finally {
    plain.fill(0);
  }
}

/** The same secrets behind other wraps of the same key. */
export const withWraps = ({ checksum: _, ...body }: SealedKeyring, wraps: Wraps): SealedKeyring =>
  checked({ ...body, wraps });

/** @throws WalletError `keyring-damaged` if the record is not as it was written */
export function undamaged(stored: unknown): SealedKeyring {
  const parsed = sealedKeyring.safeParse(stored);
  if (!parsed.success) throw new WalletError('keyring-damaged');
  const { checksum, ...body } = parsed.data;
  if (checksumOf(body) !== checksum) throw new WalletError('keyring-damaged');
  return parsed.data;
}

/** @throws WalletError `keyring-damaged` if the key is not that of the record */
export function openContents({ nonce, ciphertext }: SealedKeyring, key: Secret): Contents {
  try {
    const plain = key.use((bytes) => open(bytes, fromBase64url(nonce), fromBase64url(ciphertext), AAD));
    const text = new TextDecoder().decode(plain);
    plain.fill(0);
    return contents.parse(JSON.parse(text));
  } catch {
    throw new WalletError('keyring-damaged');
  }
}

const checked = (body: Body): SealedKeyring => ({ ...body, checksum: checksumOf(body) });

const checksumOf = ({ nonce, ciphertext, wraps }: Body): string =>
  toBase64url(sha256(encode('halfkey/keyring-checksum/v2', u8(VERSION), nonce, ciphertext, encodedWraps(wraps))));

const AAD = encode('halfkey/keyring-contents/v2', u8(VERSION));
