/** Secrets that come from outside, checked, and given back as they came. */
import { fromBase64url, fromHex, toBase64url, toHex } from '@/lib/bytes';
import { entropyOf, wordsOf } from '@/lib/crypto/mnemonic';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { PASSPHRASE_LENGTH } from './contents';
import { openKey } from './derive';
import type { ImportedSecret } from './keyring';

/**
 * @param words 12, 15, 18, 21 or 24 of the English list, in small letters, one space between them
 * @param passphrase the optional one of BIP-39, as it was typed
 * @throws WalletError `bad-phrase`, with reason `passphrase` if that is too long
 */
export function phraseSecret(words: string, passphrase: string): ImportedSecret {
  if (passphrase.length > PASSPHRASE_LENGTH) throw new WalletError('bad-phrase', { reason: 'passphrase' });
  try {
    const entropy = entropyOf(words);
    const text = toBase64url(entropy);
    entropy.fill(0);
    return { type: 'phrase', entropy: text, passphrase };
  } catch {
    throw new WalletError('bad-phrase');
  }
}

const KEY_DIGITS = 64;

/**
 * @param typed 64 hexadecimal digits, with or without 0x and space around them
 * @throws WalletError `bad-private-key`: reason `digits`, `too-short`, `too-long`, or `range` for 0 and for what is not
 *   below the order of secp256k1
 */
export function privateKeySecret(typed: string): ImportedSecret {
  const digits = typed.trim().replace(/^0x/i, '');
  if (!/^[0-9a-fA-F]*$/.test(digits)) throw new WalletError('bad-private-key', { reason: 'digits' });
  if (digits.length < KEY_DIGITS) throw new WalletError('bad-private-key', { reason: 'too-short' });
  if (digits.length > KEY_DIGITS) throw new WalletError('bad-private-key', { reason: 'too-long' });
  const key = new Secret(fromHex(digits));
  try {
    openKey(key).wipe();
    return { type: 'private-key', key: key.use(toBase64url) };
  } catch {
    throw new WalletError('bad-private-key', { reason: 'range' });
  } finally {
    key.wipe();
  }
}

/** The words of a new phrase. @param random draws 16 bytes for 12 words, 32 for 24 */
export function newPhrase(count: 12 | 24, random: (length: number) => Uint8Array): string {
  const entropy = random(count === 12 ? 16 : 32);
  const words = wordsOf(entropy);
  entropy.fill(0);
  return words;
}

/** What its owner writes down of a secret. */
export type Revealed =
  | { readonly type: 'phrase'; readonly words: string; readonly passphrase: string }
  | { readonly type: 'private-key'; readonly key: string };

export function revealed(secret: ImportedSecret): Revealed {
  if (secret.type === 'private-key') return { type: 'private-key', key: `0x${toHex(fromBase64url(secret.key))}` };
  return { type: 'phrase', words: wordsOf(fromBase64url(secret.entropy)), passphrase: secret.passphrase };
}
