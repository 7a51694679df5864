/** What speaks against a deed: rights without end, signatures that work like cheques, addresses made to be mistaken. */
import type { AmountFacts, Deed, PartyFacts, Risk } from '@/lib/bus/review';
import { imitated } from '@/lib/chains/imitation';
import { lookAlikeOf, sameAddress } from '@/lib/chains/look-alike';
import { riskOf } from './facts';
import type { Address, Occasion, Surroundings } from './types';

export async function deedRisks(deed: Deed, occasion: Occasion, around: Surroundings): Promise<readonly Risk[]> {
  const { account, nowMs } = occasion;
  const held = (amount: AmountFacts) =>
    amount.asset.tokenId === null
      ? around.held(account, amount.asset.address as Address | null)
      : Promise.resolve(null);
  switch (deed.kind) {
    case 'send':
      return [...recipientRisks(deed.to, deed.from, occasion, around), ...tokenRisks([deed.amount], around)];
    case 'allow': {
      const { amount, spender, change } = deed;
      if (change === 'subtract') return [];
      const unlimited = amount.bound === 'unlimited';
      const risk = unlimited ? [riskOf('allow-unlimited', { amount, party: spender, held: await held(amount) })] : [];
      return [...risk, ...spenderRisks(spender, occasion, around), ...tokenRisks([amount], around)];
    }
    case 'allow-collection':
      return [
        riskOf('allow-collection', { party: deed.operator, name: deed.collection.name ?? deed.collection.address }),
        ...spenderRisks(deed.operator, occasion, around),
      ];
    case 'permit': {
      const { amounts, spender, untilMs } = deed;
      const [first = null] = amounts;
      const worst = amounts.find(({ bound }) => bound === 'unlimited') ?? first;
      const kind = worst?.bound === 'unlimited' ? 'permit-unlimited' : 'permit';
      const risks = [
        riskOf(kind, {
          amount: worst,
          party: spender,
          held: worst === null ? null : await held(worst),
          timeMs: untilMs,
        }),
      ];
      const expired = untilMs !== null && untilMs <= nowMs ? [riskOf('expired', { timeMs: untilMs })] : [];
      return [...risks, ...expired, ...spenderRisks(spender, occasion, around), ...tokenRisks(amounts, around)];
    }
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

/** Nothing, or the smallest unit of something that is counted: what thieves write as the price. */
const isNothing = ({ asset, units }: AmountFacts): boolean =>
  units === '0' || (units === '1' && (asset.standard === 'own' || asset.standard === 'erc20'));

function recipientRisks(
  to: PartyFacts,
  from: PartyFacts | null,
  occasion: Occasion,
  around: Surroundings,
): readonly Risk[] {
  if (from === null && sameAddress(to.address, occasion.account)) return [riskOf('to-self', { party: to })];
  const general = partyRisks(to, occasion, around);
  if (to.known === 'token') return [riskOf('to-token-contract', { party: to, name: to.name }), ...general];
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
