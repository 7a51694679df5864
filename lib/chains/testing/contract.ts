/** What contracts for tests are made of: functions by their selectors, and the code that puts them on a chain. */
import { concatHex, type Hex, toFunctionSelector, toHex } from 'viem';
import { assemble, type Item } from './assemble';

/** The selector of a call is the word below whatever the body puts on the stack. */
export type ContractFunction = readonly [signature: string, label: string, body: readonly Item[]];

/** What is sent to make a contract of some functions. @param first what is done once, before */
export function creationCode(functions: readonly ContractFunction[], first: readonly Item[] = []): Hex {
  const code = toHex(assemble(runtimeOf(functions)));
  const length = BigInt((code.length - 2) / 2);
  const before = (at: bigint): Item[] => [...first, length, at, 0n, 'CODECOPY', length, 0n, 'RETURN'];
  const start = assemble(before(0xffn)).length;
  return concatHex([toHex(assemble(before(BigInt(start)))), code]);
}

/** Jumping to `refuse` reverts, as any other function does. */
const runtimeOf = (functions: readonly ContractFunction[]): readonly Item[] => [
  ...([0n, 'CALLDATALOAD', 224n, 'SHR'] as const),
  ...functions.flatMap(([signature, label]): Item[] => [
    'DUP1',
    BigInt(toFunctionSelector(signature)),
    'EQ',
    `@${label}`,
    'JUMPI',
  ]),
  'refuse:',
  ...([0n, 0n, 'REVERT'] as const),
  ...functions.flatMap(([, label, body]): Item[] => [`${label}:`, ...body]),
];

/** Gives back the word on top of the stack. */
export const returnTop: readonly Item[] = [0n, 'MSTORE', 32n, 0n, 'RETURN'];

/** Argument of a call, from 0. */
export const argument = (place: number): readonly Item[] => [4n + 32n * BigInt(place), 'CALLDATALOAD'];

/** Where it is stored what an owner allows a spender: the owner's address before the spender's, in one word. */
export const rightOf = (owner: readonly Item[], spender: readonly Item[]): readonly Item[] => [
  ...spender,
  ...owner,
  ...([96n, 'SHL', 'ADD'] as const),
];
