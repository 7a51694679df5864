/** EIP-712, the hashes of typed data. In bytes throughout: by way of text in hex it takes nearly twice as long. */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { fromHex, utf8 } from '@/lib/bytes';

/** As EIP-712 has it, `types` with `EIP712Domain`. */
export interface TypedMessage {
  readonly types: Readonly<Record<string, ReadonlyArray<{ readonly name: string; readonly type: string }>>>;
  readonly primaryType: string;
  readonly domain: Readonly<Record<string, unknown>>;
  readonly message: Readonly<Record<string, unknown>>;
}

type Types = TypedMessage['types'];
type Struct = Readonly<Record<string, unknown>>;

const WORD_BYTES = 32;
const ARRAY = /^(.+)\[[0-9]*\]$/;

/** `hashStruct` of one domain or message. @returns 32 bytes */
export type HashStruct = (value: Struct, type: string) => Uint8Array;

/**
 * @param types of data that were held against them: numbers are decimal text, bytes and addresses hex of their length,
 *   and every member is there. Nothing of it is checked a second time.
 */
export function structHasher(types: Types): HashStruct {
  const typeHashes = new Map<string, Uint8Array>();
  const typeHash = (type: string): Uint8Array => {
    const known = typeHashes.get(type) ?? keccak_256(utf8(encodeType(type, types)));
    typeHashes.set(type, known);
    return known;
  };
  const hashStruct: HashStruct = (value, type) => {
    const members = types[type] ?? [];
    return hashOf([typeHash(type), ...members.map((member) => encodeData(value[member.name], member.type))]);
  };
  const encodeData = (value: unknown, type: string): Uint8Array => {
    const [, element] = ARRAY.exec(type) ?? [];
    if (element !== undefined) return hashOf((value as readonly unknown[]).map((one) => encodeData(one, element)));
    return Object.hasOwn(types, type) ? hashStruct(value as Struct, type) : encodeAtom(value, type);
  };
  return hashStruct;
}

/** @param words of 32 bytes each */
function hashOf(words: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(WORD_BYTES * words.length);
  for (const [at, word] of words.entries()) all.set(word, WORD_BYTES * at);
  return keccak_256(all);
}

/** `encodeType`: the type itself, then all that it refers to by their names. */
function encodeType(primary: string, types: Types): string {
  const named = new Set([primary]);
  for (const name of named)
    for (const { type } of types[name] ?? []) {
      const base = type.split('[', 1)[0] ?? type;
      if (Object.hasOwn(types, base)) named.add(base);
    }
  const [first, ...others] = named;
  const written = (name = '') => `${name}(${(types[name] ?? []).map((one) => `${one.type} ${one.name}`).join(',')})`;
  return [first, ...others.sort()].map(written).join('');
}

/** One of the types that the language has: 32 bytes. */
function encodeAtom(value: unknown, type: string): Uint8Array {
  const text = String(value);
  if (type === 'string') return keccak_256(utf8(text));
  if (type === 'bytes') return keccak_256(fromHex(text.slice(2)));
  if (type === 'bool') return wordOf(value === true ? 1n : 0n);
  if (type === 'address') return wordOf(BigInt(text));
  if (!type.startsWith('bytes')) return wordOf(BigInt(text));
  const word = new Uint8Array(WORD_BYTES);
  word.set(fromHex(text.slice(2)));
  return word;
}

/** Big-endian, negative numbers as two's complement. */
const wordOf = (number: bigint): Uint8Array => fromHex(BigInt.asUintN(256, number).toString(16).padStart(64, '0'));
