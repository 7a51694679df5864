/** Addresses of a descriptor as Blockbook derives them (`bchain/coins/btc/bitcoinlikeparser.go`, BIP-32, 84, 86, 380, 389). */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { HDKey } from '@scure/bip32';
import { scripts } from './addresses';
import type { Chain } from './chains';

/** A key of a descriptor, and how its addresses are made. */
export interface Descriptor {
  readonly purpose: number;
  /** As a path writes it, such as `0'`. */
  readonly account: string;
  /** Second last steps. */
  readonly chains: readonly number[];
  /** The output script of an address, in hex. */
  scriptAt(chain: number, index: number): string;
}

const hash160 = (bytes: Uint8Array) => ripemd160(sha256(bytes));
const { Point } = secp256k1;

function taproot(key: Uint8Array): Uint8Array {
  const inner = key.subarray(1);
  const tweak = Point.Fn.fromBytes(schnorr.utils.taggedHash('TapTweak', inner));
  const even = Point.fromBytes(Uint8Array.of(2, ...inner));
  return even.add(Point.BASE.multiply(tweak)).toBytes(true).subarray(1);
}

const KINDS: Readonly<Record<string, readonly [number, (key: Uint8Array) => Buffer]>> = {
  pkh: [44, (key) => scripts.p2pkh(hash160(key))],
  'sh(wpkh': [49, (key) => scripts.p2sh(hash160(scripts.witness(0, hash160(key))))],
  wpkh: [84, (key) => scripts.witness(0, hash160(key))],
  tr: [86, (key) => scripts.witness(1, taproot(key))],
};
const FORM = /^(sh\(wpkh|wpkh|pkh|tr)\((?:\[[^\]]+\])?(\w+)(?:\/(?:<(\d+(?:;\d+)*)>|(\d+))\/\*)?\)+/;
const XPUB = 0x0488b21e;
const HARDENED = 0x8000_0000;

/** Undefined for a text that is none: then it may be an address. @throws for a key that is damaged */
export function readDescriptor({ bech32, taproot: hasTaproot }: Chain, text: string): Descriptor | undefined {
  const [, kind = '', xpub = '', several, one] = FORM.exec(text) ?? [];
  const known = KINDS[kind];
  const isOfChain = known && (known[0] === 44 || bech32 !== undefined) && (known[0] !== 86 || hasTaproot === true);
  if (!known || !isOfChain) return undefined;
  const [purpose, script] = known;
  const key = HDKey.fromExtendedKey(xpub, { public: XPUB, private: 0 });
  const made = new Map<string, string>();
  const make = (chain: number, index: number): string => {
    const { publicKey } = key.deriveChild(chain).deriveChild(index);
    if (!publicKey) throw new Error('no key');
    return script(publicKey).toString('hex');
  };
  return {
    purpose,
    account: key.index >= HARDENED ? `${key.index - HARDENED}'` : `${key.index}`,
    chains: (several ?? one ?? '0;1').split(';').map(Number),
    scriptAt: (chain, index) => {
      const place = `${chain}/${index}`;
      const found = made.get(place) ?? make(chain, index);
      made.set(place, found);
      return found;
    },
  };
}
