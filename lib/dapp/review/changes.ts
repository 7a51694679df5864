/** What a trial has seen: as much of it as there is room for, and all of it held against what the calls say. */
import type { AmountFacts, BalanceChanges, Deed, PartyFacts, Risk } from '@/lib/bus/review';
import { MOST_AMOUNTS } from '@/lib/bus/review-facts';
import { deedRisks } from './deed-risks';
import { amountOf, lineOf, riskOf } from './facts';
import type { Grant, Move } from './read-logs';
import type { Trial } from './try-out';
import type { Occasion, Surroundings } from './types';

interface Right {
  readonly amount: AmountFacts;
  readonly spender: PartyFacts;
}
interface Control {
  readonly collection: PartyFacts;
  readonly operator: PartyFacts;
}

/** Everything that goes and every right, the worst first; of what comes, what there is room for. */
type Change =
  | Exclude<BalanceChanges, { kind: 'known' }>
  | {
      readonly kind: 'known';
      readonly how: 'simulated' | 'traced';
      readonly gives: readonly AmountFacts[];
      readonly gets: readonly AmountFacts[];
      readonly moreGets: number;
      readonly allows: readonly Right[];
      readonly collections: readonly Control[];
    };

export async function changeOf(trial: Trial, around: Surroundings): Promise<Change> {
  switch (trial.kind) {
    case 'failing':
      return { kind: 'failing', reason: trial.reason === null ? null : lineOf(trial.reason) };
    case 'runs':
    case 'untold':
      return { kind: 'unknown', why: trial.kind };
    case 'changes': {
      // What goes is looked up first: there is an end to what a node is asked, and junk shall not use it up.
      const gives = await amountsOf(
        trial.moves.filter(({ units }) => units < 0n),
        around,
      );
      const allows = await rightsIn(trial.grants, around);
      const collections = await Promise.all(
        trial.operators.map(async ({ collection, operator }) => ({
          collection: await around.party(collection),
          operator: await around.party(operator),
        })),
      );
      const gains = trial.moves.filter(({ units }) => units > 0n);
      const gets = await amountsOf(gains.slice(0, MOST_AMOUNTS), around);
      const moreGets = gains.length - gets.length;
      return { kind: 'known', how: trial.how, gives, gets, moreGets, allows, collections };
    }
    default:
      return trial satisfies never;
  }
}

async function amountsOf(moves: readonly Move[], around: Surroundings): Promise<AmountFacts[]> {
  const amounts = await Promise.all(
    moves.map(async ({ token, standard, tokenId, units }) =>
      amountOf(await around.asset(token, standard, tokenId ?? undefined), units < 0n ? -units : units),
    ),
  );
  return amounts.sort((one, other) => rank(one) - rank(other));
}

/** The chain's own unit and listed tokens, then things of collections, then what anybody could have made. */
function rank({ asset: { standard, told } }: AmountFacts): number {
  if (told === 'listed') return standard === 'own' ? 0 : 1;
  return standard === 'erc20' ? 3 : 2;
}

/** Those without a limit first, and of them those of listed tokens: who may use them is looked up in this order. */
async function rightsIn(grants: readonly Grant[], around: Surroundings): Promise<Right[]> {
  const rights = await Promise.all(
    grants.map(async ({ token, spender, units, tokenId }) => {
      const asset = await around.asset(token, tokenId === null ? 'erc20' : 'erc721', tokenId ?? undefined);
      return { amount: amountOf(asset, units, 'at-most'), spender };
    }),
  );
  const sorted = rights.sort((one, other) => weight(one) - weight(other) || rank(one.amount) - rank(other.amount));
  return Promise.all(sorted.map(async ({ amount, spender }) => ({ amount, spender: await around.party(spender) })));
}

const weight = ({ amount }: Pick<Right, 'amount'>): number => (amount.bound === 'unlimited' ? 0 : 1);

/** As it is shown, with what is left out counted. */
export function shownChange(change: Change): BalanceChanges {
  if (change.kind !== 'known') return change;
  const { how, gives, gets, moreGets, allows, collections } = change;
  return {
    kind: 'known',
    how,
    gives: gives.slice(0, MOST_AMOUNTS),
    gets: [...gets],
    more: beyond(gives) + moreGets,
    allows: allows.slice(0, MOST_AMOUNTS),
    collections: collections.slice(0, MOST_AMOUNTS),
    moreRights: beyond(allows) + beyond(collections),
  };
}

const beyond = ({ length }: readonly unknown[]): number => Math.max(0, length - MOST_AMOUNTS);

/** What speaks against it that the calls do not say: rights and losses besides, and what nobody can tell. */
export async function changeRisks(
  change: Change,
  deeds: readonly Deed[],
  occasion: Occasion,
  around: Surroundings,
): Promise<readonly Risk[]> {
  const unknown = deeds.every(isForeseen) ? [] : [riskOf('unknown-effects')];
  if (change.kind === 'failing') return [riskOf('failing', { name: change.reason }), ...unknown];
  if (change.kind === 'unknown') return unknown;
  const given: Deed[] = [
    ...change.allows.map((one): Deed => ({ kind: 'allow', ...one, change: 'set' })),
    ...change.collections.map((one): Deed => ({ kind: 'allow-collection', ...one })),
  ];
  const told = rightsOf(deeds);
  const hidden = given.filter((deed) =>
    [...rightsOf([deed])].some(([right, units]) => units > (told.get(right) ?? 0n)),
  );
  const risks = await Promise.all(hidden.map((deed) => deedRisks(deed, occasion, around)));
  const losses = unsaid(change.gives, deeds).slice(0, MOST_LOSSES);
  return [...losses.map((amount) => riskOf('loses-more', { amount })), ...risks.flat()];
}

/** Whether the code that would run is known, so that it does this and nothing else. */
function isForeseen(deed: Deed): boolean {
  switch (deed.kind) {
    case 'send':
    case 'allow':
      return deed.amount.asset.told === 'listed';
    case 'allow-ended':
      return deed.asset.told === 'listed';
    case 'wrap':
    case 'unwrap':
    case 'swap':
      return true;
    default:
      return false;
  }
}

/** More than any limit: a token tells again what is left of a right when a router uses it. */
const ANY_LIMIT = 1n << 256n;

/** Which rights calls speak of, and up to what. */
function rightsOf(deeds: readonly Deed[]): ReadonlyMap<string, bigint> {
  const rights = new Map<string, bigint>();
  for (const deed of deeds) {
    if (deed.kind === 'allow')
      rights.set(`${assetKey(deed.amount)} ${deed.spender.address.toLowerCase()}`, BigInt(deed.amount.units));
    if (deed.kind === 'allow-collection')
      rights.set(`${deed.collection.address} ${deed.operator.address}`.toLowerCase(), 1n);
    if (deed.kind === 'swap' && deed.give !== null)
      rights.set(`${assetKey(deed.give)} ${deed.router.address.toLowerCase()}`, ANY_LIMIT);
  }
  return rights;
}

const assetKey = ({ asset: { address, tokenId } }: AmountFacts): string => `${address}/${tokenId}`.toLowerCase();

const MOST_LOSSES = 3;
/** Tokens that count in shares round by a unit or two. */
const ROUNDING = 2n;
const WITH_PARTS = 6;

/** What goes and is not said to go. Calls that are not understood say only what is sent along. */
function unsaid(gives: readonly AmountFacts[], deeds: readonly Deed[]): readonly AmountFacts[] {
  const said = new Map<string, bigint>();
  for (const amount of deeds.flatMap(givesOf))
    said.set(assetKey(amount), (said.get(assetKey(amount)) ?? 0n) + BigInt(amount.units));
  const isOpen = deeds.some(({ kind }) => kind === 'call' || kind === 'described' || kind === 'deploy');
  return gives.filter((amount) => {
    const { standard, decimals } = amount.asset;
    if (isOpen && standard !== 'own') return false;
    const rounding = standard === 'erc20' && (decimals ?? 0) >= WITH_PARTS ? ROUNDING : 0n;
    return BigInt(amount.units) > (said.get(assetKey(amount)) ?? 0n) + rounding;
  });
}

function givesOf(deed: Deed): readonly AmountFacts[] {
  switch (deed.kind) {
    case 'send':
      return deed.from === null ? [deed.amount] : [];
    case 'wrap':
    case 'unwrap':
      return [deed.amount];
    case 'swap':
      return deed.give === null ? [] : [deed.give];
    case 'call':
    case 'described':
      return deed.amount === null ? [] : [deed.amount];
    default:
      return [];
  }
}
