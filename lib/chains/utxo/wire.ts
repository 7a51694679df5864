/** Numbers, lengths and lists as transactions hold them: little-endian, lengths as CompactSize. */
import { fromHex } from '@/lib/bytes';

/** Reads on from where it stands. Every method but `peek` and `rest` @throws RangeError past the end. */
export interface Reader {
  u8(): number;
  u32(): number;
  /** @throws RangeError above 2^63 - 1, which no amount is */
  u64(): bigint;
  /** A copy. */
  bytes(length: number): Uint8Array;
  bytesWithLength(): Uint8Array;
  list<Item>(read: (from: Reader) => Item): Item[];
  /** One byte string with its length and nothing behind it. */
  wholeBytes(): Uint8Array;
  /** The next byte, which stays. */
  peek(): number | undefined;
  rest(): Uint8Array;
  /** @throws RangeError if anything is left */
  end(): void;
}

export function reader(raw: Uint8Array): Reader {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  let at = 0;
  const step = (length: number): number => {
    if (length > raw.length - at) throw new RangeError('past the end');
    at += length;
    return at - length;
  };
  const length = (): number => {
    const first = view.getUint8(step(1));
    if (first < 0xfd) return first;
    const [value, least] =
      first === 0xfd
        ? [view.getUint16(step(2), true), 0xfd]
        : first === 0xfe
          ? [view.getUint32(step(4), true), 0x10000]
          : [Number.POSITIVE_INFINITY, 0];
    // One encoding a length: what is written again must be the same bytes.
    if (value < least || value > raw.length) throw new RangeError('length');
    return value;
  };
  const from: Reader = {
    u8: () => view.getUint8(step(1)),
    u32: () => view.getUint32(step(4), true),
    u64: () => {
      const value = view.getBigInt64(step(8), true);
      if (value < 0n) throw new RangeError('amount');
      return value;
    },
    bytes: (count) => {
      const start = step(count);
      return raw.slice(start, start + count);
    },
    bytesWithLength: () => from.bytes(length()),
    list: (read) => Array.from({ length: length() }, () => read(from)),
    wholeBytes: () => {
      const bytes = from.bytesWithLength();
      from.end();
      return bytes;
    },
    peek: () => raw[at],
    rest: () => from.bytes(raw.length - at),
    end: () => {
      if (at !== raw.length) throw new RangeError('bytes behind the end');
    },
  };
  return from;
}

export interface Writer {
  u32(value: number): Writer;
  u64(value: bigint): Writer;
  /** From the form that explorers show, which is reversed. */
  txid(text: string): Writer;
  bytes(value: Uint8Array): Writer;
  bytesWithLength(value: Uint8Array): Writer;
  list<Item>(items: readonly Item[], write: (to: Writer, item: Item) => void): Writer;
  done(): Uint8Array;
}

export function writer(): Writer {
  const parts: Uint8Array[] = [];
  let total = 0;
  const put = (part: Uint8Array): Writer => {
    parts.push(part);
    total += part.length;
    return to;
  };
  const to: Writer = {
    u32: (value) => put(fixed(4, (view) => view.setUint32(0, value, true))),
    u64: (value) => put(fixed(8, (view) => view.setBigUint64(0, value, true))),
    txid: (text) => put(fromHex(text).reverse()),
    bytes: put,
    bytesWithLength: (value) => put(compactSize(value.length)) && put(value),
    list: (items, write) => {
      put(compactSize(items.length));
      for (const item of items) write(to, item);
      return to;
    },
    done: () => {
      const whole = new Uint8Array(total);
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return whole;
    },
  };
  return to;
}

/** How many bytes a length takes. */
export const compactSizeLength = (value: number): number => compactSize(value).length;

/** @param value below 2^32 */
export function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value);
  if (value < 0x10000) return Uint8Array.of(0xfd, value & 0xff, value >> 8);
  return Uint8Array.of(0xfe, ...fixed(4, (view) => view.setUint32(0, value, true)));
}

function fixed(length: number, set: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  set(new DataView(bytes.buffer));
  return bytes;
}
