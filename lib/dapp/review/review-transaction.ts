/** Calls of an account: what they do, what they change when they are tried out, what they cost. */
import type { AllowanceChoice, AmountFacts, BalanceChanges, Deed, Review, ReviewFees, Risk } from '@/lib/bus/review';
import { RISK_LEVEL } from '@/lib/bus/review';
import { decodeCall, limitedData } from './decode-call';
import { accountRisks, deedRisks, sortedRisks } from './deed-risks';
import { digestOf } from './digest';
import { amountOf, lineOf, rawOf, riskOf } from './facts';
import { type Trial, tryOut } from './try-out';
import type { Call, NodeRequest, Occasion, Surroundings } from './types';

const MOST_DEEDS = 20;
const MOST_AMOUNTS = 24;

export interface TransactionFacts {
  /** Normalised; at least one. More are a batch of `wallet_sendCalls`, sent one after the other. */
  readonly calls: readonly Call[];
  readonly fees: ReviewFees;
  /** Chosen by the site, and not the next one of the account. */
  readonly nonceChosen: boolean;
  /** The gas of the site is far from what the node estimates. */
  readonly gasUnusual: boolean;
  /** What the first call asked for before its limit was made smaller; null while it is as the site sent it. */
  readonly asked: Call | null;
  /** A description of the contract's maker (ERC-7730), where there is one. */
  readonly describe: (call: Call) => Promise<Extract<Deed, { kind: 'described' }> | null>;
}

export async function reviewTransaction(
  occasion: Occasion,
  around: Surroundings,
  node: NodeRequest,
  facts: TransactionFacts,
  askerRisks: readonly Risk[],
): Promise<Review> {
  const { account, chain } = occasion;
  const { calls } = facts;
  const [trial, own, ...decoded] = await Promise.all([
    tryOut(node, calls),
    around.party(account),
    ...calls.map((call) => understood(call, chain.chainId, around, facts.describe)),
  ]);
  const all = decoded.flat();
  const deeds = all.slice(0, MOST_DEEDS);
  const changes = await changesOf(trial, around);
  const perDeed = await Promise.all(deeds.map((deed) => deedRisks(deed, occasion, around)));
  const risks = [
    ...askerRisks,
    ...accountRisks(own),
    ...perDeed.flat(),
    ...(await changeRisks(changes, deeds, occasion, around)),
    ...(facts.nonceChosen ? [riskOf('nonce-chosen')] : []),
    ...(facts.gasUnusual ? [riskOf('gas-unusual')] : []),
  ];
  const { fees } = facts;
  return {
    kind: 'transaction',
    asker: occasion.asker,
    account,
    chain,
    deeds,
    moreDeeds: all.length - deeds.length,
    changes,
    fees,
    allowance: await allowanceOf(facts, deeds, occasion, around),
    risks: sortedRisks(risks, Object.keys(RISK_LEVEL)),
    raw: rawOfCalls(calls),
    digest: digestOf({
      method: 'eth_sendTransaction',
      chainId: chain.chainId,
      calls: calls.map(({ from, to, valueWei, data, accessList }) => ({ from, to, valueWei, data, accessList })),
      nonce: fees.nonce,
      gas: fees.offer.gas,
      price: fees.offer.priceWei,
      tip: fees.offer.tipWei,
    }),
  };
}

/** What the standards tell; else what the maker of the contract has described; else the bytes. */
async function understood(
  call: Call,
  chainId: number,
  around: Surroundings,
  describe: TransactionFacts['describe'],
): Promise<readonly Deed[]> {
  const deeds = await decodeCall(call, chainId, around);
  if (deeds.length !== 1 || deeds[0]?.kind !== 'call') return deeds;
  const described = await describe(call).catch(() => null);
  return described === null ? deeds : [described];
}

/** The first call in whole, and of each other one where it goes and what it says. */
function rawOfCalls(calls: readonly Call[]) {
  const raw = calls
    .slice(0, 4)
    .flatMap(({ to, valueWei, data, accessList }) => [
      ...(to === null ? [] : [rawOf('to', to)]),
      rawOf('value', valueWei.toString()),
      rawOf('data', data),
      ...(accessList ? [rawOf('access-list', JSON.stringify(accessList, null, 2))] : []),
    ]);
  return raw.slice(0, 16);
}

async function changesOf(trial: Trial, around: Surroundings): Promise<BalanceChanges> {
  switch (trial.kind) {
    case 'failing':
      return { kind: 'failing', reason: trial.reason === null ? null : lineOf(trial.reason) };
    case 'runs':
    case 'untold':
      return { kind: 'unknown', why: trial.kind };
    case 'changes': {
      const amounts = await Promise.all(
        trial.moves.slice(0, MOST_AMOUNTS).map(async ({ token, standard, tokenId, units }) => {
          const asset = await around.asset(token, standard, tokenId ?? undefined);
          return { gets: units > 0n, amount: amountOf(asset, units < 0n ? -units : units) };
        }),
      );
      const grants = trial.grants.slice(0, MOST_AMOUNTS).map(async ({ token, spender, units, tokenId }) => ({
        amount: amountOf(
          await around.asset(token, tokenId === null ? 'erc20' : 'erc721', tokenId ?? undefined),
          units,
          'at-most',
        ),
        spender: await around.party(spender),
      }));
      const operators = trial.operators.slice(0, MOST_AMOUNTS).map(async ({ collection, operator }) => ({
        collection: await around.party(collection),
        operator: await around.party(operator),
      }));
      return {
        kind: 'known',
        how: trial.how,
        gives: amounts.flatMap(({ gets, amount }) => (gets ? [] : [amount])),
        gets: amounts.flatMap(({ gets, amount }) => (gets ? [amount] : [])),
        more: Math.max(0, trial.moves.length - MOST_AMOUNTS),
        allows: await Promise.all(grants),
        collections: await Promise.all(operators),
      };
    }
    default:
      return trial satisfies never;
  }
}

/** Which rights a deed speaks of. Tokens tell again what is left of a right when a router uses it. */
function rightsOf(deed: Deed): readonly string[] {
  if (deed.kind === 'allow') return [`${deed.amount.asset.address} ${deed.spender.address}`.toLowerCase()];
  if (deed.kind === 'allow-collection') return [`${deed.collection.address} ${deed.operator.address}`.toLowerCase()];
  if (deed.kind === 'swap') return [`${deed.give?.asset.address} ${deed.router.address}`.toLowerCase()];
  return [];
}

/** Rights that the trial has seen and the call does not say: a site that hides an allowance in something else. */
async function changeRisks(
  changes: BalanceChanges,
  deeds: readonly Deed[],
  occasion: Occasion,
  around: Surroundings,
): Promise<readonly Risk[]> {
  if (changes.kind === 'failing') return [riskOf('failing', { name: changes.reason })];
  const isPlain = deeds.every(({ kind }) => kind !== 'call' && kind !== 'described' && kind !== 'deploy');
  if (changes.kind === 'unknown') return isPlain ? [] : [riskOf('unknown-effects')];
  const told = new Set(deeds.flatMap(rightsOf));
  const given: Deed[] = [
    ...changes.allows.map(({ amount, spender }): Deed => ({ kind: 'allow', amount, spender, change: 'set' })),
    ...changes.collections.map((one): Deed => ({ kind: 'allow-collection', ...one })),
  ];
  const hidden = given.filter((deed) => !rightsOf(deed).some((right) => told.has(right)));
  const risks = await Promise.all(hidden.map((deed) => deedRisks(deed, occasion, around)));
  return risks.flat();
}

/** Only where the transaction is one `approve` of a token: then its limit may be made smaller. */
async function allowanceOf(
  { calls, asked }: TransactionFacts,
  deeds: readonly Deed[],
  { account, chain }: Occasion,
  around: Surroundings,
): Promise<AllowanceChoice | null> {
  const [call] = calls;
  const [deed] = deeds;
  if (call === undefined || calls.length > 1 || deeds.length > 1) return null;
  if (deed?.kind !== 'allow' || deed.change === 'subtract' || limitedData(call.data, 0n) === null) return null;
  const before = asked === null ? [deed] : await decodeCall(asked, chain.chainId, around);
  const [first] = before;
  if (first?.kind !== 'allow' || first.amount.asset.standard !== 'erc20') return null;
  const { asset }: AmountFacts = first.amount;
  const held = await around.held(account, call.to);
  return { asset, spender: first.spender, asked: first.amount, now: deed.amount, heldUnits: held?.toString() ?? null };
}
