/** Contracts for trials: a coin that tells what it does by events, and a shop that gives it for the chain's own unit. */
import { concatHex, type Hex, toEventSelector, toFunctionSelector, toHex } from 'viem';
import { assemble, type Item } from '@/lib/chains/testing/assemble';

const TRANSFER = BigInt(toEventSelector('Transfer(address,address,uint256)'));
const APPROVAL = BigInt(toEventSelector('Approval(address,address,uint256)'));

/** What is sent to make a contract with this code, after what is done first. */
function creation(runtime: readonly Item[], first: readonly Item[] = []): Hex {
  const code = toHex(assemble(runtime));
  const length = BigInt((code.length - 2) / 2);
  const before = (at: bigint) => [...first, length, at, 0n, 'CODECOPY', length, 0n, 'RETURN'] as const;
  const start = assemble(before(0xffn)).length;
  return concatHex([toHex(assemble(before(BigInt(start)))), code]);
}

/** An event with the caller, the first argument, and the second argument as its data. */
const tell = (topic: bigint): readonly Item[] => [
  36n,
  'CALLDATALOAD',
  0n,
  'MSTORE',
  4n,
  'CALLDATALOAD',
  'CALLER',
  topic,
  32n,
  0n,
  'LOG3',
];
const yes: readonly Item[] = [1n, 0n, 'MSTORE', 32n, 0n, 'RETURN'];

/** @param lies whether `transfer` only tells of a transfer, and moves nothing */
export function coinCode(holder: Hex, supply: bigint, lies: 'honest' | 'lies' = 'honest'): Hex {
  const move: readonly Item[] = [
    36n,
    'CALLDATALOAD',
    'CALLER',
    'SLOAD',
    'LT',
    '@refuse',
    'JUMPI',
    36n,
    'CALLDATALOAD',
    'CALLER',
    'SLOAD',
    'SUB',
    'CALLER',
    'SSTORE',
    36n,
    'CALLDATALOAD',
    4n,
    'CALLDATALOAD',
    'SLOAD',
    'ADD',
    4n,
    'CALLDATALOAD',
    'SSTORE',
  ];
  const parts: ReadonlyArray<readonly [signature: string, label: string, body: readonly Item[]]> = [
    ['balanceOf(address)', 'balance', [4n, 'CALLDATALOAD', 'SLOAD', 0n, 'MSTORE', 32n, 0n, 'RETURN']],
    ['decimals()', 'decimals', [6n, 0n, 'MSTORE', 32n, 0n, 'RETURN']],
    ['transfer(address,uint256)', 'transfer', [...(lies === 'lies' ? [] : move), ...tell(TRANSFER), ...yes]],
    ['approve(address,uint256)', 'approve', [...tell(APPROVAL), ...yes]],
  ];
  return creation(
    [
      0n,
      'CALLDATALOAD',
      224n,
      'SHR',
      ...parts.flatMap(([signature, label]): Item[] => [
        'DUP1',
        BigInt(toFunctionSelector(signature)),
        'EQ',
        `@${label}`,
        'JUMPI',
      ]),
      'refuse:',
      0n,
      0n,
      'REVERT',
      ...parts.flatMap(([, label, body]): Item[] => [`${label}:`, ...body]),
    ],
    [supply, BigInt(holder), 'SSTORE'],
  );
}

/** Whatever it is asked: gives the caller as many units of a coin as wei were sent. */
export const shopCode = (coin: Hex): Hex =>
  creation([
    BigInt(toFunctionSelector('transfer(address,uint256)')) << 224n,
    0n,
    'MSTORE',
    'CALLER',
    4n,
    'MSTORE',
    'CALLVALUE',
    36n,
    'MSTORE',
    0n,
    0n,
    68n,
    0n,
    0n,
    BigInt(coin),
    'GAS',
    'CALL',
    '@done',
    'JUMPI',
    0n,
    0n,
    'REVERT',
    'done:',
    'STOP',
  ]);
