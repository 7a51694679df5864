/** Output scripts of the kinds that addresses stand for, and what they cost. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import type { AddressType, Coin, Purpose } from './coins';

/** How an own output is spent. */
export type ScriptType = 'p2pkh' | 'p2sh-p2wpkh' | 'p2wpkh' | 'p2tr';

export const SCRIPT_TYPE: Readonly<Record<Purpose, ScriptType>> = {
  44: 'p2pkh',
  49: 'p2sh-p2wpkh',
  84: 'p2wpkh',
  86: 'p2tr',
};

/** An address without its text: a hash of 20 or 32 bytes, or for p2tr the output key. */
export interface Destination {
  readonly type: AddressType;
  readonly hash: Uint8Array;
}

export const hash160 = (bytes: Uint8Array): Uint8Array => ripemd160(sha256(bytes));
export const hash256 = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes));

const OP_0 = 0x00;
const OP_1 = 0x51;
const OP_RETURN = 0x6a;
const OP_CHECKSIG = 0xac;
/** First byte of a compressed key whose y is even. */
const EVEN = 0x02;
/** Around the hash: what stands before it, and what behind. */
const FRAMES: ReadonlyArray<readonly [AddressType, readonly number[], number, readonly number[]]> = [
  ['p2pkh', [0x76, 0xa9, 20], 20, [0x88, 0xac]],
  ['p2sh', [0xa9, 20], 20, [0x87]],
  ['p2wpkh', [OP_0, 20], 20, []],
  ['p2wsh', [OP_0, 32], 32, []],
  ['p2tr', [OP_1, 32], 32, []],
];

/** @throws RangeError for a hash of another length */
export function scriptOf({ type, hash }: Destination): Uint8Array {
  const frame = FRAMES.find(([name]) => name === type);
  if (!frame || hash.length !== frame[2]) throw new RangeError('hash length');
  return Uint8Array.of(...frame[1], ...hash, ...frame[3]);
}

/** What an output script pays to, or null if it is of no kind that has an address. */
export function destinationOf(script: Uint8Array): Destination | null {
  for (const [type, before, length, after] of FRAMES) {
    const end = before.length + length;
    const fits =
      script.length === end + after.length &&
      before.every((byte, index) => script[index] === byte) &&
      after.every((byte, index) => script[end + index] === byte);
    if (fits) return { type, hash: script.slice(before.length, end) };
  }
  return null;
}

/** Data without a recipient; nothing can be spent of it. */
export const isData = (script: Uint8Array): boolean => script[0] === OP_RETURN;

/** The output script of one's own key. @param publicKey compressed, 33 bytes */
export function ownScript(type: ScriptType, publicKey: Uint8Array): Uint8Array {
  if (type === 'p2tr') return scriptOf({ type, hash: taprootOutputKey(publicKey.subarray(1)) });
  if (type === 'p2sh-p2wpkh') return scriptOf({ type: 'p2sh', hash: hash160(redeemScript(publicKey)) });
  return scriptOf({ type, hash: hash160(publicKey) });
}

/** Spent by this key alone, no scripts (BIP-86). All of it is public, hence the faster multiplication. */
function taprootOutputKey(internalKey: Uint8Array): Uint8Array {
  const { Point } = secp256k1;
  const tweak = Point.Fn.fromBytes(schnorr.utils.taggedHash('TapTweak', internalKey));
  const even = Point.fromBytes(Uint8Array.of(EVEN, ...internalKey));
  return even.add(Point.BASE.multiplyUnsafe(tweak)).toBytes(true).slice(1);
}

/** What stands behind a p2sh-p2wpkh output (BIP-141). */
export const redeemScript = (publicKey: Uint8Array): Uint8Array =>
  scriptOf({ type: 'p2wpkh', hash: hash160(publicKey) });

/** What the signature of a p2pkh, p2wpkh or p2sh-p2wpkh input commits to as its script (BIP-143). */
export const scriptCode = (publicKey: Uint8Array): Uint8Array => scriptOf({ type: 'p2pkh', hash: hash160(publicKey) });

/** An output to the key itself, as before addresses. Some servers list it with the address of the key. */
export const keyScript = (publicKey: Uint8Array): Uint8Array =>
  Uint8Array.of(publicKey.length, ...publicKey, OP_CHECKSIG);

/** Puts byte strings of 1 to 75 bytes on the stack. */
export const pushes = (...items: readonly Uint8Array[]): Uint8Array =>
  concatBytes(...items.flatMap((item) => [Uint8Array.of(item.length), item]));

/** The least that an output may hold, in the smallest unit. Unknown kinds are held to the highest; data needs nothing. */
export function dustLimit(coin: Coin, script: Uint8Array): bigint {
  if (isData(script)) return 0n;
  return coin.dust[destinationOf(script)?.type ?? 'p2pkh'];
}
