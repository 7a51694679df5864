/** What an amount is worth, in hundredths of a currency, without a float in between. */

/** Digits kept of a price after its point; a price finer than that is cut. */
const PRICE_DIGITS = 12;

/** A price as decimal text (`3012.25`), scaled by ten to the twelfth. */
function scaledPrice(perUnit: string): bigint {
  const [whole = '0', fraction = ''] = perUnit.split('.');
  return BigInt(whole + fraction.slice(0, PRICE_DIGITS).padEnd(PRICE_DIGITS, '0'));
}

/**
 * @param amount in the smallest unit
 * @param decimals of the unit
 * @param perUnit price of one whole unit, decimal text
 * @returns hundredths of the currency, rounded to the nearest
 */
export function valueCents(amount: bigint, decimals: number, perUnit: string): bigint {
  const scaled = amount * scaledPrice(perUnit) * 100n;
  const unit = 10n ** BigInt(decimals + PRICE_DIGITS);
  return scaled >= 0n ? (scaled + unit / 2n) / unit : -((-scaled + unit / 2n) / unit);
}
