/** Call data as one function of a list, and whether it is that function to its last byte. */
import {
  type Abi,
  type AbiParameter,
  type DecodeAbiParametersReturnType,
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  isAddress,
} from 'viem';
import { MULTICALL_ABI, PERMIT2_ABI, TOKEN_ABI } from './abis';
import type { Address, Hex } from './types';

export interface DecodedFunction {
  readonly name: string;
  readonly args: readonly unknown[];
  /**
   * Whether writing it down again gives the same bytes. If not (bytes after it, dirty bytes before an address), some
   * contracts take it for this function all the same, and others see something else in it.
   */
  readonly whole: boolean;
}

/** The function and its arguments, as a forgiving contract would read them; or null. */
export function decodeFunction(abi: Abi, data: Hex): DecodedFunction | null {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const again = encodeFunctionData({ abi, functionName, args });
    return { name: functionName, args, whole: data.toLowerCase() === again };
  } catch {
    return null;
  }
}

/** Values of these types, if the bytes are exactly those values. @throws TypeError, or as viem does, if they are not */
export function parametersOf<const Types extends readonly AbiParameter[]>(
  types: Types,
  data: Hex,
): DecodeAbiParametersReturnType<Types> {
  const values = decodeAbiParameters(types, data);
  if (encodeAbiParameters(types as readonly AbiParameter[], values as readonly unknown[]) !== data.toLowerCase())
    throw new TypeError('not these types');
  return values as DecodeAbiParametersReturnType<Types>;
}

export const tokenFunction = (data: Hex) => decodeFunction(TOKEN_ABI, data);
export const permit2Function = (data: Hex) => decodeFunction(PERMIT2_ABI, data);
export const multicallFunction = (data: Hex) => decodeFunction(MULTICALL_ABI, data);

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
