/** Output scripts from address texts and back, by the simulators' own reading of BIP-13, 173, 350 and CashAddr. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32, bech32m, createBase58check } from '@scure/base';
import type { Chain } from './chains';

const base58 = createBase58check(sha256);
const CASH_LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

const p2pkh = (hash: Uint8Array) => Buffer.concat([Buffer.from('76a914', 'hex'), hash, Buffer.from('88ac', 'hex')]);
const p2sh = (hash: Uint8Array) => Buffer.concat([Buffer.from('a914', 'hex'), hash, Buffer.from('87', 'hex')]);
const witness = (version: number, program: Uint8Array) =>
  Buffer.concat([Buffer.of(version === 0 ? 0 : 0x50 + version, program.length), program]);

export const scripts = { p2pkh, p2sh, witness } as const;

/** Undefined for a text that is no address of the chain. */
export function scriptOfAddress(chain: Chain, text: string): Buffer | undefined {
  return cashScript(chain, text) ?? witnessScript(chain, text) ?? base58Script(chain, text);
}

function base58Script(chain: Chain, text: string): Buffer | undefined {
  try {
    const [version, ...hash] = base58.decode(text);
    if (hash.length !== 20) return undefined;
    if (version === chain.p2pkh) return p2pkh(Uint8Array.from(hash));
    return version === chain.p2sh ? p2sh(Uint8Array.from(hash)) : undefined;
  } catch {
    return undefined;
  }
}

function witnessScript({ bech32: prefix, taproot }: Chain, text: string): Buffer | undefined {
  for (const [coder, versions] of [
    [bech32, [0]],
    [bech32m, taproot ? [1] : []],
  ] as const) {
    const found = coder.decodeUnsafe(text);
    const [version = -1, ...words] = found?.words ?? [];
    if (found?.prefix === prefix && versions.some((one) => one === version))
      return witness(version, Uint8Array.from(coder.fromWords(words)));
  }
  return undefined;
}

function cashSum(words: readonly number[]): bigint {
  const taps = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
  return words.reduce((sum, word) => {
    const shifted = ((sum % 2n ** 35n) << 5n) ^ BigInt(word);
    return taps.reduce((all, tap, bit) => ((sum >> 35n) & (1n << BigInt(bit)) ? all ^ tap : all), shifted);
  }, 1n);
}

const prefixWords = (prefix: string): number[] => [...Buffer.from(prefix).map((letter) => letter % 32), 0];

function cashScript({ cashPrefix }: Chain, text: string): Buffer | undefined {
  if (cashPrefix === undefined) return undefined;
  const body = text.replace(`${cashPrefix}:`, '');
  const words = Array.from(body, (letter) => CASH_LETTERS.indexOf(letter));
  if (words.length !== 42 || words.includes(-1) || cashSum([...prefixWords(cashPrefix), ...words]) !== 1n)
    return undefined;
  const [version, ...hash] = bech32.fromWords(words.slice(0, -8));
  if (version === 0) return p2pkh(Uint8Array.from(hash));
  return version === 8 ? p2sh(Uint8Array.from(hash)) : undefined;
}

function cashText(prefix: string, version: number, hash: Uint8Array): string {
  const words = bech32.toWords(Uint8Array.from([version, ...hash]));
  const sum = cashSum([...prefixWords(prefix), ...words, 0, 0, 0, 0, 0, 0, 0, 0]) ^ 1n;
  const check = [35n, 30n, 25n, 20n, 15n, 10n, 5n, 0n].map((shift) => Number((sum >> shift) % 32n));
  return `${prefix}:${[...words, ...check].map((word) => CASH_LETTERS.charAt(word)).join('')}`;
}

/** Undefined for a script that has no address on the chain. */
export function addressOfScript(chain: Chain, script: Uint8Array): string | undefined {
  const hex = Buffer.from(script).toString('hex');
  const [, key] = /^76a914(.{40})88ac$/.exec(hex) ?? [];
  if (key) return hashText(chain, 'p2pkh', Buffer.from(key, 'hex'));
  const [, redeem] = /^a914(.{40})87$/.exec(hex) ?? [];
  if (redeem) return hashText(chain, 'p2sh', Buffer.from(redeem, 'hex'));
  const [, program] = /^00(?:14|20)(.{40}|.{64})$/.exec(hex) ?? [];
  if (program && chain.bech32) return bech32.encode(chain.bech32, [0, ...bech32.toWords(Buffer.from(program, 'hex'))]);
  const [, output] = /^5120(.{64})$/.exec(hex) ?? [];
  if (output && chain.bech32 && chain.taproot)
    return bech32m.encode(chain.bech32, [1, ...bech32m.toWords(Buffer.from(output, 'hex'))]);
  return undefined;
}

function hashText(chain: Chain, kind: 'p2pkh' | 'p2sh', hash: Uint8Array): string {
  if (chain.cashPrefix !== undefined) return cashText(chain.cashPrefix, kind === 'p2pkh' ? 0 : 8, hash);
  return base58.encode(Uint8Array.from([chain[kind], ...hash]));
}
