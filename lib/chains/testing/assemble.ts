/** A very small EVM assembler: enough to write a token of a few lines for a test, without a compiler. */

const OPCODES = {
  STOP: 0x00,
  ADD: 0x01,
  SUB: 0x03,
  LT: 0x10,
  EQ: 0x14,
  SHL: 0x1b,
  SHR: 0x1c,
  CALLER: 0x33,
  CALLVALUE: 0x34,
  CALLDATALOAD: 0x35,
  CODECOPY: 0x39,
  MSTORE: 0x52,
  SLOAD: 0x54,
  SSTORE: 0x55,
  JUMPI: 0x57,
  GAS: 0x5a,
  JUMPDEST: 0x5b,
  DUP1: 0x80,
  LOG3: 0xa3,
  CALL: 0xf1,
  RETURN: 0xf3,
  REVERT: 0xfd,
} as const;

/** An instruction, a number that is pushed, a label that is pushed (`@name`), or a label (`name:`). */
export type Item = keyof typeof OPCODES | bigint | `@${string}` | `${string}:`;

const WORD_BYTES = 32;
const LABEL_BYTES = 2;

/** The code of a contract. */
export function assemble(items: readonly Item[]): Uint8Array {
  const labels = new Map<string, number>();
  let length = 0;
  for (const item of items) {
    if (typeof item === 'string' && item.endsWith(':')) labels.set(item.slice(0, -1), length);
    length += sizeOf(item);
  }
  return Uint8Array.from(items.flatMap((item) => bytesOf(item, labels)));
}

function sizeOf(item: Item): number {
  if (typeof item === 'bigint') return 1 + widthOf(item);
  return item.startsWith('@') ? 1 + LABEL_BYTES : 1;
}

function bytesOf(item: Item, labels: ReadonlyMap<string, number>): number[] {
  if (typeof item === 'bigint') return push(item, widthOf(item));
  if (item.startsWith('@')) return push(BigInt(labels.get(item.slice(1)) ?? 0), LABEL_BYTES);
  if (item.endsWith(':')) return [OPCODES.JUMPDEST];
  return [OPCODES[item as keyof typeof OPCODES]];
}

const widthOf = (value: bigint): number => Math.max(1, Math.ceil(value.toString(16).length / 2));

/** PUSH1 is 0x60. */
function push(value: bigint, width: number): number[] {
  if (width > WORD_BYTES) throw new RangeError('more than a word');
  const digits = value.toString(16).padStart(width * 2, '0');
  const bytes = Array.from({ length: width }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
  return [0x5f + width, ...bytes];
}
