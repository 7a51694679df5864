/** Ways through pools: only what goes in and what comes out matters. */
import type { Address, Hex } from './types';

export const lowered = (address: Address): Address => address.toLowerCase() as Address;

export interface PathEnds {
  readonly first: Address;
  readonly last: Address;
}

/** A path of Uniswap v3: an address, then three bytes of fee and an address, again and again. @throws TypeError */
export function pathEnds(path: Hex): PathEnds {
  const digits = path.slice(2).toLowerCase();
  if (digits.length < 86 || (digits.length - 40) % 46 !== 0) throw new TypeError('not a path');
  return { first: `0x${digits.slice(0, 40)}`, last: `0x${digits.slice(-40)}` };
}

/** A list of tokens, as v2 has it. @throws TypeError */
export function tokenEnds(path: readonly Address[]): PathEnds {
  const [first] = path;
  const last = path[path.length - 1];
  if (first === undefined || last === undefined || path.length < 2) throw new TypeError('not a path');
  return { first: lowered(first), last: lowered(last) };
}
