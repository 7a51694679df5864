/** Tokens for tests: an ERC-20 in a hundred bytes, and the ways in which real ones differ from the standard. */
import { concatHex, type Hex, pad, stringToHex, toFunctionSelector, toHex } from 'viem';
import { assemble, type Item } from './assemble';

/** What a token answers; a part that is left out is not answered at all. */
export interface TokenShape {
  readonly symbol?: string;
  readonly name?: string;
  readonly decimals?: number;
  /** Who has all of it at the beginning. */
  readonly holder: string;
  readonly supply: bigint;
  /** What a transfer returns: true, nothing (USDT), or false without moving anything. */
  readonly transferReturns: 'true' | 'nothing' | 'false';
  /** Symbol and name as 32 bytes instead of a string (MKR). */
  readonly texts?: 'strings' | 'words';
}

/** What is sent to make the contract: the balance of the holder is stored under the holder's own address. */
export function tokenCode(shape: TokenShape): Hex {
  const code = toHex(assemble(runtimeOf(shape)));
  const length = BigInt((code.length - 2) / 2);
  const before = (at: bigint): Item[] => [
    ...([shape.supply, BigInt(shape.holder), 'SSTORE'] as const),
    ...([length, at, 0n, 'CODECOPY', length, 0n, 'RETURN'] as const),
  ];
  const start = assemble(before(0xffn)).length;
  return concatHex([toHex(assemble(before(BigInt(start)))), code]);
}

function runtimeOf(shape: TokenShape): Item[] {
  const { symbol, name, decimals } = shape;
  const parts: ReadonlyArray<readonly [signature: string, label: string, body: readonly Item[]]> = [
    ['balanceOf(address)', 'balance', [4n, 'CALLDATALOAD', 'SLOAD', ...returnTop]],
    ['transfer(address,uint256)', 'transfer', transferOf(shape.transferReturns)],
    ...(decimals === undefined ? [] : ([['decimals()', 'decimals', [BigInt(decimals), ...returnTop]]] as const)),
    ...(symbol === undefined ? [] : ([['symbol()', 'symbol', textOf(symbol, shape.texts)]] as const)),
    ...(name === undefined ? [] : ([['name()', 'name', textOf(name, shape.texts)]] as const)),
  ];
  return [
    ...([0n, 'CALLDATALOAD', 224n, 'SHR'] as const),
    ...parts.flatMap(([signature, label]): Item[] => [
      'DUP1',
      BigInt(toFunctionSelector(signature)),
      'EQ',
      `@${label}`,
      'JUMPI',
    ]),
    'refuse:',
    ...([0n, 0n, 'REVERT'] as const),
    ...parts.flatMap(([, label, body]): Item[] => [`${label}:`, ...body]),
  ];
}

/** Gives back the word on top of the stack. */
const returnTop: readonly Item[] = [0n, 'MSTORE', 32n, 0n, 'RETURN'];

/** Takes from the caller and gives to the recipient, who are two; reverts where there is too little. */
function transferOf(returns: TokenShape['transferReturns']): readonly Item[] {
  if (returns === 'false') return [0n, ...returnTop];
  const move: readonly Item[] = [
    ...([36n, 'CALLDATALOAD', 'CALLER', 'SLOAD', 'LT', '@refuse', 'JUMPI'] as const),
    ...([36n, 'CALLDATALOAD', 'CALLER', 'SLOAD', 'SUB', 'CALLER', 'SSTORE'] as const),
    ...([36n, 'CALLDATALOAD', 4n, 'CALLDATALOAD', 'SLOAD', 'ADD', 4n, 'CALLDATALOAD', 'SSTORE'] as const),
  ];
  return returns === 'true' ? [...move, 1n, ...returnTop] : [...move, 'STOP'];
}

function textOf(text: string, shape: TokenShape['texts'] = 'strings'): readonly Item[] {
  const word = BigInt(pad(stringToHex(text), { dir: 'right' }));
  if (shape === 'words') return [word, ...returnTop];
  const length = BigInt(new TextEncoder().encode(text).length);
  return [32n, 0n, 'MSTORE', length, 32n, 'MSTORE', word, 64n, 'MSTORE', 96n, 0n, 'RETURN'];
}
