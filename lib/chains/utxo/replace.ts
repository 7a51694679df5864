/** A dearer transaction in the place of one that waits (BIP-125): the same payments, less change. */
import { WalletError } from '@/lib/errors';
import type { OwnAddress } from './accounts';
import { COINS } from './coins';
import { type Draft, type DraftInput, draftOf, feeOfDraft, type PreparedDraft, vsizeOfDraft } from './draft';
import { feeOf } from './fees';
import { type Selection, selectCoins } from './selection';
import { holdOf, outpoint, type Utxo } from './utxos';

export interface ReplaceRequest {
  /** What waits. */
  readonly original: Draft;
  /** Further outputs, should its change not suffice. Only confirmed ones are taken (BIP-125, rule 2). */
  readonly utxos: readonly Utxo[];
  /** Where change goes if it had none. */
  readonly change: OwnAddress;
  /** In the smallest unit for 1,000 virtual bytes. */
  readonly feePerKvB: bigint;
}

/** From here on up a sequence says that the transaction is not to be replaced. */
const FINAL_FROM = 0xffff_fffe;

/**
 * Everybody who was paid is paid the same. The fee is at least the old one and what nodes want for passing it on again
 * (BIP-125, rules 3 and 4), also where the rate would be less.
 * @throws WalletError `bad-fee` with `not-replaceable`; what `selectCoins` does
 */
export function prepareReplacement({ original, utxos, change, feePerKvB }: ReplaceRequest): PreparedDraft {
  const coin = COINS[original.coin];
  if (!coin.replaceable || original.inputs.every(({ sequence }) => sequence >= FINAL_FROM))
    throw new WalletError('bad-fee', { reason: 'not-replaceable' });
  const payments = original.outputs.filter(({ own }) => own === null);
  const own = original.outputs.find((output) => output.own !== null)?.own ?? change;
  const rest = original.outputs.find((output) => output.own !== null)?.script ?? change.script;
  const inputs: Spent[] = [...original.inputs];
  const more = furtherOf(original, utxos, (utxo) => holdOf(coin, utxo) === null && utxo.confirmations > 0);
  const at = (rate: bigint) =>
    selectCoins<Spent>({ coin, candidates: inputs, use: 'all', payments, rest, feePerKvB: rate });
  for (;;) {
    try {
      const selection = dearEnough(original, feePerKvB, at);
      const change = selection.rest === null ? [] : [{ amount: selection.rest, script: rest, own }];
      const { fee, surplus, vsize } = selection;
      return { ...draftOf(coin, selection.inputs, [...payments, ...change]), fee, surplus, vsize };
    } catch (error) {
      const next = more.shift();
      if (!next || !(error instanceof WalletError) || error.code !== 'insufficient-funds') throw error;
      inputs.push(next);
    }
  }
}

type Spent = Omit<DraftInput, 'sequence'>;

/** With the rate, or else with the one that the rules ask for. */
function dearEnough(original: Draft, feePerKvB: bigint, at: (rate: bigint) => Selection<Spent>): Selection<Spent> {
  const { minFeePerKvB } = COINS[original.coin];
  const oldFee = feeOfDraft(original);
  const oldVsize = vsizeOfDraft(original);
  const asked = at(feePerKvB);
  const least = oldFee + feeOf(asked.vsize, minFeePerKvB);
  if (asked.fee >= least) return asked;
  // Never below what it paid for a byte, and rounded up, so that the second answer is surely enough.
  const vsize = BigInt(Math.min(asked.vsize, oldVsize));
  return at((oldFee * 1_000n + vsize - 1n) / vsize + minFeePerKvB);
}

/** The largest first, without what the original spends already. */
function furtherOf(original: Draft, utxos: readonly Utxo[], isUsable: (utxo: Utxo) => boolean): Utxo[] {
  const spent = new Set(original.inputs.map(outpoint));
  return utxos
    .filter((utxo) => isUsable(utxo) && !spent.has(outpoint(utxo)))
    .sort((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1));
}
