/** From entropy to accounts: BIP-39, then m/44'/60'/0'/0/index (BIP-32, BIP-44); or from one private key to its account. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { HDKey } from '@scure/bip32';
import { toHex, utf8 } from '@/lib/bytes';
import { childPointsOf } from '@/lib/chains/child-points';
import { seedOf } from '@/lib/crypto/mnemonic';
import { Secret } from '@/lib/crypto/secret';

const BRANCH = "m/44'/60'/0'/0";

/** The parent of all accounts. It holds the private key of the branch until it is wiped. */
export interface Branch {
  /** @param index 0 to 2^31 - 1 */
  address(index: number): `0x${string}`;
  /** Lends the private key of an account, 32 bytes, and wipes it afterwards. */
  withKey<Result>(index: number, work: (key: Uint8Array) => Result): Result;
  wipe(): void;
}

/**
 * Takes about 2,048 rounds of HMAC-SHA-512, once; an address after that costs one child key.
 * @param entropy 16 to 32 bytes
 * @param passphrase the optional one of BIP-39
 */
export async function openBranch(entropy: Secret, passphrase = ''): Promise<Branch> {
  const seed = await entropy.use((bytes) => seedOf(bytes, passphrase));
  const master = HDKey.fromMasterSeed(seed);
  const parent = master.derive(BRANCH);
  seed.fill(0);
  master.wipePrivateData();
  const childPoint = childPointsOf(parent);
  return {
    address: (index) => addressOfPoint(childPoint(index).toBytes(false)),
    withKey: (index, work) => {
      const child = parent.deriveChild(index);
      if (!child.privateKey) throw new Error('branch was wiped');
      const key = new Secret(Uint8Array.from(child.privateKey));
      child.wipePrivateData();
      try {
        return key.use(work);
      } finally {
        key.wipe();
      }
    },
    wipe: () => parent.wipePrivateData(),
  };
}

/** A private key of its own, 32 bytes, as a branch with the one index 0. @throws RangeError if it is no key of secp256k1 */
export function openKey(key: Secret): Branch {
  const held = new Secret(key.use((bytes) => bytes.slice()));
  const only = (index: number) => {
    if (index !== 0) throw new RangeError('account index');
  };
  const address = held.use((bytes) => {
    if (!secp256k1.utils.isValidSecretKey(bytes)) throw new RangeError('private key');
    return addressOfPoint(secp256k1.getPublicKey(bytes, false));
  });
  return {
    address: (index) => {
      only(index);
      return address;
    },
    withKey: (index, work) => {
      only(index);
      return held.use(work);
    },
    wipe: () => held.wipe(),
  };
}

/** The address of a public key of 65 bytes, with its checksum (EIP-55). */
export function addressOfPoint(uncompressed: Uint8Array): `0x${string}` {
  const hex = toHex(keccak_256(uncompressed.subarray(1)).subarray(12));
  const hash = toHex(keccak_256(utf8(hex)));
  const digit = (character: string, at: number) =>
    Number.parseInt(hash[at] ?? '0', 16) >= 8 ? character.toUpperCase() : character;
  return `0x${Array.from(hex, digit).join('')}`;
}
