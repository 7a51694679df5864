/** Signatures over digests, by the keys of Bitcoin and its relatives. Deterministic: the same question, the same bytes. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';

/**
 * What is asked of whoever holds a key. `der`: ECDSA, with s in the lower half. `recovered`: the same of 65 bytes, the
 * recovery id first. `taproot`: BIP-340 by the key tweaked as BIP-86 has it, which no script can be spent by.
 */
export type SignatureKind = 'der' | 'recovered' | 'taproot';

export interface DigestRequest {
  /** Of the key, from the master key. */
  readonly path: readonly number[];
  /** 32 bytes. */
  readonly digest: Uint8Array;
  readonly kind: SignatureKind;
}

/** Without randomness of its own (BIP-340), as devices sign. */
const NO_AUXILIARY = new Uint8Array(32);

/** @param key private key, 32 bytes; not kept */
export function signUtxoDigest({ digest, kind }: Pick<DigestRequest, 'digest' | 'kind'>, key: Uint8Array): Uint8Array {
  if (kind !== 'taproot') return secp256k1.sign(digest, key, { prehash: false, format: kind });
  const tweaked = taprootKey(key);
  try {
    return schnorr.sign(digest, tweaked, NO_AUXILIARY);
  } finally {
    tweaked.fill(0);
  }
}

/** BIP-341, "Constructing and spending Taproot outputs", with no tree of scripts. */
function taprootKey(key: Uint8Array): Uint8Array {
  const { Point } = secp256k1;
  const { Fn } = Point;
  const point = Point.fromBytes(secp256k1.getPublicKey(key));
  const secret = Fn.fromBytes(key);
  const tweak = Fn.fromBytes(schnorr.utils.taggedHash('TapTweak', point.toBytes(true).slice(1)));
  return Fn.toBytes(Fn.add(point.toAffine().y % 2n === 0n ? secret : Fn.neg(secret), tweak));
}
