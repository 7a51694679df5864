/** What a router is told: what is given, what has to come back at least, and to whom. */
import { decodeAbiParameters, parseAbiParameters } from 'viem';
import { addressAt, hexAt, listAt, memberOf, numberAt, routerFunction } from './decode-function';
import type { Address, Call, Hex } from './types';

/** An amount of a token, or with null of the chain's own unit. */
interface Side {
  readonly token: Address | null;
  readonly units: bigint;
}

export interface Swap {
  /** At most, where the router takes less for a fixed result. */
  readonly give: Side & { readonly bound: 'exact' | 'at-most' };
  readonly get: Side & { readonly bound: 'exact' | 'at-least' };
  /** Null where the router itself decides: to whoever has called. */
  readonly to: Address | null;
}

/** 1inch names the chain's own unit so. */
const OWN_UNIT = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee';
const orOwn = (token: Address): Address | null => (token.toLowerCase() === OWN_UNIT ? null : token);

/** Null for anything that is no exchange of one for another. */
export function decodeSwap(call: Call): Swap | null {
  const decoded = routerFunction(call.data);
  if (decoded === null) return null;
  try {
    return READERS[decoded.name]?.(decoded.args, call) ?? null;
  } catch {
    return null;
  }
}

type Reader = (args: readonly unknown[], call: Call) => Swap | null;

const ends = (path: readonly unknown[]) => ({ first: addressAt(path, 0), last: addressAt(path, path.length - 1) });

const ownForToken =
  (bound: 'exact' | 'at-most'): Reader =>
  (args, { valueWei }) => ({
    give: { token: null, units: valueWei, bound },
    get: {
      token: ends(listAt(args, 1)).last,
      units: numberAt(args, 0),
      bound: bound === 'exact' ? 'at-least' : 'exact',
    },
    to: addressAt(args, 2),
  });

const tokenFor =
  (what: 'own' | 'token', fixed: 'input' | 'output'): Reader =>
  (args) => {
    const { first, last } = ends(listAt(args, 2));
    const token = what === 'own' ? null : last;
    const [one, two] = [numberAt(args, 0), numberAt(args, 1)];
    return fixed === 'input'
      ? {
          give: { token: first, units: one, bound: 'exact' },
          get: { token, units: two, bound: 'at-least' },
          to: addressAt(args, 3),
        }
      : {
          give: { token: first, units: two, bound: 'at-most' },
          get: { token, units: one, bound: 'exact' },
          to: addressAt(args, 3),
        };
  };

/** Uniswap v3 names itself and the caller by small numbers where it acts for them. */
const SENTINELS: ReadonlySet<string> = new Set([
  '0x0000000000000000000000000000000000000000',
  '0x0000000000000000000000000000000000000001',
  '0x0000000000000000000000000000000000000002',
]);
const recipient = (address: Address): Address | null => (SENTINELS.has(address.toLowerCase()) ? null : address);

const single: Reader = ([params], { valueWei }) => {
  const units = numberAt([memberOf(params, 'amountIn')], 0);
  const paid = valueWei > 0n;
  return {
    give: {
      token: paid ? null : addressAt([memberOf(params, 'tokenIn')], 0),
      units: paid ? valueWei : units,
      bound: 'exact',
    },
    get: {
      token: addressAt([memberOf(params, 'tokenOut')], 0),
      units: numberAt([memberOf(params, 'amountOutMinimum')], 0),
      bound: 'at-least',
    },
    to: recipient(addressAt([memberOf(params, 'recipient')], 0)),
  };
};

/** A path of Uniswap v3: an address, then three bytes of fee and an address, again and again. */
function pathEnds(path: Hex): { readonly first: Address; readonly last: Address } {
  const digits = path.slice(2);
  if (digits.length < 86 || (digits.length - 40) % 46 !== 0) throw new TypeError('not a path');
  return { first: `0x${digits.slice(0, 40)}`, last: `0x${digits.slice(-40)}` };
}

const alongPath: Reader = ([params], { valueWei }) => {
  const { first, last } = pathEnds(hexAt([memberOf(params, 'path')], 0));
  const paid = valueWei > 0n;
  return {
    give: {
      token: paid ? null : first,
      units: paid ? valueWei : numberAt([memberOf(params, 'amountIn')], 0),
      bound: 'exact',
    },
    get: { token: last, units: numberAt([memberOf(params, 'amountOutMinimum')], 0), bound: 'at-least' },
    to: recipient(addressAt([memberOf(params, 'recipient')], 0)),
  };
};

const oneInch: Reader = ([, description]) => ({
  give: {
    token: orOwn(addressAt([memberOf(description, 'srcToken')], 0)),
    units: numberAt([memberOf(description, 'amount')], 0),
    bound: 'exact',
  },
  get: {
    token: orOwn(addressAt([memberOf(description, 'dstToken')], 0)),
    units: numberAt([memberOf(description, 'minReturnAmount')], 0),
    bound: 'at-least',
  },
  to: addressAt([memberOf(description, 'dstReceiver')], 0),
});

const EXACT_IN = parseAbiParameters('address to, uint256 units, uint256 least, bytes path, bool payer');
const EXACT_IN_V2 = parseAbiParameters('address to, uint256 units, uint256 least, address[] path, bool payer');
const TAKE_OUT = parseAbiParameters('address to, uint256 least');
/** https://docs.uniswap.org/contracts/universal-router/technical-reference; the lower six bits are the command. */
const COMMAND = { V3_EXACT_IN: 0x00, V2_EXACT_IN: 0x08, UNWRAP: 0x0c } as const;

/** One exchange, with the wrapping around it; anything more is left to the trial on the node. */
const universal: Reader = (args, { valueWei }) => {
  const commands = (hexAt(args, 0).slice(2).match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16) & 0x3f);
  const inputs = listAt(args, 1);
  const at = commands.findIndex((command) => command === COMMAND.V3_EXACT_IN || command === COMMAND.V2_EXACT_IN);
  if (at === -1 || commands.filter((command) => command === commands[at]).length > 1) return null;
  const input = hexAt(inputs, at);
  const [to, units, least, path] =
    commands[at] === COMMAND.V3_EXACT_IN
      ? decodeAbiParameters(EXACT_IN, input)
      : decodeAbiParameters(EXACT_IN_V2, input);
  const { first, last } = typeof path === 'string' ? pathEnds(path) : ends(path);
  const unwrap = commands.indexOf(COMMAND.UNWRAP);
  const out = unwrap > at ? decodeAbiParameters(TAKE_OUT, hexAt(inputs, unwrap)) : null;
  return {
    give: { token: valueWei > 0n ? null : first, units: valueWei > 0n ? valueWei : units, bound: 'exact' },
    get: { token: out === null ? last : null, units: out?.[1] ?? least, bound: 'at-least' },
    to: recipient(out?.[0] ?? to),
  };
};

const READERS: Readonly<Record<string, Reader>> = {
  swapExactETHForTokens: ownForToken('exact'),
  swapExactETHForTokensSupportingFeeOnTransferTokens: ownForToken('exact'),
  swapETHForExactTokens: ownForToken('at-most'),
  swapExactTokensForETH: tokenFor('own', 'input'),
  swapExactTokensForETHSupportingFeeOnTransferTokens: tokenFor('own', 'input'),
  swapExactTokensForTokens: tokenFor('token', 'input'),
  swapExactTokensForTokensSupportingFeeOnTransferTokens: tokenFor('token', 'input'),
  swapTokensForExactTokens: tokenFor('token', 'output'),
  swapTokensForExactETH: tokenFor('own', 'output'),
  exactInputSingle: single,
  exactInput: alongPath,
  swap: oneInch,
  execute: universal,
};
