/** CashAddr, the address format of Bitcoin Cash (CHIP-2022-02 names its kinds; checksum as in the 2017 specification). */
import { bech32 } from '@scure/base';

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const CHECKSUM_LENGTH = 8;
const GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
/** Lengths of a hash in bytes, by the low three bits of the version. */
const HASH_LENGTHS = [20, 24, 28, 32, 40, 48, 56, 64];

export interface CashAddress {
  readonly prefix: string;
  /** Bits 3 to 6 of the version: 0 p2pkh, 1 p2sh, 2 and 3 the same, able to receive tokens. */
  readonly kind: number;
  readonly hash: Uint8Array;
}

/**
 * @param prefix what is meant where the text has none
 * @returns null unless prefix and checksum fit together
 */
export function decodeCashAddress(text: string, prefix: string): CashAddress | null {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return null;
  const [first = '', second, ...rest] = text.toLowerCase().split(':');
  const [named, body] = second === undefined ? [prefix, first] : [first, second];
  const words = Array.from(body, (character) => ALPHABET.indexOf(character));
  if (rest.length > 0 || words.includes(-1) || words.length <= CHECKSUM_LENGTH) return null;
  if (polymod([...prefixWords(named), 0, ...words]) !== 0n) return null;
  const payload = bytesOf(words.slice(0, -CHECKSUM_LENGTH));
  const version = payload?.[0] ?? 0x80;
  const hash = payload?.slice(1) ?? new Uint8Array();
  if (version >= 0x80 || hash.length !== HASH_LENGTHS[version & 7]) return null;
  return { prefix: named, kind: version >> 3, hash };
}

/** With its prefix, in lower case. @param hash 20 bytes */
export function encodeCashAddress({ prefix, kind, hash }: CashAddress): string {
  const words = bech32.toWords(Uint8Array.of(kind << 3, ...hash));
  const sum = polymod([...prefixWords(prefix), 0, ...words, ...new Array<number>(CHECKSUM_LENGTH).fill(0)]);
  const checksum = Array.from({ length: CHECKSUM_LENGTH }, (_, index) =>
    Number((sum >> BigInt(5 * (7 - index))) & 31n),
  );
  return `${prefix}:${[...words, ...checksum].map((word) => ALPHABET[word]).join('')}`;
}

const prefixWords = (prefix: string) => Array.from(prefix, (character) => character.charCodeAt(0) & 31);

function polymod(words: readonly number[]): bigint {
  let sum = 1n;
  for (const word of words) {
    const top = sum >> 35n;
    sum = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(word);
    for (const [bit, generator] of GENERATORS.entries()) if ((top >> BigInt(bit)) & 1n) sum ^= generator;
  }
  return sum ^ 1n;
}

function bytesOf(words: number[]): Uint8Array | null {
  try {
    return bech32.fromWords(words);
  } catch {
    return null;
  }
}
