/**
 * The one encoding of tuples that are hashed, signed, authenticated or stored (keyless protocol, section 1):
 * each value preceded by its length, 4 bytes big-endian. Injective for a fixed number of values.
 */

const LENGTH_BYTES = 4;
const U32_MAX = 0xffff_ffff;

/** One byte. @throws RangeError outside 0 to 255. */
export function u8(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xff) throw new RangeError('u8 out of range');
  return Uint8Array.of(value);
}

/** Four bytes big-endian. @throws RangeError outside 0 to 2^32 - 1. */
export function u32(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > U32_MAX) throw new RangeError('u32 out of range');
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** The four bytes big-endian at `offset`. @throws RangeError past the end. */
export function readU32(bytes: Uint8Array, offset = 0): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
}

/** Concatenates the values, each behind its length. Strings are UTF-8; integers go through `u8` or `u32`. */
export function encode(...values: ReadonlyArray<Uint8Array | string>): Uint8Array {
  const parts = values.map((value) => (typeof value === 'string' ? new TextEncoder().encode(value) : value));
  const encoded = new Uint8Array(parts.reduce((total, part) => total + LENGTH_BYTES + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    encoded.set(u32(part.length), offset);
    encoded.set(part, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + part.length;
  }
  return encoded;
}

/**
 * The values of an encoding, as copies.
 * @throws RangeError if a length runs past the end or bytes remain.
 */
export function decode(encoded: Uint8Array): Uint8Array[] {
  const values: Uint8Array[] = [];
  let offset = 0;
  while (offset < encoded.length) {
    if (offset + LENGTH_BYTES > encoded.length) throw new RangeError('truncated length');
    const end = offset + LENGTH_BYTES + readU32(encoded, offset);
    if (end > encoded.length) throw new RangeError('truncated value');
    values.push(encoded.slice(offset + LENGTH_BYTES, end));
    offset = end;
  }
  return values;
}

/** The values of an encoding that has exactly these lengths, as copies. @throws RangeError if it has others. */
export function decodeFixed<const Lengths extends readonly number[]>(
  encoded: Uint8Array,
  lengths: Lengths,
): { -readonly [Index in keyof Lengths]: Uint8Array } {
  const values = decode(encoded);
  const fits = values.length === lengths.length && values.every((value, index) => value.length === lengths[index]);
  if (!fits) throw new RangeError('other lengths');
  return values as { -readonly [Index in keyof Lengths]: Uint8Array };
}
