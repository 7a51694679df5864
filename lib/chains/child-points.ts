/** Public child keys (BIP-32, CKDpub). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { u32 } from '@/lib/bytes';

const HARDENED = 0x8000_0000;
const { Point } = secp256k1;

/** An extended public key without its place in the tree. */
export interface ParentKey {
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array | null;
  /** 32 bytes. */
  readonly chainCode: Uint8Array | null;
}

/**
 * Child keys without a private key being made for them; nothing in them is secret, hence the faster multiplication.
 * @returns a function of the index, 0 to 2^31 - 1. @throws RangeError for an index that is not one of BIP-32 or, in one
 *   of 2^127, has no key
 */
export function childPointsOf(parent: ParentKey): (index: number) => typeof Point.BASE {
  const child = childrenOf(parent);
  return (index) => child(index).point;
}

/** A child key to go on from: compressed, and with a chain code of its own. @throws as above */
export function childKeyOf(parent: ParentKey, index: number): { publicKey: Uint8Array; chainCode: Uint8Array } {
  const { point, chainCode } = childrenOf(parent)(index);
  return { publicKey: point.toBytes(true), chainCode };
}

function childrenOf({ publicKey, chainCode }: ParentKey) {
  if (!publicKey || !chainCode) throw new Error('no public key');
  const parent = Point.fromBytes(publicKey);
  // What all children have in common is hashed once.
  const keyed = hmac.create(sha512, chainCode).update(publicKey);
  return (index: number) => {
    if (!Number.isInteger(index) || index < 0 || index >= HARDENED) throw new RangeError('account index');
    const digest = keyed.clone().update(u32(index)).digest();
    const point = parent.add(Point.BASE.multiplyUnsafe(Point.Fn.fromBytes(digest.subarray(0, 32))));
    return { point, chainCode: digest.slice(32) };
  };
}
