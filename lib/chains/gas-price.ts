/** What a unit of gas may cost: three levels from what was paid lately, own numbers, and the price of a replacement. */
import { WalletError } from '@/lib/errors';
import { parseAmount } from './amount';

/** With EIP-1559 the highest price and the part of it that is the tip; without it one price. Wei per unit of gas. */
export type GasPrice =
  | { readonly kind: 'eip1559'; readonly maxFeePerGasWei: bigint; readonly maxPriorityFeePerGasWei: bigint }
  | { readonly kind: 'legacy'; readonly gasPriceWei: bigint };

export const FEE_SPEEDS = ['slow', 'normal', 'fast'] as const;
export type FeeSpeed = (typeof FEE_SPEEDS)[number];
export type FeeLevels = Readonly<Record<FeeSpeed, GasPrice>>;

/** The highest that a unit of gas can cost at this price. */
export const highestPerGasWei = (price: GasPrice): bigint =>
  price.kind === 'legacy' ? price.gasPriceWei : price.maxFeePerGasWei;

/** What was paid in the last blocks, as a node tells it (`eth_feeHistory`). */
export interface FeeHistory {
  /** Of the next block. */
  readonly baseFeePerGasWei: bigint;
  /** Tips at the 10th, 50th and 90th percentile of each block that was not empty; none if all were. */
  readonly tipsWei: ReadonlyArray<Readonly<Record<FeeSpeed, bigint>>>;
  /** What the node itself suggests, for when all blocks were empty. */
  readonly suggestedTipWei: bigint;
}

/**
 * How often the next base fee the highest price holds, in quarters. The base fee grows by at most 12.5 % a block
 * (EIP-1559): five quarters last one full block, eight six, twelve nine.
 */
const BASE_FEE_QUARTERS: Readonly<Record<FeeSpeed, bigint>> = { slow: 5n, normal: 8n, fast: 12n };

export function levelsFromHistory(history: FeeHistory): FeeLevels {
  const tips = tipsOf(history);
  const level = (speed: FeeSpeed): GasPrice => ({
    kind: 'eip1559',
    maxFeePerGasWei: ceilDiv(history.baseFeePerGasWei * BASE_FEE_QUARTERS[speed], 4n) + tips[speed],
    maxPriorityFeePerGasWei: tips[speed],
  });
  return { slow: level('slow'), normal: level('normal'), fast: level('fast') };
}

/** The median of each percentile, so that one strange block decides nothing; never falling from slow to fast. */
function tipsOf({ tipsWei, suggestedTipWei }: FeeHistory): Readonly<Record<FeeSpeed, bigint>> {
  const of = (speed: FeeSpeed) => median(tipsWei.map((tips) => tips[speed])) ?? suggestedTipWei;
  const slow = of('slow');
  const normal = largest(slow, of('normal'));
  return { slow, normal, fast: largest(normal, of('fast')) };
}

/** Levels of a chain that has one price only: as it is, a tenth more, a third more. */
export function levelsFromPrice(gasPriceWei: bigint): FeeLevels {
  const level = (percent: bigint): GasPrice => ({ kind: 'legacy', gasPriceWei: ceilDiv(gasPriceWei * percent, 100n) });
  return { slow: level(100n), normal: level(110n), fast: level(133n) };
}

/** Nodes take a transaction in the place of another only for at least a tenth more, some for an eighth. */
const REPLACEMENT_EIGHTHS = 9n;
const dearer = (perGasWei: bigint) => ceilDiv(perGasWei * REPLACEMENT_EIGHTHS, 8n) + 1n;

/** The price that takes the place of a transaction with the price `before`: an eighth more, or what is fast now. */
export function replacementPrice(before: GasPrice, { fast }: FeeLevels): GasPrice {
  if (before.kind === 'legacy')
    return { kind: 'legacy', gasPriceWei: largest(dearer(before.gasPriceWei), highestPerGasWei(fast)) };
  const now = fast.kind === 'eip1559' ? fast : { maxFeePerGasWei: fast.gasPriceWei, maxPriorityFeePerGasWei: 0n };
  return {
    kind: 'eip1559',
    maxFeePerGasWei: largest(dearer(before.maxFeePerGasWei), now.maxFeePerGasWei),
    maxPriorityFeePerGasWei: largest(dearer(before.maxPriorityFeePerGasWei), now.maxPriorityFeePerGasWei),
  };
}

/** Own numbers as typed: prices in gwei, gas as a whole number. `tip` is left out where a chain has one price only. */
export interface TypedFee {
  readonly price: string;
  readonly tip: string;
  readonly gas: string;
}

/** A level, or own numbers. */
export type FeeChoice = FeeSpeed | TypedFee;

/** Why a typed fee is refused. */
export type FeeProblem =
  | 'price'
  | 'tip'
  | 'tip-above-price'
  | 'gas'
  | 'gas-too-low'
  | 'gas-too-high'
  | 'replacement-low';

const GWEI_DECIMALS = 9;
/** More than a block of any known chain holds. */
const MOST_GAS = 100_000_000n;

/**
 * @param neededGas what the node estimates; less would only burn the fee
 * @throws WalletError `bad-fee` with a `FeeProblem` as reason
 */
export function readTypedFee(
  typed: TypedFee,
  kind: GasPrice['kind'],
  neededGas: bigint,
): { readonly gas: bigint; readonly price: GasPrice } {
  const gas = readGas(typed.gas, neededGas);
  const highest = gwei(typed.price, 'price');
  if (kind === 'legacy') return { gas, price: { kind, gasPriceWei: highest } };
  const tip = /^[0.\s]*$/.test(typed.tip) ? 0n : gwei(typed.tip, 'tip');
  if (tip > highest) throw refused('tip-above-price');
  return { gas, price: { kind, maxFeePerGasWei: highest, maxPriorityFeePerGasWei: tip } };
}

function readGas(text: string, neededGas: bigint): bigint {
  if (!/^[0-9]{1,12}$/.test(text.trim())) throw refused('gas');
  const gas = BigInt(text.trim());
  if (gas < neededGas) throw refused('gas-too-low');
  if (gas > MOST_GAS) throw refused('gas-too-high');
  return gas;
}

function gwei(text: string, reason: FeeProblem): bigint {
  try {
    return parseAmount(text, GWEI_DECIMALS);
  } catch {
    throw refused(reason);
  }
}

/** Whether a price would not be taken into the next block as things are: it may wait for hours. */
export const waitsAt = (price: GasPrice, baseFeePerGasWei: bigint): boolean =>
  highestPerGasWei(price) < baseFeePerGasWei;

const refused = (reason: FeeProblem) => new WalletError('bad-fee', { reason });
const largest = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const ceilDiv = (amount: bigint, by: bigint): bigint => (amount + by - 1n) / by;

function median(values: readonly bigint[]): bigint | undefined {
  const sorted = values.toSorted((one, other) => (one < other ? -1 : 1));
  return sorted[Math.floor(sorted.length / 2)];
}
