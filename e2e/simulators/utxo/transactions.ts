/** Transactions as bytes, and the digests that their signatures commit to, by the simulators' own reading of BIP-143 and 341. */
import { schnorr } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';

export interface Input {
  /** As explorers show it. */
  readonly prevHash: Uint8Array;
  readonly prevIndex: number;
  readonly scriptSig: Uint8Array;
  readonly sequence: number;
}

export interface Output {
  readonly amount: bigint;
  readonly script: Uint8Array;
}

export interface Header {
  readonly version: number;
  readonly lockTime: number;
}

/** What a signature commits to of an input, beside what every input has. */
export interface Spent extends Input {
  readonly amount: bigint;
  /** Of the output that is spent. */
  readonly script: Uint8Array;
}

export const double = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes));

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

export function size(length: number): Buffer {
  if (length < 253) return Buffer.of(length);
  return length < 65_536 ? Buffer.of(253, length % 256, length >> 8) : Buffer.concat([Buffer.of(254), u32(length)]);
}

export const sized = (bytes: Uint8Array): Buffer => Buffer.concat([size(bytes.length), bytes]);
const outpoint = ({ prevHash, prevIndex }: Input): Buffer =>
  Buffer.concat([Buffer.from(prevHash).reverse(), u32(prevIndex)]);
export const inputBytes = (input: Input): Buffer =>
  Buffer.concat([outpoint(input), sized(input.scriptSig), u32(input.sequence)]);
export const outputBytes = ({ amount, script }: Output): Buffer => Buffer.concat([u64(amount), sized(script)]);

/** Without witnesses. @param extraData what Dash has behind the lock time */
export function baseBytes(
  { version, lockTime }: Header,
  inputs: readonly Input[],
  outputs: readonly Output[],
  extraData: Uint8Array = Buffer.alloc(0),
): Buffer {
  return Buffer.concat([
    u32(version),
    size(inputs.length),
    ...inputs.map(inputBytes),
    size(outputs.length),
    ...outputs.map(outputBytes),
    u32(lockTime),
    extraData,
  ]);
}

export interface Signed {
  readonly header: Header;
  readonly inputs: readonly Spent[];
  readonly outputs: readonly Output[];
}

export function legacyDigest({ header, inputs, outputs }: Signed, at: number): Uint8Array {
  const blank = inputs.map((input, index) => ({ ...input, scriptSig: index === at ? input.script : Buffer.alloc(0) }));
  return double(Buffer.concat([baseBytes(header, blank, outputs), u32(1)]));
}

/** BIP-143. @param type with a fork id in its upper bytes */
export function witnessDigest({ header, inputs, outputs }: Signed, at: number, code: Uint8Array, type: number) {
  const input = inputs[at];
  if (!input) throw new RangeError('input');
  return double(
    Buffer.concat([
      u32(header.version),
      double(Buffer.concat(inputs.map(outpoint))),
      double(Buffer.concat(inputs.map(({ sequence }) => u32(sequence)))),
      outpoint(input),
      sized(code),
      u64(input.amount),
      u32(input.sequence),
      double(Buffer.concat(outputs.map(outputBytes))),
      u32(header.lockTime),
      u32(type),
    ]),
  );
}

/** BIP-341, by key, the default type. */
export function taprootDigest({ header, inputs, outputs }: Signed, at: number): Uint8Array {
  const message = Buffer.concat([
    Buffer.of(0, 0),
    u32(header.version),
    u32(header.lockTime),
    sha256(Buffer.concat(inputs.map(outpoint))),
    sha256(Buffer.concat(inputs.map(({ amount }) => u64(amount)))),
    sha256(Buffer.concat(inputs.map(({ script }) => sized(script)))),
    sha256(Buffer.concat(inputs.map(({ sequence }) => u32(sequence)))),
    sha256(Buffer.concat(outputs.map(outputBytes))),
    Buffer.of(0),
    u32(at),
  ]);
  return schnorr.utils.taggedHash('TapSighash', message);
}

export interface Read extends Header {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly txid: string;
}

/** As nodes give them: with or without witnesses, which are left out. @throws RangeError for what ends too early */
export function readTransaction(raw: Buffer): Read {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > raw.length) throw new RangeError('transaction ends early');
    at += length;
    return raw.subarray(at - length, at);
  };
  const number = () => take(4).readUInt32LE();
  const count = (): number => {
    const [first = 0] = take(1);
    if (first < 253) return first;
    return first === 253 ? take(2).readUInt16LE() : take(4).readUInt32LE();
  };
  const many = <Item>(read: () => Item): Item[] => Array.from({ length: count() }, read);
  const version = number();
  const hasWitness = raw[at] === 0;
  if (hasWitness) take(2);
  const inputs = many(() => {
    const prevHash = Buffer.from(take(32)).reverse();
    return { prevHash, prevIndex: number(), scriptSig: take(count()), sequence: number() };
  });
  const outputs = many(() => ({ amount: take(8).readBigUInt64LE(), script: take(count()) }));
  if (hasWitness) for (const _ of inputs) many(() => take(count()));
  const header = { version, lockTime: number() };
  const txid = Buffer.from(double(baseBytes(header, inputs, outputs)))
    .reverse()
    .toString('hex');
  return { ...header, inputs, outputs, txid };
}
