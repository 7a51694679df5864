/** Keys, scripts and signatures of Bitcoin and its relatives on noble alone. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { scripts } from '../utxo/addresses';
import type { Chain } from '../utxo/chains';
import { double, legacyDigest, type Signed, sized, taprootDigest, witnessDigest } from '../utxo/transactions';

/** `InputScriptType`; kinds that nobody asks for are left out. */
export const INPUT = { p2pkh: 0, p2wpkh: 3, p2shP2wpkh: 4, p2tr: 5 } as const;
export type InputKind = (typeof INPUT)[keyof typeof INPUT];

const HASH_ALL = 0x01;
const FORK_ID = 0x40;
const EMPTY = Buffer.alloc(0);

export const hash160 = (bytes: Uint8Array): Uint8Array => ripemd160(sha256(bytes));
const publicKeyOf = (key: Uint8Array): Uint8Array => secp256k1.getPublicKey(key, true);
const redeemOf = (key: Uint8Array): Buffer => scripts.witness(0, hash160(publicKeyOf(key)));

/** The key of the output: BIP-86, no scripts. */
function tweaked(key: Uint8Array): Uint8Array {
  const order = secp256k1.Point.Fn.ORDER;
  const secret = BigInt(`0x${Buffer.from(key).toString('hex')}`);
  const point = publicKeyOf(key);
  const even = point[0] === 2 ? secret : order - secret;
  const tweak = BigInt(`0x${Buffer.from(schnorr.utils.taggedHash('TapTweak', point.subarray(1))).toString('hex')}`);
  return Buffer.from(((even + tweak) % order).toString(16).padStart(64, '0'), 'hex');
}

export function ownScript(kind: InputKind, key: Uint8Array): Buffer {
  if (kind === INPUT.p2tr) return scripts.witness(1, schnorr.getPublicKey(tweaked(key)));
  if (kind === INPUT.p2wpkh) return redeemOf(key);
  return kind === INPUT.p2shP2wpkh ? scripts.p2sh(hash160(redeemOf(key))) : scripts.p2pkh(hash160(publicKeyOf(key)));
}

export interface Unlocked {
  /** Without the byte of its type. */
  readonly signature: Uint8Array;
  readonly scriptSig: Buffer;
  /** Its items; none for an input without. */
  readonly witness: readonly Uint8Array[];
}

/** Deterministic (RFC 6979; BIP-340 with 32 zero bytes), low s. @param signWith the key that really signs */
export function unlock(
  { forkId }: Chain,
  signed: Signed,
  at: number,
  { kind, key, signWith = key }: { readonly kind: InputKind; readonly key: Uint8Array; readonly signWith?: Uint8Array },
): Unlocked {
  if (kind === INPUT.p2tr) {
    const signature = schnorr.sign(taprootDigest(signed, at), tweaked(signWith), new Uint8Array(32));
    return { signature, scriptSig: EMPTY, witness: [signature] };
  }
  const low = forkId === undefined ? HASH_ALL : HASH_ALL | FORK_ID;
  const code = scripts.p2pkh(hash160(publicKeyOf(key)));
  const digest =
    kind === INPUT.p2pkh && forkId === undefined
      ? legacyDigest(signed, at)
      : witnessDigest(signed, at, code, ((forkId ?? 0) << 8) | low);
  const signature = secp256k1.sign(digest, signWith, { prehash: false, format: 'der' });
  const items = [Uint8Array.of(...signature, low), publicKeyOf(key)];
  if (kind === INPUT.p2pkh) return { signature, scriptSig: Buffer.concat(items.map(sized)), witness: [] };
  return { signature, scriptSig: kind === INPUT.p2shP2wpkh ? sized(redeemOf(key)) : EMPTY, witness: items };
}

/** 65 bytes. */
export function signText({ magic }: Chain, text: Uint8Array, kind: InputKind, key: Uint8Array): Uint8Array {
  const digest = double(Buffer.concat([sized(Buffer.from(magic)), sized(text)]));
  const [recovery = 0, ...rest] = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' });
  const header = { [INPUT.p2pkh]: 31, [INPUT.p2shP2wpkh]: 35, [INPUT.p2wpkh]: 39, [INPUT.p2tr]: 0 }[kind];
  return Uint8Array.of(header + recovery, ...rest);
}
