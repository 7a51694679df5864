/** What a request would do, understood and noted: what is shown here is what can be confirmed. */
import { getAddress } from 'viem';
import type { ReviewWish } from '@/lib/bus/dapp';
import type { Asker, Review, ReviewChain, ReviewFees, Risk } from '@/lib/bus/review';
import { messageDigest, namedValuesDigest, typedDataDigest } from '@/lib/chains/evm/digest';
import { highestPerGasWei, waitsAt } from '@/lib/chains/gas-price';
import type { ChainAdapter, PreparedCall, Token } from '@/lib/chains/types';
import { WalletError } from '@/lib/errors';
import type { AskedOf } from './asked';
import type { Decisions } from './decisions';
import { checkNamedValues } from './named-values';
import type { Requests, StoredRequest, Work } from './requests';
import { askerRisks } from './review/asker-risks';
import { checkTypedData } from './review/check-typed-data';
import { limitedData } from './review/decode-call';
import type { createDescriber } from './review/describe-call';
import { digestOf } from './review/digest';
import { riskOf } from './review/facts';
import { type NormalisedCall, normaliseCall } from './review/normalise-call';
import { reviewMessage } from './review/review-message';
import { reviewTransaction } from './review/review-transaction';
import { reviewTypedData, reviewTypedEntries } from './review/review-typed-data';
import type { Address, Occasion, Surroundings } from './review/types';

export interface ReviewDeps {
  readonly requests: Requests;
  readonly show: Decisions['show'];
  readonly chainOf: (chainId: number) => Promise<ChainAdapter>;
  readonly networkOf: (chainId: number) => Promise<ReviewChain>;
  readonly aroundOf: (chainId: number) => Promise<Surroundings>;
  /** What is at an address, as its contract says. @throws WalletError `bad-token` */
  readonly tokenOf: (chainId: number, address: Address) => Promise<Token & { readonly imitates: string | null }>;
  readonly nextNonce: (chainId: number, from: Address) => Promise<number>;
  /** Whether a host is on the build's list of sites that steal. */
  readonly readPhishing: () => Promise<(host: string) => boolean>;
  readonly describe: ReturnType<typeof createDescriber>;
  readonly now: () => number;
}

interface Shown {
  readonly review: Review;
  readonly work: Work;
}

const AS_ASKED: Work = { kind: 'as-asked' };

/** @throws WalletError `request-gone`; `bad-fee`; what stands in the way of asking the node */
export async function makeReview(deps: ReviewDeps, key: string, wish: ReviewWish): Promise<Review> {
  const request = await deps.requests.find(key);
  if (request === null || request.confirmed !== null || request.answer !== null) throw new WalletError('request-gone');
  const { review, work } = await shownOf(deps, request, wish);
  // The same deed of another request is another one.
  const digest = digestOf({ key, review: review.digest, work });
  await deps.show(key, digest, work);
  return { ...review, digest };
}

async function shownOf(deps: ReviewDeps, request: StoredRequest, wish: ReviewWish): Promise<Shown> {
  const { asked, from } = request;
  const asker: Asker = { origin: from.origin, topOrigin: from.topOrigin };
  const risks = askerRisks(asker, await deps.readPhishing());
  const occasion = async (of: { readonly account: Address; readonly chainId: number }): Promise<Occasion> => ({
    asker,
    account: of.account,
    chain: await deps.networkOf(of.chainId),
    nowMs: deps.now(),
  });
  switch (asked.kind) {
    case 'connect':
      return plain({ kind: 'connect', asker, chain: null, risks: [...risks], raw: [] });
    case 'message': {
      const review = reviewMessage(await occasion(asked), asked.message, risks);
      return { review, work: { kind: 'signature', digest: messageDigest(asked.message) } };
    }
    case 'typed-data':
      return typedData(deps, await occasion(asked), asked, risks);
    case 'transaction':
      return transaction(deps, await occasion(asked), asked, wish, risks);
    case 'switch-chain': {
      const [chain, before] = await Promise.all([deps.networkOf(asked.chainId), deps.networkOf(asked.from)]);
      return plain({ kind: 'switch-chain', asker, chain, from: before, risks: [...risks], raw: [] });
    }
    case 'add-chain': {
      const { chainId, name, symbol, rpcUrl, explorerUrl } = asked;
      const chain = { chainId, name, symbol, decimals: 18 };
      return plain({ kind: 'add-chain', asker, chain, rpcUrl, explorerUrl, risks: [...risks], raw: [] });
    }
    case 'watch-asset':
      return watchAsset(deps, asker, asked, risks);
    default:
      return asked satisfies never;
  }
}

type Undigested<Kind> = Kind extends Review ? Omit<Kind, 'digest'> : never;

/** What is done is what was asked: its name is that of all that is shown. */
const plain = (shown: Undigested<Review>): Shown => ({
  review: { ...shown, digest: digestOf(shown) } as Review,
  work: AS_ASKED,
});

async function typedData(
  { aroundOf }: ReviewDeps,
  occasion: Occasion,
  { version, data, chainId }: AskedOf<'typed-data'>,
  risks: readonly Risk[],
): Promise<Shown> {
  if (version === 'v1') {
    const values = checkNamedValues(data);
    const review = reviewTypedEntries(occasion, values, risks);
    return { review, work: { kind: 'signature', digest: namedValuesDigest(values) } };
  }
  const checked = checkTypedData(data, chainId);
  const review = await reviewTypedData(occasion, await aroundOf(chainId), checked, version, risks);
  return { review, work: { kind: 'signature', digest: typedDataDigest(checked) } };
}

async function transaction(
  deps: ReviewDeps,
  occasion: Occasion,
  { account, chainId, calls: sent }: AskedOf<'transaction'>,
  wish: ReviewWish,
  risks: readonly Risk[],
): Promise<Shown> {
  const chain = await deps.chainOf(chainId);
  const normalised = sent.map((call) => normaliseCall(call, account, chainId));
  const wanted = normalised.map((one) => limited(one, wish.allowance));
  const next = await deps.nextNonce(chainId, account);
  const prepared: PreparedCall[] = [];
  for (const [place, { call, wishes }] of wanted.entries()) {
    const one = await chain.prepareCall({ ...call, ...wishes, fee: wish.fee });
    const first = prepared[0]?.transaction.nonce ?? wishes.nonce ?? Math.max(next, one.transaction.nonce);
    prepared.push({ ...one, transaction: { ...one.transaction, nonce: first + place } });
  }
  const [first] = prepared;
  const [asked] = normalised;
  if (first === undefined || asked === undefined) throw new WalletError('bad-message', { reason: 'transaction' });
  const nonceChosen = asked.wishes.nonce !== undefined && asked.wishes.nonce !== Math.max(next, first.nextNonce);
  const around = await deps.aroundOf(chainId);
  const review = await reviewTransaction(
    occasion,
    around,
    chain.request,
    {
      calls: wanted.map(({ call }) => call),
      fees: feesOf(prepared, first, wanted),
      nonceChosen,
      gasUnusual: wanted.some(({ wishes }, place) => isUnusual(wishes.gas, prepared[place]?.estimate)),
      asked: wish.allowance === null ? null : asked.call,
      describe: (call) => deps.describe(call, chainId, around),
    },
    risks,
  );
  const work = {
    kind: 'transactions',
    transactions: prepared.map((one) => one.transaction),
    feeWei: prepared.map(({ feeWei }) => feeWei.toString()),
    nonceChosen: asked.wishes.nonce !== undefined,
  } as const;
  return { review, work };
}

/** Ten times what is needed, or less than that: it fails, or hides what it does from the estimate. */
const isUnusual = (gas: bigint | undefined, estimate: bigint | null | undefined): boolean =>
  gas !== undefined && estimate !== undefined && estimate !== null && (gas < estimate || gas > 10n * estimate);

/** With a smaller allowance than the site asks for, where there is one. */
function limited({ call, wishes }: NormalisedCall, allowance: string | null): NormalisedCall {
  const data = allowance === null ? null : limitedData(call.data, BigInt(allowance));
  return data === null ? { call, wishes } : { call: { ...call, data }, wishes };
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, one) => total + one, 0n);

/** Of all calls together; price and nonce are those of the first. */
function feesOf(all: readonly PreparedCall[], first: PreparedCall, wanted: readonly NormalisedCall[]): ReviewFees {
  const { transaction, chosen, balanceWei, baseFeePerGasWei } = first;
  const { price, nonce } = transaction;
  const at = (speed: 'slow' | 'normal' | 'fast') => sum(all.map(({ levelFeesWei }) => levelFeesWei[speed])).toString();
  const feeWei = sum(all.map((one) => one.feeWei));
  return {
    feeWei: feeWei.toString(),
    levelFeesWei: { slow: at('slow'), normal: at('normal'), fast: at('fast') },
    offer: {
      kind: price.kind,
      gas: sum(all.map((one) => one.transaction.gas)).toString(),
      priceWei: highestPerGasWei(price).toString(),
      tipWei: price.kind === 'eip1559' ? price.maxPriorityFeePerGasWei.toString() : '0',
      waits: waitsAt(price, baseFeePerGasWei),
    },
    nonce,
    chosen,
    tooLittle: feeWei + sum(wanted.map(({ call }) => call.valueWei)) > balanceWei,
  };
}

async function watchAsset(
  { networkOf, tokenOf }: ReviewDeps,
  asker: Asker,
  { chainId, address, symbol }: AskedOf<'watch-asset'>,
  risks: readonly Risk[],
): Promise<Shown> {
  const [chain, token] = await Promise.all([networkOf(chainId), tokenOf(chainId, getAddress(address))]);
  return plain({
    kind: 'watch-asset',
    asker,
    chain,
    asset: {
      standard: 'erc20',
      address: token.address,
      symbol: token.symbol,
      decimals: token.decimals,
      tokenId: null,
      told: 'read',
    },
    claimedSymbol: symbol !== null && symbol !== token.symbol ? symbol : null,
    risks: [...(token.imitates === null ? [] : [riskOf('imitation', { name: token.imitates })]), ...risks],
    raw: [],
  });
}
