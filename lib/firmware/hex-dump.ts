import type { Span } from './layout';

export const ROW_BYTES = 16;

export interface HexRow {
  /** Of the first byte. */
  readonly offset: number;
  /** Up to sixteen, two digits each. */
  readonly hex: readonly string[];
  /** Printable ASCII as it is, a middle dot for anything else. */
  readonly ascii: readonly string[];
  /** Places in the row that differ from the other image. */
  readonly marked: readonly number[];
}

/** Rows of sixteen bytes, aligned as `xxd` does it, around a span; at most `rows` of them. */
export function hexRows(bytes: Uint8Array, other: Uint8Array, { start, end }: Span, rows: number): HexRow[] {
  const first = start - (start % ROW_BYTES);
  const count = Math.min(rows, Math.ceil((Math.min(end, bytes.length) - first) / ROW_BYTES));
  return Array.from({ length: Math.max(0, count) }, (_, row) => {
    const offset = first + row * ROW_BYTES;
    const part = Array.from(bytes.subarray(offset, offset + ROW_BYTES));
    return {
      offset,
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')),
      ascii: part.map(asciiOf),
      marked: part.flatMap((byte, place) => (byte === other[offset + place] ? [] : [place])),
    };
  });
}

export const asciiOf = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');
