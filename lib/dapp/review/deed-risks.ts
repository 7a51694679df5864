/** What speaks against a deed: rights without end, signatures that work like cheques, addresses made to be mistaken. */
import type { AmountFacts, Deed, PartyFacts, Risk } from '@/lib/bus/review';
import { imitated } from '@/lib/chains/imitation';
import { lookAlikeOf, sameAddress } from '@/lib/chains/look-alike';
import { riskOf } from './facts';
import type { Address, Occasion, Surroundings } from './types';

export async function deedRisks(deed: Deed, occasion: Occasion, around: Surroundings): Promise<readonly Risk[]> {
  const { account } = occasion;
  switch (deed.kind) {
    case 'send':
      return [...recipientRisks(deed, occasion, around), ...tokenRisks([deed.amount], around)];
    case 'allow': {
      const { amount, spender, change } = deed;
      if (change === 'subtract') return [];
      const limit = await limitRisks(amount, spender, account, around);
      return [...limit, ...spenderRisks(spender, occasion, around), ...tokenRisks([amount], around)];
    }
    case 'allow-collection':
      return [
        riskOf('allow-collection', { party: deed.operator, name: deed.collection.name ?? deed.collection.address }),
        ...spenderRisks(deed.operator, occasion, around),
      ];
    case 'permit':
      return permitRisks(deed, occasion, around);
    case 'order': {
      if (deed.many === 'unreadable') return [riskOf('order-unreadable')];
      const isForNothing = deed.gives.length > 0 && deed.gets.every(isNothing);
      const risk = riskOf(isForNothing ? 'order-for-nothing' : 'order', {
        amount: deed.gives[0] ?? null,
        timeMs: deed.untilMs,
      });
      return [risk, ...tokenRisks(deed.gets, around)];
    }
    case 'swap': {
      const other = sameAddress(deed.to.address, account) ? [] : [riskOf('for-another', { party: deed.to })];
      return [...other, ...tokenRisks([...(deed.give ? [deed.give] : []), ...(deed.get ? [deed.get] : [])], around)];
    }
    case 'call':
      return [
        ...(deed.selector === null && deed.amount === null ? [] : [riskOf('not-understood', { party: deed.to })]),
        ...partyRisks(deed.to, occasion, around),
      ];
    case 'described':
      return [riskOf('described-only', { party: deed.to }), ...partyRisks(deed.to, occasion, around)];
    case 'deploy':
      return [riskOf('not-understood')];
    case 'allow-ended':
    case 'allow-collection-ended':
    case 'wrap':
    case 'unwrap':
      return [];
    default:
      return deed satisfies never;
  }
}

/** What the account holds of something that is counted. */
const heldOf = ({ asset }: AmountFacts, account: Address, around: Surroundings): Promise<bigint | null> =>
  asset.tokenId === null ? around.held(account, asset.address as Address | null) : Promise.resolve(null);

/** A limit that nobody can ever reach is none: more than there is at all. */
async function isEndless({ asset, units, bound }: AmountFacts, around: Surroundings): Promise<boolean> {
  if (bound === 'unlimited') return true;
  if (asset.standard !== 'erc20' || asset.address === null) return false;
  const supply = await around.supply(asset.address as Address);
  return supply !== null && BigInt(units) > 0n && BigInt(units) >= supply;
}

/** So many times what is held is more than what is to be spent now. */
const FAR_MORE = 10n;

async function limitRisks(
  amount: AmountFacts,
  party: PartyFacts,
  account: Address,
  around: Surroundings,
): Promise<readonly Risk[]> {
  if (amount.asset.standard !== 'erc20') return [];
  const held = await heldOf(amount, account, around);
  if (await isEndless(amount, around)) return [riskOf('allow-unlimited', { amount, party, held })];
  const isBeyond = held !== null && BigInt(amount.units) > FAR_MORE * held;
  return isBeyond ? [riskOf('allow-beyond', { amount, party, held })] : [];
}

/** Judged by the worst of what is given, wherever it stands. */
async function permitRisks(
  { amounts, spender, untilMs }: Extract<Deed, { kind: 'permit' }>,
  occasion: Occasion,
  around: Surroundings,
): Promise<readonly Risk[]> {
  const { account, nowMs } = occasion;
  const [first = null] = amounts;
  const endless = await Promise.all(amounts.map((amount) => isEndless(amount, around)));
  const worst = amounts[endless.indexOf(true)] ?? null;
  const amount = worst ?? first;
  const held = amount === null ? null : await heldOf(amount, account, around);
  return [
    riskOf(worst === null ? 'permit' : 'permit-unlimited', { amount, party: spender, held, timeMs: untilMs }),
    ...(untilMs !== null && untilMs <= nowMs ? [riskOf('expired', { timeMs: untilMs })] : []),
    ...spenderRisks(spender, occasion, around),
    ...tokenRisks(amounts, around),
  ];
}

/** Less than a millionth of one, or the smallest unit: what thieves write as the price. */
function isNothing({ asset, units }: AmountFacts): boolean {
  if (asset.standard === 'erc721' || asset.standard === 'erc1155') return units === '0';
  return BigInt(units) <= 10n ** BigInt(Math.max(0, (asset.decimals ?? 0) - 6));
}

function recipientRisks(
  { to, from, amount }: Extract<Deed, { kind: 'send' }>,
  occasion: Occasion,
  around: Surroundings,
): readonly Risk[] {
  const isItself = amount.asset.address !== null && sameAddress(amount.asset.address, to.address);
  if (from === null && sameAddress(to.address, occasion.account)) return [riskOf('to-self', { party: to })];
  const general = partyRisks(to, occasion, around);
  if (to.known === 'token' || isItself) return [riskOf('to-token-contract', { party: to, name: to.name }), ...general];
  if (to.known === 'no' && general.length === 0) return [riskOf('new-recipient', { party: to })];
  return general;
}

/** A contract can only do what is written in it; a person with a right can do anything with it, any day. */
function spenderRisks(spender: PartyFacts, occasion: Occasion, around: Surroundings): readonly Risk[] {
  const isPerson = spender.known !== 'own' && (spender.code === 'none' || spender.code === 'delegated');
  return [
    ...(isPerson ? [riskOf('spender-is-person', { party: spender })] : []),
    ...partyRisks(spender, occasion, around),
  ];
}

function partyRisks(party: PartyFacts, { account }: Occasion, around: Surroundings): readonly Risk[] {
  const alike =
    party.known === 'no' ? lookAlikeOf(party.address, [...around.familiar, { address: account, name: null }]) : null;
  return alike === null ? [] : [riskOf('look-alike', { party, name: alike.name ?? alike.address })];
}

/** One that calls itself as a listed one does is worse than one that nobody knows. */
function tokenRisks(amounts: readonly AmountFacts[], { trusted }: Surroundings): readonly Risk[] {
  const unlisted = amounts.filter(({ asset }) => asset.standard === 'erc20' && asset.told !== 'listed');
  const [first] = unlisted;
  if (first === undefined) return [];
  for (const amount of unlisted) {
    const { symbol } = amount.asset;
    const name = symbol === null ? null : imitated({ symbol, name: '' }, trusted);
    if (name !== null) return [riskOf('imitation', { amount, name })];
  }
  return [riskOf('unlisted-token', { amount: first })];
}

/** The own account lets a contract act for it (EIP-7702): whatever is signed, that contract may move things, too. */
export function accountRisks(own: PartyFacts): readonly Risk[] {
  return own.code === 'delegated' ? [riskOf('delegated-account', { party: own, name: own.delegate })] : [];
}

/** Once each, in the order of the list, the most serious first. */
export function sortedRisks(risks: readonly Risk[], order: readonly string[]): Risk[] {
  const seen = new Map(risks.map((risk) => [JSON.stringify(risk), risk]));
  const place = ({ kind }: Risk) => order.indexOf(kind);
  return [...seen.values()].sort((one, other) => place(one) - place(other)).slice(0, 40);
}
