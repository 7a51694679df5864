/** What is signed of a message, and who has signed one. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import {
  concat,
  encodePacked,
  getAddress,
  type Hex,
  hashDomain,
  hashMessage,
  hashStruct,
  keccak256,
  toHex,
} from 'viem';
import { fromHex } from '@/lib/bytes';
import type { Address } from '../types';

/** As EIP-712 has it, `types` with `EIP712Domain`. */
export interface TypedMessage {
  readonly types: Readonly<Record<string, ReadonlyArray<{ readonly name: string; readonly type: string }>>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, unknown>>;
  readonly message: Readonly<Record<string, unknown>>;
}

/** EIP-191, version 0x45 (`personal_sign`). */
export const messageDigest = (message: Hex): Hex => hashMessage({ raw: message });

/** EIP-712, of data that were held against their types: they are not checked a second time. */
export function typedDataDigest({ types, primaryType, domain, message }: TypedMessage): Hex {
  const all = types as Record<string, { name: string; type: string }[]>;
  return keccak256(
    concat(['0x1901', hashDomain({ domain, types: all }), hashStruct({ data: message, primaryType, types: all })]),
  );
}

/** The two hashes of EIP-712 that a device shows; null where there is only the first (data that are a domain alone). */
export function typedDataHashes(data: TypedMessage): { readonly domainHash: Hex; readonly messageHash: Hex } | null {
  if (data.primaryType === 'EIP712Domain') return null;
  const types = Object.fromEntries(Object.entries(data.types).map(([name, fields]) => [name, [...fields]]));
  const domainHash = hashStruct({ data: data.domain, primaryType: 'EIP712Domain', types });
  return { domainHash, messageHash: hashStruct({ data: data.message, primaryType: data.primaryType, types }) };
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
