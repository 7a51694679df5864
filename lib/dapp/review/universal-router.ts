/**
 * Commands of Uniswap's universal router, those that a swap is made of. All others have no steps, and neither have those
 * that may fail without ending the call (bit 7).
 * https://github.com/Uniswap/universal-router, libraries/Commands.sol and base/Dispatcher.sol.
 */
import { type AbiParameter, parseAbiParameters } from 'viem';
import { type DecodedFunction, hexAt, listAt, parametersOf } from './decode-function';
import { ALL, type Holder, type Step } from './router-steps';
import { lowered, pathEnds, tokenEnds } from './swap-path';
import type { Address, Call, Hex } from './types';

const ENCODED_PATH = parseAbiParameters('address to, uint256 one, uint256 two, bytes path, bool isAccount');
const TOKEN_PATH = parseAbiParameters('address to, uint256 one, uint256 two, address[] path, bool isAccount');
const PAYMENT = parseAbiParameters('address token, address to, uint256 units');
const WRAPPING = parseAbiParameters('address to, uint256 units');
const TRANSFER_FROM = parseAbiParameters('address token, address to, uint160 units');
const PERMIT = parseAbiParameters([
  'PermitSingle permit, bytes signature',
  'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
  'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
]);

/** Stands for all that the router holds. */
const CONTRACT_BALANCE = 1n << 255n;
/** `SWEEP` reads its least amount as 160 bits: what stands above them is not enforced. */
const SWEEP_BITS = 1n << 160n;
const OWN_UNIT = `0x${'0'.repeat(40)}`;
const SENDER = `0x${'0'.repeat(39)}1`;
const ROUTER = `0x${'0'.repeat(39)}2`;

type Router = Call & { readonly to: Address };
/** @returns null where it does something else */
type Command = (input: Hex, call: Router) => readonly Step[] | null;

/** Null for a sequence with anything that is not understood to its last byte. */
export function universalSteps({ args }: DecodedFunction, call: Router): readonly Step[] | null {
  const commands = hexAt(args, 0).slice(2).match(/../g) ?? [];
  const inputs = listAt(args, 1);
  if (commands.length !== inputs.length) return null;
  const steps: Step[] = [];
  for (const [place, command] of commands.entries()) {
    const read = COMMANDS[command]?.(hexAt(inputs, place), call) ?? null;
    if (read === null) return null;
    steps.push(...read);
  }
  return steps;
}

function holder(address: Address, { from, to }: Router): Holder {
  const key = lowered(address);
  if (key === SENDER || key === lowered(from)) return 'account';
  return key === ROUTER || key === lowered(to) ? 'router' : key;
}

const tokenOf = (address: Address) => (address === OWN_UNIT ? null : lowered(address));

/** Reads an input that is exactly what its types make of it. */
const reading =
  <const Types extends readonly AbiParameter[]>(
    types: Types,
    read: (values: ReturnType<typeof parametersOf<Types>>, call: Router) => readonly Step[] | null,
  ): Command =>
  (input, call) =>
    read(parametersOf(types, input), call);

const payerOf = (isAccount: boolean) => (isAccount ? 'account' : 'router');

const exactIn = (
  { first, last }: { first: Address; last: Address },
  [to, units, least, isAccount]: readonly [Address, bigint, bigint, boolean],
  call: Router,
): readonly Step[] | null => {
  const isAll = units === CONTRACT_BALANCE;
  // With nothing, v2 takes what lies in the pool; with all, v3 takes the number of the router from the account.
  if (units === 0n || (isAll && isAccount)) return null;
  return [
    {
      kind: 'trade',
      payer: payerOf(isAccount),
      from: { token: first, units: isAll ? ALL : units, bound: 'exact' },
      into: { token: last, units: least, bound: 'at-least' },
      to: holder(to, call),
    },
  ];
};

const exactOut = (
  { first, last }: { first: Address; last: Address },
  [to, units, limit, isAccount]: readonly [Address, bigint, bigint, boolean],
  call: Router,
): readonly Step[] => [
  {
    kind: 'trade',
    payer: payerOf(isAccount),
    from: { token: first, units: limit, bound: 'at-most' },
    into: { token: last, units, bound: 'exact' },
    to: holder(to, call),
  },
];

/** By the byte as it stands, in two digits. */
const COMMANDS: Readonly<Record<string, Command>> = {
  // V3_SWAP_EXACT_IN
  '00': reading(ENCODED_PATH, ([to, units, least, path, isAccount], call) =>
    exactIn(pathEnds(path), [to, units, least, isAccount], call),
  ),
  // V3_SWAP_EXACT_OUT, whose path goes backwards
  '01': reading(ENCODED_PATH, ([to, units, limit, path, isAccount], call) => {
    const { first, last } = pathEnds(path);
    return exactOut({ first: last, last: first }, [to, units, limit, isAccount], call);
  }),
  // PERMIT2_TRANSFER_FROM
  '02': reading(TRANSFER_FROM, ([token, to, units], call) =>
    holder(to, call) === 'router' ? [{ kind: 'pull', token: lowered(token), units }] : null,
  ),
  // SWEEP
  '04': reading(PAYMENT, ([token, to, least], call) =>
    least < SWEEP_BITS ? [{ kind: 'sweep', token: tokenOf(token), least, to: holder(to, call) }] : null,
  ),
  // PAY_PORTION, to somebody else
  '06': reading(PAYMENT, ([token, to, bips], call) => {
    const payee = holder(to, call);
    return payee === 'router' || payee === 'account' ? null : [{ kind: 'portion', token: tokenOf(token), bips }];
  }),
  // V2_SWAP_EXACT_IN
  '08': reading(TOKEN_PATH, ([to, units, least, path, isAccount], call) =>
    exactIn(tokenEnds(path), [to, units, least, isAccount], call),
  ),
  // V2_SWAP_EXACT_OUT
  '09': reading(TOKEN_PATH, ([to, units, limit, path, isAccount], call) =>
    exactOut(tokenEnds(path), [to, units, limit, isAccount], call),
  ),
  // PERMIT2_PERMIT: hands in what was signed before, a right of this router only
  '0a': reading(PERMIT, ([permit], call) => (holder(permit.spender, call) === 'router' ? [] : null)),
  // WRAP_ETH
  '0b': reading(WRAPPING, ([to, units], call) =>
    holder(to, call) === 'router' ? [{ kind: 'wrap', units: units === CONTRACT_BALANCE ? ALL : units }] : null,
  ),
  // UNWRAP_WETH
  '0c': reading(WRAPPING, ([to, least], call) => [{ kind: 'unwrap', least, to: holder(to, call) }]),
};
