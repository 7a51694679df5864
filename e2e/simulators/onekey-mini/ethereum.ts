/** Keys, addresses and signatures of Ethereum on noble alone. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';

export interface Seed {
  readonly root: HDKey;
}

const opened = new Map<string, Seed>();

/** Kept for the process: it takes long, and the words of a simulator are no secret. */
export function openSeed(mnemonic: string, passphrase: string): Seed {
  const name = `${mnemonic}\n${passphrase}`;
  const seed = opened.get(name) ?? { root: HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic, passphrase)) };
  opened.set(name, seed);
  return seed;
}

export function deriveNode({ root }: Seed, path: readonly number[]): HDKey {
  return path.reduce((node, index) => node.deriveChild(index), root);
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function keyOf(node: HDKey): Uint8Array {
  if (!node.privateKey) throw new Error('no private key');
  return node.privateKey;
}

/** With the capitals of EIP-55. */
export function addressOf(key: Uint8Array): string {
  const point = secp256k1.getPublicKey(key, false).subarray(1);
  const digits = hexOf(keccak_256(point).subarray(12));
  const checks = hexOf(keccak_256(ascii(digits)));
  return `0x${Array.from(digits, (digit, at) => (Number.parseInt(checks[at] ?? '0', 16) > 7 ? digit.toUpperCase() : digit)).join('')}`;
}

export type Rlp = Uint8Array | readonly Rlp[];

function lengthBytes(length: number): number[] {
  return length === 0 ? [] : [...lengthBytes(Math.floor(length / 256)), length % 256];
}

function head(offset: number, length: number): number[] {
  if (length < 56) return [offset + length];
  const bytes = lengthBytes(length);
  return [offset + 55 + bytes.length, ...bytes];
}

export function rlp(item: Rlp): Uint8Array {
  if (item instanceof Uint8Array) {
    if (item.length === 1 && (item[0] ?? 0) < 128) return item;
    return Uint8Array.from([...head(0x80, item.length), ...item]);
  }
  const body = item.flatMap((one) => Array.from(rlp(one)));
  return Uint8Array.from([...head(0xc0, body.length), ...body]);
}

/** Big-endian without leading zeros. */
export const integer = (value: bigint | number): Uint8Array => {
  const digits = BigInt(value).toString(16);
  return value === 0n || value === 0 ? new Uint8Array() : fromHex(digits.length % 2 ? `0${digits}` : digits);
};

export const fromHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.replace(/^0x/, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** As the host sends numbers: bytes that may have leading zeros. */
export const trimmed = (bytes: Uint8Array | undefined): Uint8Array => {
  const first = bytes?.findIndex((byte) => byte !== 0) ?? -1;
  return first < 0 || bytes === undefined ? new Uint8Array() : bytes.subarray(first);
};

export interface Signature {
  readonly r: Uint8Array;
  readonly s: Uint8Array;
  readonly parity: number;
}

/** Deterministic (RFC 6979), low s. */
export function sign(digest: Uint8Array, key: Uint8Array): Signature {
  const bytes = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' });
  return { parity: bytes[0] ?? 0, r: bytes.slice(1, 33), s: bytes.slice(33, 65) };
}

export const keccak = (bytes: Uint8Array): Uint8Array => keccak_256(bytes);

/** EIP-191. */
export function messageDigest(message: Uint8Array): Uint8Array {
  return keccak(Uint8Array.from([...ascii(`\x19Ethereum Signed Message:\n${message.length}`), ...message]));
}

/** EIP-712, from its two hashes. */
export const typedDigest = (domain: Uint8Array, message: Uint8Array): Uint8Array =>
  keccak(Uint8Array.from([0x19, 0x01, ...domain, ...message]));
