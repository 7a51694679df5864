/** Which outputs pay for what. Pure: the same question gets the same answer. */
import { WalletError } from '@/lib/errors';
import type { Coin } from './coins';
import { checkFeeRate, feeOf } from './fees';
import { dustLimit, type ScriptType } from './script';
import { inputWeight, outputSize, vsizeOf } from './size';
import type { TxOutput } from './transaction';

/** Something that can be spent. */
export interface Candidate {
  readonly amount: bigint;
  readonly scriptType: ScriptType;
}

export interface SelectionRequest<Item extends Candidate> {
  readonly coin: Coin;
  /** What may be spent. */
  readonly candidates: readonly Item[];
  /** `all`: every candidate is spent, as somebody chose them. `useful`: all that hold more than spending them costs. */
  readonly use: 'best' | 'useful' | 'all';
  readonly payments: readonly TxOutput[];
  /** Where what is left goes. */
  readonly rest: Uint8Array;
  /** In the smallest unit for 1,000 virtual bytes. */
  readonly feePerKvB: bigint;
}

export interface Selection<Item extends Candidate> {
  readonly inputs: readonly Item[];
  /** What goes to `rest`; null where it would be dust, or cost more than it is. */
  readonly rest: bigint | null;
  readonly fee: bigint;
  /** The part of the fee above the rate: what was too little to come back. */
  readonly surplus: bigint;
  /** Of the largest transaction that signatures can make of it. */
  readonly vsize: number;
}

/** Steps of the search for inputs that need no change; enough for some twenty candidates, and then it is given up. */
const MAX_STEPS = 10_000;

/**
 * Payments never hold dust, what goes in comes out again or is fee, and the fee is that of the rate, rounded up, but for
 * `surplus`. Inputs that need no change are preferred; else the largest come first.
 * @throws WalletError `bad-fee`; `bad-amount` with `dust` as reason; `insufficient-funds` with `no-coins`, `amount` (less
 *   than is to be paid) or `fee` (no more than is to be paid) as reason
 */
export function selectCoins<Item extends Candidate>(request: SelectionRequest<Item>): Selection<Item> {
  const { coin, candidates, use, payments, feePerKvB } = request;
  checkFeeRate(coin, feePerKvB);
  if (payments.some(({ amount, script }) => amount < dustLimit(coin, script)))
    throw new WalletError('bad-amount', { reason: 'dust' });
  if (candidates.length === 0) throw missing('no-coins');
  const worth = (item: Candidate) => item.amount - feeOf(Math.ceil(inputWeight(item.scriptType) / 4), feePerKvB);
  const useful = use === 'all' ? [...candidates] : candidates.filter((item) => worth(item) > 0n);
  if (use !== 'best') return settle(request, useful);
  const largestFirst = useful.sort((a, b) => (worth(a) === worth(b) ? 0 : worth(a) > worth(b) ? -1 : 1));
  const exact = withoutChange(request, largestFirst, worth);
  return exact ?? fewest(request, largestFirst);
}

/** What becomes of these inputs. */
function settle<Item extends Candidate>(request: SelectionRequest<Item>, inputs: readonly Item[]): Selection<Item> {
  const { coin, payments, rest, feePerKvB } = request;
  const paid = sum(payments);
  const left = sum(inputs) - paid;
  const types = inputs.map(({ scriptType }) => scriptType);
  const scripts = payments.map(({ script }) => script);
  const vsizeWithRest = vsizeOf(types, [...scripts, rest]);
  const feeWithRest = feeOf(vsizeWithRest, feePerKvB);
  if (left - feeWithRest >= dustLimit(coin, rest))
    return { inputs, rest: left - feeWithRest, fee: feeWithRest, surplus: 0n, vsize: vsizeWithRest };
  const vsize = vsizeOf(types, scripts);
  const fee = feeOf(vsize, feePerKvB);
  if (left < 0n) throw missing('amount');
  if (payments.length === 0 || left < fee) throw missing('fee');
  return { inputs, rest: null, fee: left, surplus: left - fee, vsize };
}

/** The largest, until they suffice. */
function fewest<Item extends Candidate>(request: SelectionRequest<Item>, largestFirst: readonly Item[]) {
  const paid = sum(request.payments);
  let total = 0n;
  for (const [index, { amount }] of largestFirst.entries()) {
    total += amount;
    if (total < paid) continue;
    const settled = attempt(() => settle(request, largestFirst.slice(0, index + 1)));
    if (settled) return settled;
  }
  return settle(request, largestFirst);
}

/**
 * Branch and bound: inputs that come within what change would cost, now and when it is spent (Murch, "An Evaluation of
 * Coin Selection Strategies", 2016). Null if there are none, or the search takes too long.
 */
function withoutChange<Item extends Candidate>(
  request: SelectionRequest<Item>,
  largestFirst: readonly Item[],
  worth: (item: Item) => bigint,
): Selection<Item> | null {
  const { payments, rest, feePerKvB, coin } = request;
  const scripts = payments.map(({ script }) => script);
  const target = sum(payments) + feeOf(vsizeOf([], scripts), feePerKvB);
  const changeCost = feeOf(outputSize(rest), feePerKvB) + dustLimit(coin, rest);
  const worths = largestFirst.map(worth);
  const remaining = [sumOf(worths)];
  for (const each of worths) remaining.push((remaining.at(-1) ?? 0n) - each);
  const stack: Node<Item>[] = [{ at: 0, total: 0n, chosen: null }];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const node = stack.pop();
    if (!node) return null;
    const { at, total, chosen } = node;
    if (total >= target) {
      const settled = settle(request, listed(chosen));
      if (settled.rest === null) return settled;
      continue;
    }
    const item = largestFirst[at];
    if (!item || total + (remaining[at] ?? 0n) < target) continue;
    stack.push({ at: at + 1, total, chosen });
    const next = total + (worths[at] ?? 0n);
    if (next < target + changeCost) stack.push({ at: at + 1, total: next, chosen: { item, before: chosen } });
  }
  return null;
}

interface Chosen<Item> {
  readonly item: Item;
  readonly before: Chosen<Item> | null;
}

interface Node<Item> {
  /** The candidate that is decided on next. */
  readonly at: number;
  readonly total: bigint;
  readonly chosen: Chosen<Item> | null;
}

function listed<Item>(chosen: Chosen<Item> | null): Item[] {
  const items: Item[] = [];
  for (let each = chosen; each; each = each.before) items.push(each.item);
  return items;
}

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const sum = (items: readonly { readonly amount: bigint }[]) => sumOf(items.map(({ amount }) => amount));

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof WalletError) return null;
    throw error;
  }
}

const missing = (reason: 'no-coins' | 'amount' | 'fee') => new WalletError('insufficient-funds', { reason });
