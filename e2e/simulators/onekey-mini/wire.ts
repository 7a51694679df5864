/**
 * The device's side of protocol v1 and of protocol buffers, written for the simulator alone: it shares no code with the
 * wallet, so that a mistake of one is not a mistake of both.
 */

export const REPORT_BYTES = 64;
const MAX_MESSAGE_BYTES = 16 * 1024;

export interface Message {
  readonly type: number;
  readonly payload: Uint8Array;
}

/** `? # #`, type and length big-endian, then the payload; later reports begin with `?` alone. */
export function toReports({ type, payload }: Message): Uint8Array[] {
  const whole = new Uint8Array(8 + payload.length);
  whole.set([0x23, 0x23, type >> 8, type & 0xff]);
  new DataView(whole.buffer).setUint32(4, payload.length);
  whole.set(payload, 8);
  const reports: Uint8Array[] = [];
  for (let offset = 0; offset < whole.length; offset += REPORT_BYTES - 1) {
    const report = new Uint8Array(REPORT_BYTES);
    report[0] = 0x3f;
    report.set(whole.subarray(offset, offset + REPORT_BYTES - 1), 1);
    reports.push(report);
  }
  return reports;
}

export type Received = Message | 'too-big' | undefined;

/** Puts reports together; while idle, what does not begin a message is dropped without a word. */
export function createAssembler(): (report: Uint8Array) => Received {
  let open: { readonly type: number; readonly length: number; readonly parts: number[] } | undefined;
  return (report) => {
    if (open === undefined) {
      if (report[0] !== 0x3f || report[1] !== 0x23 || report[2] !== 0x23) return undefined;
      const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
      const length = view.getUint32(5);
      if (length > MAX_MESSAGE_BYTES) return 'too-big';
      open = { type: view.getUint16(3), length, parts: Array.from(report.subarray(9)) };
    } else {
      open.parts.push(...report.subarray(1));
    }
    if (open.parts.length < open.length) return undefined;
    const { type, length, parts } = open;
    open = undefined;
    return { type, payload: Uint8Array.from(parts.slice(0, length)) };
  };
}

/** A field's number and its value; false, undefined and empty lists are left out by `encode`. */
export type Field = readonly [number: number, value: Value];
export type Value = bigint | number | boolean | string | Uint8Array | readonly Value[] | undefined;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

function encodeField(number: number, value: Value): number[] {
  if (value === undefined) return [];
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') {
    return [...varint(BigInt(number) << 3n), ...varint(BigInt(value))];
  }
  if (typeof value === 'string' || value instanceof Uint8Array) {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return [...varint((BigInt(number) << 3n) | 2n), ...varint(BigInt(bytes.length)), ...bytes];
  }
  return value.flatMap((one) => encodeField(number, one));
}

export const encode = (...fields: readonly Field[]): Uint8Array =>
  Uint8Array.from(fields.flatMap(([number, value]) => encodeField(number, value)));

/** The fields of a message, all values of a number in their order. */
export interface Fields {
  numbers(field: number): bigint[];
  bytes(field: number): Uint8Array | undefined;
  allBytes(field: number): Uint8Array[];
  text(field: number): string | undefined;
}

/** @throws RangeError for what is no message */
export function decode(payload: Uint8Array): Fields {
  const found = new Map<number, (bigint | Uint8Array)[]>();
  let offset = 0;
  const read = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = payload[offset++];
      if (byte === undefined) throw new RangeError('truncated');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError('varint too long');
  };
  while (offset < payload.length) {
    const key = read();
    const number = Number(key >> 3n);
    const values = found.get(number) ?? [];
    found.set(number, values);
    if ((key & 7n) === 0n) values.push(read());
    else if ((key & 7n) === 2n) {
      const length = Number(read());
      if (offset + length > payload.length) throw new RangeError('truncated');
      values.push(payload.slice(offset, offset + length));
      offset += length;
    } else throw new RangeError('wire type');
  }
  const allBytes = (field: number) => (found.get(field) ?? []).filter((value) => typeof value !== 'bigint');
  const bytes = (field: number) => allBytes(field).at(-1);
  return {
    allBytes,
    bytes,
    text: (field) => {
      const value = bytes(field);
      return value && new TextDecoder().decode(value);
    },
    numbers: (field) =>
      (found.get(field) ?? []).flatMap((value) => (typeof value === 'bigint' ? [value] : packed(value))),
  };
}

/** Repeated numbers may come packed. */
function packed(bytes: Uint8Array): bigint[] {
  const values: bigint[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte < 128) {
      values.push(value);
      value = 0n;
      shift = 0n;
    }
  }
  return values;
}

/** Failure(DataError). */
export const encodeFailure = (text: string): Message => ({ type: 3, payload: encode([1, 3], [2, text]) });
