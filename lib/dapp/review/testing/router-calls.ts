/** Calls of routers, written down by viem from the signatures that their makers publish. */
import {
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  type Hex,
  parseAbi,
  parseAbiParameters,
} from 'viem';
import type { Address } from '../types';

export const UNIVERSAL: Address = '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af';
export const V2: Address = '0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D';
export const V3: Address = '0xE592427A0AEce92De3Edee1F18E0157C05861564';
export const V3_02: Address = '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45';
export const ONE_INCH_V5: Address = '0x1111111254EEB25477B68fb85Ed929f73A960582';
export const ONE_INCH_V6: Address = '0x111111125421cA6dc452d289314280a0f8842A65';
export const WETH: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2';

export const SENDER: Address = '0x0000000000000000000000000000000000000001';
export const ITSELF: Address = '0x0000000000000000000000000000000000000002';
export const NATIVE: Address = '0x0000000000000000000000000000000000000000';
export const BALANCE = 1n << 255n;

export type Command = readonly [code: number, input: Hex];

export const path = (...tokens: readonly Address[]): Hex =>
  concatHex(tokens.flatMap((token, place) => (place === 0 ? [token] : [encodePacked(['uint24'], [3_000]), token])));

const swap =
  (code: number) =>
  (to: Address, one: bigint, two: bigint, tokens: readonly Address[], isUser: boolean): Command => [
    code,
    encodeAbiParameters(parseAbiParameters('address, uint256, uint256, bytes, bool'), [
      to,
      one,
      two,
      path(...tokens),
      isUser,
    ]),
  ];
const swapV2 =
  (code: number) =>
  (to: Address, one: bigint, two: bigint, tokens: readonly Address[], isUser: boolean): Command => [
    code,
    encodeAbiParameters(parseAbiParameters('address, uint256, uint256, address[], bool'), [
      to,
      one,
      two,
      tokens,
      isUser,
    ]),
  ];
const payment =
  (code: number) =>
  (token: Address, to: Address, units: bigint): Command => [
    code,
    encodeAbiParameters(parseAbiParameters('address, address, uint256'), [token, to, units]),
  ];
const wrapping =
  (code: number) =>
  (to: Address, units: bigint): Command => [
    code,
    encodeAbiParameters(parseAbiParameters('address, uint256'), [to, units]),
  ];

/** https://docs.uniswap.org/contracts/universal-router/technical-reference */
export const command = {
  v3ExactIn: swap(0x00),
  v3ExactOut: swap(0x01),
  transferFrom: payment(0x02),
  sweep: payment(0x04),
  transfer: payment(0x05),
  portion: payment(0x06),
  v2ExactIn: swapV2(0x08),
  v2ExactOut: swapV2(0x09),
  permit: (token: Address, spender: Address, units: bigint): Command => [
    0x0a,
    encodeAbiParameters(
      parseAbiParameters([
        'PermitSingle permit, bytes signature',
        'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
        'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
      ]),
      [
        { details: { token, amount: units, expiration: 9, nonce: 0 }, spender, sigDeadline: 9n },
        `0x${'ab'.repeat(65)}`,
      ],
    ),
  ],
  wrap: wrapping(0x0b),
  unwrap: wrapping(0x0c),
} as const;

const EXECUTE = parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 deadline)']);

export const execute = (...commands: readonly Command[]): Hex =>
  encodeFunctionData({
    abi: EXECUTE,
    functionName: 'execute',
    args: [
      concatHex(commands.map(([code]) => encodePacked(['uint8'], [code]))),
      commands.map(([, input]) => input),
      2_741_990_400n,
    ],
  });

const TUPLES = {
  v3: parseAbi([
    'function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params) payable returns (uint256 amountOut)',
    'function exactInput((bytes path, address recipient, uint256 deadline, uint256 amountIn, uint256 amountOutMinimum) params) payable returns (uint256 amountOut)',
    'function exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 deadline, uint256 amountOut, uint256 amountInMaximum, uint160 sqrtPriceLimitX96) params) payable returns (uint256 amountIn)',
    'function exactOutput((bytes path, address recipient, uint256 deadline, uint256 amountOut, uint256 amountInMaximum) params) payable returns (uint256 amountIn)',
  ]),
  'v3-02': parseAbi([
    'function exactInputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountIn, uint256 amountOutMinimum, uint160 sqrtPriceLimitX96) params) payable returns (uint256 amountOut)',
    'function exactInput((bytes path, address recipient, uint256 amountIn, uint256 amountOutMinimum) params) payable returns (uint256 amountOut)',
    'function exactOutputSingle((address tokenIn, address tokenOut, uint24 fee, address recipient, uint256 amountOut, uint256 amountInMaximum, uint160 sqrtPriceLimitX96) params) payable returns (uint256 amountIn)',
    'function exactOutput((bytes path, address recipient, uint256 amountOut, uint256 amountInMaximum) params) payable returns (uint256 amountIn)',
  ]),
} as const;

interface Trade {
  readonly tokens: readonly [Address, Address];
  readonly to: Address;
  /** What goes in and comes out; one of them is exact, the other one a limit. */
  readonly goes: bigint;
  readonly comes: bigint;
  readonly priceLimit?: bigint;
}

/** One trade of Uniswap's v3 routers by one of their four functions. */
export function v3Call(
  version: 'v3' | 'v3-02',
  functionName: 'exactInputSingle' | 'exactInput' | 'exactOutputSingle' | 'exactOutput',
  { tokens, to, goes, comes, priceLimit = 0n }: Trade,
): Hex {
  const [tokenIn, tokenOut] = tokens;
  const isInput = functionName.startsWith('exactInput');
  const way = functionName.endsWith('Single')
    ? { tokenIn, tokenOut, fee: 3_000, sqrtPriceLimitX96: priceLimit }
    : { path: isInput ? path(tokenIn, tokenOut) : path(tokenOut, tokenIn) };
  const amounts = isInput ? { amountIn: goes, amountOutMinimum: comes } : { amountOut: comes, amountInMaximum: goes };
  const args = [{ ...way, ...amounts, recipient: to, deadline: 2_741_990_400n }];
  return encodeFunctionData({ abi: TUPLES[version], functionName, args } as never);
}

const PAYMENTS = parseAbi([
  'function multicall(bytes[] data) payable returns (bytes[] results)',
  'function unwrapWETH9(uint256 amountMinimum, address recipient) payable',
  'function sweepToken(address token, uint256 amountMinimum, address recipient) payable',
  'function refundETH() payable',
]);
export const multicall = (...data: readonly Hex[]): Hex =>
  encodeFunctionData({ abi: PAYMENTS, functionName: 'multicall', args: [data] });
export const unwrapWeth = (least: bigint, to: Address): Hex =>
  encodeFunctionData({ abi: PAYMENTS, functionName: 'unwrapWETH9', args: [least, to] });
export const sweepToken = (token: Address, least: bigint, to: Address): Hex =>
  encodeFunctionData({ abi: PAYMENTS, functionName: 'sweepToken', args: [token, least, to] });
export const refundEth = (): Hex => encodeFunctionData({ abi: PAYMENTS, functionName: 'refundETH' });

const ONE_INCH_V5_ABI = parseAbi([
  'function swap(address executor, (address srcToken, address dstToken, address srcReceiver, address dstReceiver, uint256 amount, uint256 minReturnAmount, uint256 flags) desc, bytes permit, bytes data) payable returns (uint256 returnAmount, uint256 spentAmount)',
]);
const ONE_INCH_V6_ABI = parseAbi([
  'function swap(address executor, (address srcToken, address dstToken, address srcReceiver, address dstReceiver, uint256 amount, uint256 minReturnAmount, uint256 flags) desc, bytes data) payable returns (uint256 returnAmount, uint256 spentAmount)',
]);

interface OneInchTrade extends Trade {
  readonly flags?: bigint;
  readonly permit?: Hex;
}

export function oneInch(version: 5 | 6, { tokens, to, goes, comes, flags = 0n, permit = '0x' }: OneInchTrade): Hex {
  const [srcToken, dstToken] = tokens;
  const description = {
    srcToken,
    dstToken,
    srcReceiver: V2,
    dstReceiver: to,
    amount: goes,
    minReturnAmount: comes,
    flags,
  };
  return version === 5
    ? encodeFunctionData({ abi: ONE_INCH_V5_ABI, functionName: 'swap', args: [V3, description, permit, '0x1234'] })
    : encodeFunctionData({ abi: ONE_INCH_V6_ABI, functionName: 'swap', args: [V3, description, '0x1234'] });
}
