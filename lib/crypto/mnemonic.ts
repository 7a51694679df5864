/** BIP-39 with the English word list. */
import { entropyToMnemonic, mnemonicToEntropy, mnemonicToSeedWebcrypto } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** The words of an entropy of 16 to 32 bytes; 32 bytes give 24 words, separated by spaces. */
export const wordsOf = (entropy: Uint8Array): string => entropyToMnemonic(entropy, wordlist);

/**
 * The 64-byte BIP-39 seed of an entropy. By WebCrypto, whose PBKDF2 is several times faster.
 * @param passphrase the optional one of BIP-39; empty is none
 */
export const seedOf = (entropy: Uint8Array, passphrase = ''): Promise<Uint8Array> =>
  mnemonicToSeedWebcrypto(wordsOf(entropy), passphrase);

/** The entropy of 12, 15, 18, 21 or 24 words, 16 to 32 bytes. @throws if a word or the checksum is wrong */
export const entropyOf = (words: string): Uint8Array => mnemonicToEntropy(words, wordlist);
