/** PSBT of version 0 as bytes (BIP-174): maps of keys and values, one for all, one an input, one an output. */
import { reader, type Writer, writer } from './wire';

/** Of the global map: the transaction without signatures, and the version. */
export const GLOBAL = { transaction: 0x00, version: 0xfb } as const;
/** Of an input (BIP-174, BIP-371). */
export const INPUT = {
  previous: 0x00,
  witnessOutput: 0x01,
  hashType: 0x03,
  redeemScript: 0x04,
  derivation: 0x06,
  finalScript: 0x07,
  finalWitness: 0x08,
  taprootDerivation: 0x16,
  taprootKey: 0x17,
} as const;
/** Of an output. */
export const OUTPUT = { derivation: 0x02, taprootDerivation: 0x07 } as const;

export interface PsbtEntry {
  readonly type: number;
  /** What follows the type in the key. */
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}
export type PsbtMap = readonly PsbtEntry[];

/** The global map first. */
export interface PsbtMaps {
  readonly global: PsbtMap;
  readonly inputs: readonly PsbtMap[];
  readonly outputs: readonly PsbtMap[];
}

const MAGIC = Uint8Array.of(0x70, 0x73, 0x62, 0x74, 0xff);

export function writeMaps({ global, inputs, outputs }: PsbtMaps): Uint8Array {
  const to = writer().bytes(MAGIC);
  for (const map of [global, ...inputs, ...outputs]) writeMap(to, map);
  return to.done();
}

function writeMap(to: Writer, map: PsbtMap): void {
  for (const { type, key, value } of map) to.bytesWithLength(Uint8Array.of(type, ...key)).bytesWithLength(value);
  to.bytes(Uint8Array.of(0));
}

/**
 * @param counts how many inputs and outputs the transaction of the global map has
 * @throws RangeError if it is not exactly one PSBT, or names a key twice
 */
export function readMaps(
  psbt: Uint8Array,
  counts: (global: PsbtMap) => { readonly inputs: number; readonly outputs: number },
): PsbtMaps {
  const from = reader(psbt);
  if (from.bytes(MAGIC.length).some((byte, index) => byte !== MAGIC[index])) throw new RangeError('no PSBT');
  const readMap = (): PsbtMap => {
    const entries: PsbtEntry[] = [];
    const names = new Set<string>();
    for (;;) {
      const name = from.bytesWithLength();
      const [type, ...key] = name;
      if (type === undefined) return entries;
      if (names.has(name.join())) throw new RangeError('key twice');
      names.add(name.join());
      entries.push({ type, key: Uint8Array.from(key), value: from.bytesWithLength() });
    }
  };
  const global = readMap();
  const { inputs, outputs } = counts(global);
  const maps = {
    global,
    inputs: Array.from({ length: inputs }, readMap),
    outputs: Array.from({ length: outputs }, readMap),
  };
  from.end();
  return maps;
}

/** The value of a type that stands alone in a map. */
export const fieldOf = (map: PsbtMap, type: number): Uint8Array | undefined =>
  map.find((entry) => entry.type === type && entry.key.length === 0)?.value;
