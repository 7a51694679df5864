/** What servers of every kind answer with: shapes that are checked, and what a refusal means. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';

/** The longest answer that is read, in characters: a transaction of 4 MB in hex, and what stands around it. */
export const LONGEST_ANSWER = 9_000_000;

export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const height = z.int().min(0).max(0x7fff_ffff);
export const outputIndex = z.int().min(0).max(0xffff_ffff);
export const hex = z.string().regex(/^([0-9a-f]{2})+$/);
/** Decimal text: on some chains amounts are larger than a JSON number can be. */
export const amountText = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);

/** @throws WalletError `party-misbehaved` for an answer of another shape */
export function read<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new WalletError('party-misbehaved', { reason: 'answer' });
  return result.data;
}

/** Why nodes do not take a transaction. Their texts are those of Bitcoin Core, whatever server passes them on. */
export type BroadcastProblem = 'already-known' | 'fee-too-low' | 'inputs-spent' | 'dust' | 'other';

const TEXTS: ReadonlyArray<readonly [RegExp, BroadcastProblem]> = [
  [/already[- ](in[- ](mempool|block ?chain|utxo set)|known)/i, 'already-known'],
  [/fee not met|insufficient (priority|fee)|min relay fee/i, 'fee-too-low'],
  [/missing-?inputs|missingorspent|mempool-conflict|inputs-spent/i, 'inputs-spent'],
  [/\bdust\b/i, 'dust'],
];

/** No text of a server goes any further than here. */
export const refusalOf = (text: string): WalletError =>
  new WalletError('transaction-refused', { reason: TEXTS.find(([known]) => known.test(text))?.[1] ?? 'other' });
