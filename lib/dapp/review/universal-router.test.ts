/** What is said of a swap, held against a router that is written here a second time and works with numbers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSwap } from './decode-swap';
import { ACCOUNT, DOLLAR, IMITATION, MIRA, THIEF } from './testing/around';
import {
  BALANCE,
  type Command,
  command,
  execute,
  ITSELF,
  NATIVE,
  SENDER,
  UNIVERSAL,
  WETH,
} from './testing/router-calls';
import type { Address } from './types';

/** How a pool treats the account: `pays` is added to what has to come out at least, `saves` is not taken of the most. */
interface Market {
  readonly pays: bigint;
  readonly saves: bigint;
}
const WORST: Market = { pays: 0n, saves: 0n };

class Reverted extends Error {}

/** Balances that may go below nought for the account, which is as rich as it is asked to be. */
class Router {
  readonly balances = new Map<string, bigint>();

  constructor(
    readonly market: Market,
    valueWei: bigint,
  ) {
    this.move(NATIVE, ACCOUNT, UNIVERSAL, valueWei);
  }

  of(token: Address, owner: Address): bigint {
    return this.balances.get(`${token} ${owner}`.toLowerCase()) ?? 0n;
  }

  move(token: Address, from: Address, to: Address, units: bigint): void {
    if (from === UNIVERSAL && this.of(token, from) < units) throw new Reverted('balance');
    this.balances.set(`${token} ${from}`.toLowerCase(), this.of(token, from) - units);
    this.balances.set(`${token} ${to}`.toLowerCase(), this.of(token, to) + units);
  }

  /** Of somebody outside, who has everything. */
  mint(token: Address, to: Address, units: bigint): void {
    this.balances.set(`${token} ${to}`.toLowerCase(), this.of(token, to) + units);
  }
}

const mapped = (to: Address): Address => (to === SENDER ? ACCOUNT : to === ITSELF ? UNIVERSAL : to);
const POOL: Address = '0x00000000000000000000000000000000000000aa';

/** A command as it is written down and as it is done. */
interface Doing {
  readonly written: Command;
  readonly run: (router: Router) => void;
}

const token = fc.constantFrom(DOLLAR, WETH, IMITATION);
const payable = fc.constantFrom(DOLLAR, WETH, IMITATION, NATIVE);
const recipient = fc.oneof(
  { weight: 4, arbitrary: fc.constant(SENDER) },
  { weight: 5, arbitrary: fc.constant(ITSELF) },
  { weight: 1, arbitrary: fc.constantFrom(ACCOUNT, UNIVERSAL, THIEF) },
);
const units = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0n, 1n, 500n, 10_000n) },
  { weight: 2, arbitrary: fc.bigInt(0n, 20_000n) },
);
const least = fc.constantFrom(0n, 0n, 1n, 500n);
const orAll = fc.oneof({ weight: 3, arbitrary: units }, { weight: 2, arbitrary: fc.constant(BALANCE) });
const way = fc.tuple(token, token).filter(([one, other]) => one !== other);

interface Trade {
  readonly to: Address;
  /** What goes in exactly, or comes out. */
  readonly amount: bigint;
  /** What comes out at least, or goes in at most. */
  readonly limit: bigint;
  readonly way: readonly [Address, Address];
  readonly isUser: boolean;
}

const exactIn = (isV3: boolean, { to, amount, limit, way: [first, last], isUser }: Trade): Doing => ({
  written: (isV3 ? command.v3ExactIn : command.v2ExactIn)(to, amount, limit, [first, last], isUser),
  run: (router) => {
    // v3 asks for the router's balance whoever pays; v2 asks for nothing if there is nothing to be paid.
    if (amount === BALANCE && !isV3 && isUser) throw new Reverted('uint160');
    const spent = amount === BALANCE ? router.of(first, UNIVERSAL) : amount;
    if (isV3 && spent === 0n) throw new Reverted('amount');
    router.move(first, isUser ? ACCOUNT : UNIVERSAL, POOL, spent);
    router.mint(last, mapped(to), limit + router.market.pays);
  },
});

const exactOut = (isV3: boolean, { to, amount, limit, way: [first, last], isUser }: Trade): Doing => ({
  written: (isV3 ? command.v3ExactOut : command.v2ExactOut)(
    ...([to, amount, limit, isV3 ? [last, first] : [first, last], isUser] as const),
  ),
  run: (router) => {
    const { saves } = router.market;
    router.move(first, isUser ? ACCOUNT : UNIVERSAL, POOL, limit > saves ? limit - saves : 0n);
    router.mint(last, mapped(to), amount);
  },
});

const wrap = (to: Address, amount: bigint): Doing => ({
  written: command.wrap(to, amount),
  run: (router) => {
    const wei = amount === BALANCE ? router.of(NATIVE, UNIVERSAL) : amount;
    router.move(NATIVE, UNIVERSAL, POOL, wei);
    router.mint(WETH, mapped(to), wei);
  },
});

const unwrap = (to: Address, least: bigint): Doing => ({
  written: command.unwrap(to, least),
  run: (router) => {
    const all = router.of(WETH, UNIVERSAL);
    if (all < least) throw new Reverted('ETH');
    router.move(WETH, UNIVERSAL, POOL, all);
    router.mint(NATIVE, mapped(to), all);
  },
});

const sweep = (of: Address, to: Address, least: bigint): Doing => ({
  written: command.sweep(of, to, least),
  run: (router) => {
    const all = router.of(of, UNIVERSAL);
    if (all < least) throw new Reverted('token');
    router.move(of, UNIVERSAL, mapped(to), all);
  },
});

const portion = (of: Address, to: Address, bips: bigint): Doing => ({
  written: command.portion(of, to, bips),
  run: (router) => {
    if (bips === 0n) throw new Reverted('bips');
    router.move(of, UNIVERSAL, mapped(to), (router.of(of, UNIVERSAL) * bips) / 10_000n);
  },
});

/** Stands for what somebody can do with a right that is handed in for them. */
const RIGHT: Address = '0x00000000000000000000000000000000000000bb';
const permit = (of: Address, spender: Address): Doing => ({
  written: command.permit(of, spender, 5n),
  run: (router) => (spender === UNIVERSAL ? undefined : router.move(RIGHT, ACCOUNT, spender, 1n)),
});

const trade = fc.record({
  to: recipient,
  amount: orAll,
  limit: units,
  way,
  isUser: fc.constantFrom(true, true, false),
});
const payee = fc.constantFrom(MIRA, MIRA, SENDER);
const bips = fc.constantFrom(0n, 25n, 100n, 9_000n);
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 6, arbitrary: trade.map((asked) => exactIn(true, asked)) },
  { weight: 3, arbitrary: trade.map((asked) => exactIn(false, asked)) },
  { weight: 3, arbitrary: trade.map((asked) => exactOut(true, asked)) },
  { weight: 2, arbitrary: trade.map((asked) => exactOut(false, asked)) },
  { weight: 4, arbitrary: fc.tuple(recipient, orAll).map((asked) => wrap(...asked)) },
  { weight: 4, arbitrary: fc.tuple(recipient, least).map((asked) => unwrap(...asked)) },
  { weight: 4, arbitrary: fc.tuple(payable, recipient, least).map((asked) => sweep(...asked)) },
  { weight: 2, arbitrary: fc.tuple(payable, payee, bips).map((asked) => portion(...asked)) },
  {
    weight: 1,
    arbitrary: fc.tuple(token, recipient, units).map(
      ([of, to, amount]): Doing => ({
        written: command.transferFrom(of, to, amount),
        run: (router) => router.move(of, ACCOUNT, mapped(to), amount),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(payable, recipient, units).map(
      ([of, to, amount]): Doing => ({
        written: command.transfer(of, to, amount),
        run: (router) => router.move(of, UNIVERSAL, mapped(to), amount),
      }),
    ),
  },
  { weight: 3, arbitrary: fc.tuple(token, fc.constantFrom(UNIVERSAL, THIEF)).map((asked) => permit(...asked)) },
);

const anything = fc.array(doing, { minLength: 1, maxLength: 4 });
/** Into the router, a fee, and out of it: what honest sites do, and with one thing more those that look like them. */
const usual = fc
  .record({
    isV3: fc.boolean(),
    asked: trade,
    fee: fc.option(fc.tuple(payee, bips)),
    to: recipient,
    least,
    more: fc.option(fc.tuple(fc.nat(3), doing)),
  })
  .map(({ isV3, asked, fee, to, least: atLeast, more }) => {
    const [, last] = asked.way;
    const steps = [
      exactIn(isV3, { ...asked, to: ITSELF }),
      ...(fee === null ? [] : [portion(last, ...fee)]),
      last === WETH ? unwrap(to, atLeast) : sweep(last, to, atLeast),
    ];
    return more === null ? steps : steps.toSpliced(more[0], 0, more[1]);
  });

const plan = fc.record({
  valueWei: fc.constantFrom(0n, 0n, 0n, 0n, 1n, 500n, 10_000n),
  steps: fc.oneof(anything, usual),
  market: fc.record({ pays: fc.bigInt(0n, 900n), saves: fc.bigInt(0n, 900n) }),
});

type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

/** Who has what in the end, without the router and the pools; null where it fails. */
function outcome({ steps, valueWei }: Plan, market: Market): ReadonlyMap<string, bigint> | null {
  const router = new Router(market, valueWei);
  try {
    for (const { run } of steps) run(router);
  } catch (error) {
    if (error instanceof Reverted) return null;
    throw error;
  }
  const outside = [...router.balances].filter(
    ([key, units]) => !key.endsWith(UNIVERSAL.toLowerCase()) && !key.endsWith(POOL) && units !== 0n,
  );
  return new Map(outside);
}

const keyOf = (of: Address | null, owner: Address) => `${of ?? NATIVE} ${owner}`.toLowerCase();
const swapOf = ({ steps, valueWei }: Plan) => {
  const data = execute(...steps.map(({ written }) => written));
  return decodeSwap({ from: ACCOUNT, to: UNIVERSAL, valueWei, data }, 1);
};

let understood = 0;
let exactly = 0;

function check(asked: Plan): void {
  const swap = swapOf(asked);
  if (swap === null) return;
  understood += 1;
  const { give, get, to } = swap;
  const [giving, getting] = [keyOf(give.token, ACCOUNT), keyOf(get.token, to)];
  for (const market of [WORST, asked.market]) {
    const ends = outcome(asked, market);
    if (ends === null) continue;
    const gone = -(ends.get(giving) ?? 0n);
    const come = ends.get(getting) ?? 0n;
    // A fee that is paid to somebody is theirs; nothing else of the account changes.
    const others = [...ends.keys()].filter((key) => key.endsWith(ACCOUNT.toLowerCase()));
    expect(others.filter((key) => key !== giving && key !== getting)).toEqual([]);
    if (give.bound === 'exact') expect(gone).toBe(give.units);
    else expect(gone).toBeLessThanOrEqual(give.units);
    if (get.bound === 'exact') expect(come).toBe(get.units);
    else expect(come).toBeGreaterThanOrEqual(get.units);
  }
  const worst = outcome(asked, WORST);
  if (worst === null) return;
  exactly += 1;
  expect(worst.get(getting) ?? 0n).toBe(get.units);
}

const RUNS = process.env.HALFKEY_LONG ? 200_000 : 10_000;

it('is exactly what a router does, or nothing is said of it', () => {
  fc.assert(fc.property(plan, check), { numRuns: RUNS });
  // Else nothing has been compared.
  expect(understood).toBeGreaterThan(RUNS / 100);
  expect(exactly).toBeGreaterThan(RUNS / 200);
}, 120_000);
