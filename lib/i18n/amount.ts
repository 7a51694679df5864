/** Amounts as people read them: whole, fraction, sign; exact, never through a float. */

export interface AmountText {
  /** U+2212 before what leaves, `+` only where asked. */
  readonly sign: '' | '+' | '−';
  /** Digits before the point, grouped. */
  readonly whole: string;
  /** Digits after the point without trailing zeros; empty if there are none. */
  readonly fraction: string;
  /** The decimal sign of the language. */
  readonly point: string;
  /** True if digits were cut: then the amount is at least what it says. */
  readonly cut: boolean;
}

export interface AmountOptions {
  /** Decimal places of the unit: 18 for ether in wei. */
  readonly decimals: number;
  /** Most digits after the point; a smaller amount keeps its first two digits that are not zero. */
  readonly fractionDigits: number;
  readonly signed?: 'always' | 'negative';
  /** BCP 47 tag for grouping and the decimal sign. */
  readonly tag: string;
}

/** First digits of a fraction: at most `most`, but at least two that are not zero, so that dust is not shown as nothing. */
function leadingDigits(fraction: string, whole: bigint, most: number): string {
  const firstSignificant = fraction.search(/[1-9]/);
  if (firstSignificant === -1) return '';
  const needed = whole === 0n ? firstSignificant + 2 : most;
  return fraction.slice(0, Math.max(most, needed));
}

/** An amount in the smallest unit as text. Cut, never rounded up: it is never said that there is more than there is. */
export function amountText(value: bigint, options: AmountOptions): AmountText {
  const { decimals, fractionDigits, signed = 'negative', tag } = options;
  const magnitude = value < 0n ? -value : value;
  const unit = 10n ** BigInt(decimals);
  const whole = magnitude / unit;
  const all = decimals === 0 ? '' : (magnitude % unit).toString().padStart(decimals, '0');
  const kept = leadingDigits(all, whole, fractionDigits);
  const numbers = new Intl.NumberFormat(tag);
  const point = numbers.formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  const plus = signed === 'always' && value > 0n ? '+' : '';
  return {
    sign: value < 0n ? '−' : plus,
    whole: numbers.format(whole),
    fraction: kept.replace(/0+$/, ''),
    point,
    cut: BigInt(all.slice(kept.length) || '0') !== 0n,
  };
}

/** The amount in one string: `−0.25`. */
export function amountString(value: bigint, options: AmountOptions): string {
  const { sign, whole, fraction, point } = amountText(value, options);
  return fraction === '' ? sign + whole : `${sign}${whole}${point}${fraction}`;
}
