/** Call data as one function of a list: only if writing it down again gives the same bytes. */
import { type Abi, decodeFunctionData, encodeFunctionData, isAddress } from 'viem';
import { MULTICALL_ABI, PERMIT2_ABI, ROUTER_ABI, TOKEN_ABI } from './abis';
import type { Address, Hex } from './types';

export interface DecodedFunction {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * The function and its arguments, or null. Decoders forgive what contracts do not (dirty bytes before an address), so what
 * was read is written again: it has to be the beginning of what is signed. Bytes after it are not read by anybody.
 */
export function decodeFunction(abi: Abi, data: Hex): DecodedFunction | null {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const again = encodeFunctionData({ abi, functionName, args });
    return data.startsWith(again) ? { name: functionName, args } : null;
  } catch {
    return null;
  }
}

export const tokenFunction = (data: Hex) => decodeFunction(TOKEN_ABI, data);
export const permit2Function = (data: Hex) => decodeFunction(PERMIT2_ABI, data);
export const multicallFunction = (data: Hex) => decodeFunction(MULTICALL_ABI, data);
export const routerFunction = (data: Hex) => decodeFunction(ROUTER_ABI, data);

/** Arguments by place, of the type that the function's ABI promises. @throws TypeError if they are not */
export function addressAt(args: readonly unknown[], place: number): Address {
  const value = args[place];
  if (typeof value === 'string' && isAddress(value, { strict: false })) return value;
  throw new TypeError('not an address');
}

export function numberAt(args: readonly unknown[], place: number): bigint {
  const value = args[place];
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  throw new TypeError('not a number');
}

export function listAt(args: readonly unknown[], place: number): readonly unknown[] {
  const value = args[place];
  if (Array.isArray(value)) return value;
  throw new TypeError('not a list');
}

export function hexAt(args: readonly unknown[], place: number): Hex {
  const value = args[place];
  if (isHexText(value)) return value;
  throw new TypeError('not bytes');
}

const isHexText = (value: unknown): value is Hex => typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value);

/** A member of a struct. */
export function memberOf(struct: unknown, name: string): unknown {
  if (typeof struct !== 'object' || struct === null) throw new TypeError('not a struct');
  return Reflect.get(struct, name);
}
