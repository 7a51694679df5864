import { valueCents } from '@/lib/chains/value';
import { t, valueText } from '@/lib/i18n';

export interface ValuePrices {
  /** ISO 4217. */
  readonly currency: string;
  readonly asOfMs: number | null;
  readonly stale: boolean;
  /** Price of one whole unit, decimal text, by asset key. */
  readonly perUnit: Readonly<Record<string, string>>;
}

export interface ValueProps {
  /** In the smallest unit; null while nobody has answered yet. */
  readonly amount: bigint | null;
  readonly decimals: number;
  /** `assetKey` of what this is an amount of. */
  readonly asset: string;
  /** Null while values are not wanted. */
  readonly prices: ValuePrices | null;
  /** `untold` in lists below a value that tells it. */
  readonly age?: 'told' | 'untold';
}

/** What an amount is worth, and how old the price is if it is old; nothing where no price is known. */
export function Value({ amount, decimals, asset, prices, age = 'told' }: ValueProps) {
  const perUnit = prices?.perUnit[asset];
  if (amount === null || prices === null || perUnit === undefined) return null;
  const value = valueText(valueCents(amount, decimals, perUnit), prices.currency);
  return (
    <span className="text-ink-2 text-small tabular-nums">
      <bdi>{value}</bdi>
      {age === 'told' && prices.stale && prices.asOfMs !== null && (
        <span className="text-ink-3"> · {t('value.stale', { asOfMs: prices.asOfMs })}</span>
      )}
    </span>
  );
}
