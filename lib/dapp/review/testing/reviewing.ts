/** Transactions reviewed as the window shows them, by a device that knows a few things and a node that is told what to say. */
import { pad, toEventSelector } from 'viem';
import { type ReviewFees, review as reviewSchema } from '@/lib/bus/review';
import { reviewTransaction, type TransactionFacts } from '../review-transaction';
import type { Address, Call, NodeRequest } from '../types';
import { ACCOUNT, invented, MIRA, OCCASION, THIEF } from './around';

export const FEES: ReviewFees = {
  feeWei: '21000',
  levelFeesWei: { slow: '1', normal: '2', fast: '3' },
  offer: { kind: 'eip1559', gas: '21000', priceWei: '1', tipWei: '1', waits: false },
  nonce: 41,
  chosen: 'normal',
  tooLittle: false,
};

export const call = (over: Partial<Call>): Call => ({ from: ACCOUNT, to: MIRA, valueWei: 0n, data: '0x', ...over });

export const log = (address: string, event: string, topics: readonly string[], data = '0x') => ({
  address,
  topics: [toEventSelector(event), ...topics.map((one) => pad(one as `0x${string}`))],
  data,
});

/** A node that knows only what comes of the first trial. */
export const node = (logs: readonly object[], status = '0x1'): NodeRequest => {
  let asked = 0;
  return async (method) => {
    asked += 1;
    if (method !== 'eth_simulateV1' || asked > 1) throw Object.assign(new Error('Method not found'), { code: -32601 });
    return [{ calls: [{ status, logs, returnData: '0x' }] }];
  };
};
export const silent: NodeRequest = () => Promise.reject(new TypeError('fetch failed'));

/** @param persons who is no contract */
export async function understood(
  calls: readonly Call[],
  request: NodeRequest,
  more: Partial<TransactionFacts> = {},
  persons: readonly Address[] = [THIEF],
) {
  const facts = {
    calls,
    fees: FEES,
    nonceChosen: false,
    gasUnusual: false,
    asked: null,
    describe: async () => null,
    ...more,
  };
  const made = await reviewTransaction(OCCASION, invented(persons), request, facts, []);
  reviewSchema.parse(JSON.parse(JSON.stringify(made)));
  if (made.kind !== 'transaction') throw new Error('no transaction');
  return { ...made, kinds: made.risks.map(({ kind }) => kind) };
}
