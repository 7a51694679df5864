/** What a router is told: what is given, what has to come back at least, and to whom. */
import type { Abi } from 'viem';
import { ONE_INCH_ABI, UNIVERSAL_ROUTER_ABI, V2_ROUTER_ABI, V3_ROUTER_02_ABI, V3_ROUTER_ABI } from './abis';
import { addressAt, decodeFunction, hexAt, listAt, memberOf, numberAt } from './decode-function';
import { type RouterKind, routerKind, wrapperOf } from './known-contracts';
import { type Step, type Swap, settle } from './router-steps';
import { lowered, tokenEnds } from './swap-path';
import type { Address, Call } from './types';
import { universalSteps } from './universal-router';
import { v3Steps } from './v3-router';

type Router = Call & { readonly to: Address };
type Reader = (call: Router, wrapper: Address | null) => Swap | null;

/**
 * Null for anything that is no exchange of one for another at a router that is known: anybody can write a function with
 * such a name, and one byte that is not understood can be a second deed.
 */
export function decodeSwap(call: Router, chainId: number): Swap | null {
  const kind = routerKind(chainId, call.to);
  if (kind === null) return null;
  try {
    const swap = READERS[kind](call, wrapperOf(chainId));
    // Where nothing has to come back, it is a gift.
    return swap !== null && swap.give.units > 0n && swap.get.units > 0n ? swap : null;
  } catch {
    return null;
  }
}

/** Whether a router is told to swap in words that are known here: what is then refused, nobody else may call a swap. */
export const isSwapFunction = (call: Call, chainId: number): boolean => {
  const kind = call.to === null ? null : routerKind(chainId, call.to);
  return kind !== null && decodeFunction(ABIS[kind], call.data) !== null;
};

const ABIS: Readonly<Record<RouterKind, Abi>> = {
  v2: V2_ROUTER_ABI,
  v3: V3_ROUTER_ABI,
  'v3-02': V3_ROUTER_02_ABI,
  universal: UNIVERSAL_ROUTER_ABI,
  '1inch': ONE_INCH_ABI,
};

const settled =
  (stepsOf: (call: Router) => readonly Step[] | null): Reader =>
  (call, wrapper) => {
    const steps = stepsOf(call);
    return steps === null ? null : settle(steps, call.valueWei, wrapper, call.from);
  };

/** Those of v2 that name ETH refuse a path without the wrapper at its end, and those that do not, refuse ETH. */
const v2: Reader = (call, wrapper) => {
  const decoded = decodeFunction(V2_ROUTER_ABI, call.data);
  if (decoded === null || !decoded.whole) return null;
  const { name, args } = decoded;
  const takesOwn = /^swap(Exact)?ETHFor/.test(name);
  const givesOwn = /ForETH|ForExactETH/.test(name);
  const [one, two] = [numberAt(args, 0), takesOwn ? 0n : numberAt(args, 1)];
  const path = listAt(args, takesOwn ? 1 : 2);
  const { first, last } = tokenEnds(path.map((_, place) => addressAt(path, place)));
  if ((takesOwn && first !== wrapper) || (givesOwn && last !== wrapper) || (!takesOwn && call.valueWei > 0n))
    return null;
  const isExactOut = /ForExact/.test(name);
  const spent = takesOwn ? call.valueWei : isExactOut ? two : one;
  const least = takesOwn || isExactOut ? one : two;
  return {
    give: { token: takesOwn ? null : first, units: spent, bound: isExactOut ? 'at-most' : 'exact' },
    get: { token: givesOwn ? null : last, units: least, bound: isExactOut ? 'exact' : 'at-least' },
    to: addressAt(args, takesOwn ? 2 : 3),
  };
};

const NOBODY = 0n;
/** What 1inch calls the chain's own unit: either of them. */
const OWN_UNITS: ReadonlySet<string> = new Set([`0x${'e'.repeat(40)}`, `0x${'0'.repeat(40)}`]);
const orOwn = (token: Address): Address | null => (OWN_UNITS.has(lowered(token)) ? null : lowered(token));
/** Bits 0 and 1: less may be taken for less, more is sent along than is exchanged. */
const UNBOUND_FLAGS = 0b11n;

const oneInch: Reader = (call) => {
  const decoded = decodeFunction(ONE_INCH_ABI, call.data);
  if (decoded === null || !decoded.whole) return null;
  const { args } = decoded;
  const [, description] = args;
  const number = (name: string) => numberAt([memberOf(description, name)], 0);
  const address = (name: string) => addressAt([memberOf(description, name)], 0);
  const [give, get] = [orOwn(address('srcToken')), orOwn(address('dstToken'))];
  const units = number('amount');
  // A permit that is handed in on the way can be for anybody.
  const hasPermit = args.length === 4 && hexAt(args, 2) !== '0x';
  if (hasPermit || give === get || (number('flags') & UNBOUND_FLAGS) !== 0n) return null;
  if (call.valueWei !== (give === null ? units : 0n)) return null;
  const to = address('dstReceiver');
  return {
    give: { token: give, units, bound: 'exact' },
    get: { token: get, units: number('minReturnAmount'), bound: 'at-least' },
    to: BigInt(to) === NOBODY ? call.from : to,
  };
};

const READERS: Readonly<Record<RouterKind, Reader>> = {
  v2,
  v3: settled((call) => v3Steps('v3', call)),
  'v3-02': settled((call) => v3Steps('v3-02', call)),
  universal: settled((call) => {
    const decoded = decodeFunction(UNIVERSAL_ROUTER_ABI, call.data);
    return decoded?.whole ? universalSteps(decoded, call) : null;
  }),
  '1inch': oneInch,
};
