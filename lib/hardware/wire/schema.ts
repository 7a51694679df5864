/** Messages as tables of fields, on the wire codec of @bufbuild/protobuf: no generated code, and nothing that needs eval. */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { garbled } from './framing';

interface Kinds {
  text: string;
  bytes: Uint8Array;
  flag: boolean;
  u32: number;
  u64: bigint;
}

type Kind = keyof Kinds;

export interface FieldOf<Value> {
  readonly number: number;
  readonly kind: Kind | Shape;
  readonly repeated: boolean;
  /** Only for the compiler. */
  readonly value?: Value;
}

export type Shape = Readonly<Record<string, FieldOf<unknown>>>;
/** Every field may be missing, as on the wire. */
export type Content<S extends Shape> = {
  readonly [Name in keyof S]?: S[Name] extends FieldOf<infer Value> ? Value | undefined : never;
};

const one =
  <K extends Kind>(kind: K) =>
  (number: number): FieldOf<Kinds[K]> => ({ number, kind, repeated: false });

export const text = one('text');
export const bytes = one('bytes');
export const flag = one('flag');
export const u32 = one('u32');
export const u64 = one('u64');
export const manyU32 = (number: number): FieldOf<readonly number[]> => ({ number, kind: 'u32', repeated: true });
export const manyBytes = (number: number): FieldOf<readonly Uint8Array[]> => ({
  number,
  kind: 'bytes',
  repeated: true,
});
export const oneOf = <S extends Shape>(number: number, kind: S): FieldOf<Content<S>> => ({
  number,
  kind,
  repeated: false,
});
export const manyOf = <S extends Shape>(number: number, kind: S): FieldOf<readonly Content<S>[]> => ({
  number,
  kind,
  repeated: true,
});

export function encode<S extends Shape>(shape: S, content: Content<S>): Uint8Array {
  const writer = new BinaryWriter();
  for (const [name, field] of Object.entries(shape)) {
    const value: unknown = content[name];
    if (value === undefined) continue;
    for (const each of field.repeated && Array.isArray(value) ? value : [value]) writeValue(writer, field, each);
  }
  return writer.finish();
}

function writeValue(writer: BinaryWriter, { number, kind }: FieldOf<unknown>, value: unknown): void {
  if (typeof value === 'string') writer.tag(number, WireType.LengthDelimited).string(value);
  else if (value instanceof Uint8Array) writer.tag(number, WireType.LengthDelimited).bytes(value);
  else if (typeof value === 'boolean') writer.tag(number, WireType.Varint).bool(value);
  else if (typeof value === 'number') writer.tag(number, WireType.Varint).uint32(value);
  else if (typeof value === 'bigint') writer.tag(number, WireType.Varint).uint64(value);
  else if (typeof kind === 'object' && typeof value === 'object' && value !== null) {
    writer.tag(number, WireType.LengthDelimited).bytes(encode(kind, value));
  } else throw new TypeError('no value of the wire');
}

/**
 * What a payload says; fields that the shape does not know are passed over.
 * @throws WalletError `device-garbled`
 */
export function decode<S extends Shape>(shape: S, payload: Uint8Array): Content<S> {
  const byNumber = new Map(Object.entries(shape).map(([name, field]) => [field.number, [name, field] as const]));
  const content: Record<string, unknown> = {};
  try {
    const reader = new BinaryReader(payload);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      const known = byNumber.get(number);
      if (known === undefined) reader.skip(wireType, number);
      else readField(reader, wireType, known, content);
    }
    if (reader.pos !== reader.len) throw garbled();
  } catch {
    throw garbled();
  }
  return content as Content<S>;
}

function readField(
  reader: BinaryReader,
  wireType: WireType,
  [name, field]: readonly [string, FieldOf<unknown>],
  content: Record<string, unknown>,
): void {
  const before = content[name];
  const earlier: readonly unknown[] = Array.isArray(before) ? before : [];
  const isNumber = field.kind === 'u32' || field.kind === 'u64' || field.kind === 'flag';
  if (field.repeated && isNumber && wireType === WireType.LengthDelimited) {
    const end = reader.uint32() + reader.pos;
    const values: unknown[] = [];
    while (reader.pos < end) values.push(readValue(reader, field));
    content[name] = [...earlier, ...values];
    return;
  }
  if (wireType !== (isNumber ? WireType.Varint : WireType.LengthDelimited)) throw garbled();
  const value = readValue(reader, field);
  content[name] = field.repeated ? [...earlier, value] : value;
}

function readValue(reader: BinaryReader, { kind }: FieldOf<unknown>): unknown {
  switch (kind) {
    case 'text':
      return reader.string();
    case 'bytes':
      return Uint8Array.from(reader.bytes());
    case 'flag':
      return reader.bool();
    case 'u32':
      return reader.uint32();
    case 'u64':
      return BigInt(reader.uint64());
    default:
      return decode(kind, reader.bytes());
  }
}
