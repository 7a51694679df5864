/** Tokens for tests: an ERC-20 in a hundred bytes, and the ways in which real ones differ from the standard. */
import { type Hex, pad, stringToHex } from 'viem';
import type { Item } from './assemble';
import { argument, type ContractFunction, creationCode, returnTop, rightOf } from './contract';

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
export const tokenCode = (shape: TokenShape): Hex =>
  creationCode(functionsOf(shape), [shape.supply, BigInt(shape.holder), 'SSTORE']);

const functionsOf = (shape: TokenShape): readonly ContractFunction[] => {
  const { symbol, name, decimals } = shape;
  const right = rightOf(['CALLER'], argument(0));
  return [
    ['balanceOf(address)', 'balance', [...argument(0), 'SLOAD', ...returnTop]],
    ['transfer(address,uint256)', 'transfer', transferOf(shape.transferReturns)],
    ['approve(address,uint256)', 'approve', [...argument(1), ...right, 'SSTORE', 1n, ...returnTop]],
    ['allowance(address,address)', 'allowance', [...rightOf(argument(0), argument(1)), 'SLOAD', ...returnTop]],
    ...(decimals === undefined ? [] : ([['decimals()', 'decimals', [BigInt(decimals), ...returnTop]]] as const)),
    ...(symbol === undefined ? [] : ([['symbol()', 'symbol', textOf(symbol, shape.texts)]] as const)),
    ...(name === undefined ? [] : ([['name()', 'name', textOf(name, shape.texts)]] as const)),
  ];
};

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
