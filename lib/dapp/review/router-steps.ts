/** What steps of a router take from an account and give for it at least, as far as the router itself enforces it. */
import type { Address } from './types';

/** A token in lower case; null is the chain's own unit. */
export type Token = Address | null;

/** An amount of a token, or with null of the chain's own unit. */
interface Side {
  readonly token: Token;
  readonly units: bigint;
}

export interface Swap {
  /** At most, where the router takes less for a fixed result, or hands back what it does not need. */
  readonly give: Side & { readonly bound: 'exact' | 'at-most' };
  readonly get: Side & { readonly bound: 'exact' | 'at-least' };
  readonly to: Address;
}

/** In lower case, where it is neither the account nor the router itself. */
export type Holder = 'account' | 'router' | Address;

/** What a router holds of a token, however much it is. */
export const ALL = 'all';

export type Step =
  /** The account hands something to the router by an allowance. */
  | { readonly kind: 'pull'; readonly token: Token; readonly units: bigint }
  | {
      readonly kind: 'trade';
      /** `own-or-account`: wrapped from what was sent along if that is enough, else by an allowance. */
      readonly payer: 'account' | 'router' | 'own-or-account';
      readonly from: {
        readonly token: Token;
        readonly units: bigint | typeof ALL;
        readonly bound: 'exact' | 'at-most';
      };
      readonly into: Side & { readonly bound: 'exact' | 'at-least' };
      readonly to: Holder;
    }
  | { readonly kind: 'wrap'; readonly units: bigint | typeof ALL }
  /** All that the router holds wrapped, as the chain's own unit. Fails below `least`. */
  | { readonly kind: 'unwrap'; readonly least: bigint; readonly to: Holder }
  /** All that the router holds of a token. Fails below `least`. */
  | { readonly kind: 'sweep'; readonly token: Token; readonly least: bigint; readonly to: Holder }
  /** A part of all that the router holds, in hundredths of a percent: what sites take for themselves. */
  | { readonly kind: 'portion'; readonly token: Token; readonly bips: bigint };

/** Above one percent it is no fee of a swap. */
const MOST_FEE_BIPS = 100n;

interface Ledger {
  readonly wrapper: Address | null;
  readonly given: Map<Token, { units: bigint; bound: 'exact' | 'at-most' }>;
  /** The least that the router holds of what it has got by these steps. */
  readonly held: Map<Token, bigint>;
  readonly got: Map<Exclude<Holder, 'router'>, Map<Token, { units: bigint; bound: 'exact' | 'at-least' }>>;
  feeBips: bigint;
}

/**
 * One thing given for another, or null for everything else: two things given, nothing that has to come back, parts that
 * go to several people, a fee above one percent.
 * @param valueWei what is sent along: it is gone whatever the steps do with it
 */
export function settle(
  steps: readonly Step[],
  valueWei: bigint,
  wrapper: Address | null,
  account: Address,
): Swap | null {
  const ledger: Ledger = { wrapper, given: new Map(), held: new Map(), got: new Map(), feeBips: 0n };
  if (valueWei > 0n) pull(ledger, { token: null, units: valueWei }, 'exact');
  if (!steps.every((step) => take(ledger, step))) return null;
  return swapOf(ledger, account);
}

const heldOf = ({ held }: Ledger, token: Token): bigint => held.get(token) ?? 0n;

function give(ledger: Ledger, { token, units }: Side, bound: 'exact' | 'at-most'): void {
  const before = ledger.given.get(token) ?? { units: 0n, bound: 'exact' };
  ledger.given.set(token, { units: before.units + units, bound: before.bound === 'exact' ? bound : 'at-most' });
}

function pull(ledger: Ledger, side: Side, bound: 'exact' | 'at-most'): void {
  give(ledger, side, bound);
  ledger.held.set(side.token, heldOf(ledger, side.token) + side.units);
}

function spend(ledger: Ledger, token: Token, units: bigint | typeof ALL): void {
  const left = units === ALL ? 0n : heldOf(ledger, token) - units;
  ledger.held.set(token, left > 0n ? left : 0n);
}

function hand(ledger: Ledger, to: Holder, { token, units }: Side, bound: 'exact' | 'at-least'): void {
  if (to === 'router') {
    ledger.held.set(token, heldOf(ledger, token) + units);
    return;
  }
  const theirs = ledger.got.get(to) ?? new Map();
  const before = theirs.get(token) ?? { units: 0n, bound: 'exact' };
  theirs.set(token, { units: before.units + units, bound: before.bound === 'exact' ? bound : 'at-least' });
  ledger.got.set(to, theirs);
}

const most = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/** @returns whether it is understood */
function take(ledger: Ledger, step: Step): boolean {
  switch (step.kind) {
    case 'pull':
      pull(ledger, step, 'exact');
      return true;
    case 'trade':
      if (!pay(ledger, step)) return false;
      hand(ledger, step.to, step.into, step.into.bound);
      return true;
    case 'wrap': {
      if (ledger.wrapper === null) return false;
      const units = step.units === ALL ? heldOf(ledger, null) : step.units;
      spend(ledger, null, step.units);
      hand(ledger, 'router', { token: ledger.wrapper, units }, 'exact');
      return true;
    }
    case 'unwrap':
      if (ledger.wrapper === null) return false;
      handAll(ledger, ledger.wrapper, null, step);
      return true;
    case 'sweep':
      if (step.to === 'router') return false;
      handAll(ledger, step.token, step.token, step);
      return true;
    case 'portion': {
      ledger.feeBips += step.bips;
      const before = heldOf(ledger, step.token);
      spend(ledger, step.token, (before * step.bips) / 10_000n);
      return step.bips > 0n && ledger.feeBips <= MOST_FEE_BIPS;
    }
    default:
      return step satisfies never;
  }
}

function handAll(ledger: Ledger, held: Token, into: Token, { least, to }: { least: bigint; to: Holder }): void {
  const units = most(least, heldOf(ledger, held));
  spend(ledger, held, ALL);
  hand(ledger, to, { token: into, units }, 'at-least');
}

function pay(ledger: Ledger, { payer, from }: Extract<Step, { kind: 'trade' }>): boolean {
  const { token, units, bound } = from;
  if (payer === 'router') {
    spend(ledger, token, units);
    return true;
  }
  if (units === ALL || units === 0n) return false;
  const own = heldOf(ledger, null);
  if (payer === 'own-or-account' && token !== null && token === ledger.wrapper && own > 0n) {
    // Less than what is needed stays in the router, and the token is taken all the same.
    if (own < units) return false;
    spend(ledger, null, units);
    return true;
  }
  give(ledger, { token, units }, bound);
  return true;
}

/** What comes back of what was given is no gain: less has been given. */
function swapOf({ given, got }: Ledger, account: Address): Swap | null {
  const [gave, ...besides] = given;
  if (gave === undefined || besides.length > 0) return null;
  const [token, { units, bound }] = gave;
  const isRefunded = got.get('account')?.delete(token) ?? false;
  const gains = [...got].flatMap(([to, sides]) => [...sides].map(([what, side]) => ({ to, token: what, ...side })));
  const [gain, ...others] = gains;
  if (gain === undefined || others.length > 0 || gain.units === 0n || gain.token === token) return null;
  return {
    give: { token, units, bound: isRefunded ? 'at-most' : bound },
    get: { token: gain.token, units: gain.units, bound: gain.bound },
    to: gain.to === 'account' ? account : gain.to,
  };
}
