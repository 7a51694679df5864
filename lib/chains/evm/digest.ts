/** What is signed of a message, and who has signed one. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { encodePacked, getAddress, type Hex, keccak256, toHex } from 'viem';
import { fromHex, utf8 } from '@/lib/bytes';
import type { Address } from '../types';
import { structHasher, type TypedMessage } from './typed-data';

/** What begins what is signed of typed data: no transaction begins like this. */
const TYPED_DATA_VERSION = Uint8Array.of(0x19, 0x01);

/** EIP-191, version 0x45 (`personal_sign`), of whole bytes. */
export function messageDigest(message: Hex): Hex {
  const bytes = fromHex(message.slice(2));
  return toHex(keccak_256(concatBytes(utf8(`\x19Ethereum Signed Message:\n${bytes.length}`), bytes)));
}

/** EIP-712, of data that were held against their types (`structHasher`). */
export function typedDataDigest({ types, primaryType, domain, message }: TypedMessage): Hex {
  const hashStruct = structHasher(types);
  const [domainHash, messageHash] = [hashStruct(domain, 'EIP712Domain'), hashStruct(message, primaryType)];
  return toHex(keccak_256(concatBytes(TYPED_DATA_VERSION, domainHash, messageHash)));
}

/** The two hashes of EIP-712 that a device shows; null where there is only the first (data that are a domain alone). */
export function typedDataHashes(data: TypedMessage): { readonly domainHash: Hex; readonly messageHash: Hex } | null {
  if (data.primaryType === 'EIP712Domain') return null;
  const hashStruct = structHasher(data.types);
  const [domainHash, messageHash] = [
    hashStruct(data.domain, 'EIP712Domain'),
    hashStruct(data.message, data.primaryType),
  ];
  return { domainHash: toHex(domainHash), messageHash: toHex(messageHash) };
}

export interface NamedValue {
  readonly type: string;
  readonly name: string;
  /** Numbers as decimal text. */
  readonly value: string | boolean;
}

/** The first `eth_signTypedData`, from before EIP-712: a list of values with their names. @throws where one has another type */
export function namedValuesDigest(values: readonly NamedValue[]): Hex {
  const strings = values.map(() => 'string');
  const names = keccak256(
    encodePacked(
      strings,
      values.map(({ type, name }) => `${type} ${name}`),
    ),
  );
  const data = keccak256(
    encodePacked(
      values.map(({ type }) => type),
      values.map(({ type, value }) => (/^u?int/.test(type) ? BigInt(value) : value)),
    ),
  );
  return keccak256(encodePacked(['bytes32', 'bytes32'], [names, data]));
}

/**
 * Without the library that viem loads when it is wanted: a service worker loads nothing later.
 * @param digest 32 bytes. @param signature r, s and v, 65 bytes in hex. @returns null where it is none
 */
export function signerOf(digest: Hex, signature: Hex): Address | null {
  try {
    const bytes = fromHex(signature.slice(2));
    const v = bytes[64] ?? 0;
    const recovered = new Uint8Array([v >= 27 ? v - 27 : v, ...bytes.subarray(0, 64)]);
    const key = secp256k1.recoverPublicKey(recovered, fromHex(digest.slice(2)), { prehash: false });
    const point = secp256k1.Point.fromBytes(key).toBytes(false).subarray(1);
    return getAddress(`0x${keccak256(toHex(point)).slice(-40)}`);
  } catch {
    return null;
  }
}

/** @param signature r, s and v, 65 bytes in hex. @returns null where it is none */
export const recoverSigner = (message: Hex, signature: Hex): Address | null =>
  signerOf(messageDigest(message), signature);
