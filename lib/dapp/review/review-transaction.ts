/** Calls of an account: what they do, what they change when they are tried out, what they cost. */
import type { AllowanceChoice, AmountFacts, Deed, Review, ReviewFees, Risk } from '@/lib/bus/review';
import { RISK_LEVEL } from '@/lib/bus/review';
import { changeOf, changeRisks, shownChange } from './changes';
import { type Decoded, decodeCall, limitedData } from './decode-call';
import { isSwapFunction } from './decode-swap';
import { accountRisks, deedRisks, sortedRisks } from './deed-risks';
import { digestOf } from './digest';
import { rawOf, riskOf } from './facts';
import { tryOut } from './try-out';
import type { Call, NodeRequest, Occasion, Surroundings } from './types';

const MOST_DEEDS = 20;
/** Calls whose data is shown by itself: up to four texts each. */
const MOST_RAW = 3;

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
  const all = decoded.flatMap(({ deeds }) => deeds);
  const deeds = all.slice(0, MOST_DEEDS);
  const change = await changeOf(trial, around);
  // Of all of them, also of those that there is no room for.
  const perDeed = await Promise.all(all.map((deed) => deedRisks(deed, occasion, around)));
  const risks = [
    ...askerRisks,
    ...accountRisks(own),
    ...perDeed.flat(),
    ...(await suspicions(decoded, occasion, around)),
    ...(await changeRisks(change, all, occasion, around)),
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
    changes: shownChange(change),
    fees,
    allowance: await allowanceOf(facts, all, occasion, around),
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
): Promise<Decoded> {
  const decoded = await decodeCall(call, chainId, around);
  const { deeds, suspected } = decoded;
  if (deeds.length !== 1 || deeds[0]?.kind !== 'call' || suspected.length > 0) return decoded;
  if (isSwapFunction(call, chainId)) return decoded;
  const described = await describe(call).catch(() => null);
  return described === null ? decoded : { deeds: [described], suspected: [] };
}

/** What can be lost by parts of calls that are not understood as a whole. */
async function suspicions(decoded: readonly Decoded[], occasion: Occasion, around: Surroundings) {
  const suspected = decoded.flatMap((one) => one.suspected);
  const risks = await Promise.all(suspected.map((deed) => deedRisks(deed, occasion, around)));
  return risks.flat().filter(({ kind }) => RISK_LEVEL[kind] === 'danger');
}

/** Where each of the first calls goes and what it says, then all others as one text. */
function rawOfCalls(calls: readonly Call[]) {
  const first = calls
    .slice(0, MOST_RAW)
    .flatMap(({ to, valueWei, data, accessList }) => [
      ...(to === null ? [] : [rawOf('to', to)]),
      rawOf('value', valueWei.toString()),
      rawOf('data', data),
      ...(accessList ? [rawOf('access-list', JSON.stringify(accessList, null, 2))] : []),
    ]);
  const others = calls.slice(MOST_RAW).map(({ valueWei, ...call }) => ({ ...call, value: valueWei.toString() }));
  return [...first, ...(others.length > 0 ? [rawOf('calls', JSON.stringify(others, null, 2))] : [])];
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
  const before = asked === null ? [deed] : (await decodeCall(asked, chain.chainId, around)).deeds;
  const [first] = before;
  if (first?.kind !== 'allow' || first.amount.asset.standard !== 'erc20') return null;
  const { asset }: AmountFacts = first.amount;
  const held = await around.held(account, call.to);
  return { asset, spender: first.spender, asked: first.amount, now: deed.amount, heldUnits: held?.toString() ?? null };
}
