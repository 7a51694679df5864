/** Functions of Uniswap's SwapRouter (`v3`) and SwapRouter02 (`v3-02`), one or several in a multicall, as steps. */

import { V3_ROUTER_02_ABI, V3_ROUTER_ABI } from './abis';
import { addressAt, type DecodedFunction, decodeFunction, hexAt, listAt, memberOf, numberAt } from './decode-function';
import { ALL, type Holder, type Step } from './router-steps';
import { lowered, type PathEnds, pathEnds, tokenEnds } from './swap-path';
import type { Address, Call } from './types';

type Version = 'v3' | 'v3-02';
type Router = Call & { readonly to: Address };

const abiOf = (version: Version) => (version === 'v3' ? V3_ROUTER_ABI : V3_ROUTER_02_ABI);

/** Null for anything that is not understood to its last byte. A multicall in a multicall is none of a swap. */
export function v3Steps(version: Version, call: Router): readonly Step[] | null {
  const decoded = decodeFunction(abiOf(version), call.data);
  if (decoded === null || !decoded.whole) return null;
  if (decoded.name !== 'multicall') return stepsOf(version, decoded, call);
  const inner = listAt(decoded.args, decoded.args.length - 1);
  const steps: Step[] = [];
  for (const place of inner.keys()) {
    const one = decodeFunction(abiOf(version), hexAt(inner, place));
    const read = one?.whole ? stepsOf(version, one, call) : null;
    if (read === null) return null;
    steps.push(...read);
  }
  return steps;
}

/** The first names itself by nought; the second itself by two, and the caller by one. */
function recipient(version: Version, address: Address, call: Router): Holder {
  const isRouter = BigInt(address) === (version === 'v3' ? 0n : 2n);
  if (isRouter) return 'router';
  return version === 'v3-02' && BigInt(address) === 1n ? 'account' : literal(address, call);
}

function literal(address: Address, { from, to }: Router): Holder {
  const key = lowered(address);
  if (key === lowered(from)) return 'account';
  return key === lowered(to) ? 'router' : key;
}

function stepsOf(version: Version, { name, args }: DecodedFunction, call: Router): readonly Step[] | null {
  const params = args[0];
  const number = (member: string) => numberAt([memberOf(params, member)], 0);
  const address = (member: string) => addressAt([memberOf(params, member)], 0);
  const to = () => recipient(version, address('recipient'), call);
  const pool = () => ({ first: lowered(address('tokenIn')), last: lowered(address('tokenOut')) });
  const path = () => pathEnds(hexAt([memberOf(params, 'path')], 0));
  switch (name) {
    case 'exactInputSingle':
    case 'exactInput': {
      if (name === 'exactInputSingle' && number('sqrtPriceLimitX96') !== 0n) return null;
      const ends = name === 'exactInput' ? path() : pool();
      return exactIn(version, ends, number('amountIn'), number('amountOutMinimum'), to());
    }
    case 'exactOutputSingle':
      if (number('sqrtPriceLimitX96') !== 0n) return null;
      return exactOut(pool(), number('amountOut'), number('amountInMaximum'), to());
    case 'exactOutput': {
      const { first, last } = path();
      return exactOut({ first: last, last: first }, number('amountOut'), number('amountInMaximum'), to());
    }
    case 'swapExactTokensForTokens':
      return exactIn(version, tokens(args), numberAt(args, 0), numberAt(args, 1), recipientAt(args, 3, call));
    case 'swapTokensForExactTokens':
      return exactOut(tokens(args), numberAt(args, 0), numberAt(args, 1), recipientAt(args, 3, call));
    case 'unwrapWETH9':
      return [{ kind: 'unwrap', least: numberAt(args, 0), to: literalAt(args, 1, call) }];
    case 'sweepToken': {
      const token = lowered(addressAt(args, 0));
      return [{ kind: 'sweep', token, least: numberAt(args, 1), to: literalAt(args, 2, call) }];
    }
    case 'refundETH':
      return [{ kind: 'sweep', token: null, least: 0n, to: 'account' }];
    default:
      return null;
  }
}

const tokens = (args: readonly unknown[]): PathEnds =>
  tokenEnds(listAt(args, 2).map((_, place) => addressAt(listAt(args, 2), place)));
const recipientAt = (args: readonly unknown[], place: number, call: Router) =>
  recipient('v3-02', addressAt(args, place), call);
/** Without one, it is the caller. */
const literalAt = (args: readonly unknown[], place: number, call: Router): Holder =>
  place < args.length ? literal(addressAt(args, place), call) : 'account';

/** Nought is, for the second router, all that it holds itself. */
function exactIn(
  version: Version,
  { first, last }: PathEnds,
  units: bigint,
  least: bigint,
  to: Holder,
): readonly Step[] | null {
  if (units === 0n && version === 'v3') return null;
  return [
    {
      kind: 'trade',
      payer: units === 0n ? 'router' : 'own-or-account',
      from: { token: first, units: units === 0n ? ALL : units, bound: 'exact' },
      into: { token: last, units: least, bound: 'at-least' },
      to,
    },
  ];
}

const exactOut = ({ first, last }: PathEnds, units: bigint, limit: bigint, to: Holder): readonly Step[] => [
  {
    kind: 'trade',
    payer: 'own-or-account',
    from: { token: first, units: limit, bound: 'at-most' },
    into: { token: last, units, bound: 'exact' },
    to,
  },
];
