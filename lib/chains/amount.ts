/** Amounts as people type them. */
import { WalletError } from '@/lib/errors';

/** Why an amount is refused, in the order in which it is checked. */
export type AmountProblem = 'empty' | 'negative' | 'format' | 'too-many-decimals' | 'too-large' | 'zero';

const MAX_UINT256 = 2n ** 256n - 1n;
const DECIMAL = /^([0-9]*)(?:\.([0-9]*))?$/;

/**
 * The smallest unit of a decimal text such as `0.5`, `.5` or `12.`; spaces around it are ignored.
 * @param decimals how many places the unit has, 18 for ether
 * @throws WalletError `bad-amount` with an `AmountProblem` as reason
 */
export function parseAmount(text: string, decimals: number): bigint {
  const trimmed = text.trim();
  if (trimmed === '') throw refused('empty');
  if (/^[-−]/.test(trimmed)) throw refused('negative');
  const [, whole, fraction = ''] = DECIMAL.exec(trimmed) ?? [];
  if (whole === undefined || whole + fraction === '') throw refused('format');
  if (fraction.length > decimals) throw refused('too-many-decimals');
  const amount = BigInt(whole + fraction.padEnd(decimals, '0') || '0');
  if (amount > MAX_UINT256) throw refused('too-large');
  if (amount === 0n) throw refused('zero');
  return amount;
}

const refused = (reason: AmountProblem) => new WalletError('bad-amount', { reason });

/** The shortest decimal text of an amount: `parseAmount` gives it back. Not for people: `lib/i18n` has that. */
export function amountText(amount: bigint, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
