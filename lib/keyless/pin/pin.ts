/**
 * What a PIN is (keyless protocol, section 3): 6 to 12 digits, or letters too. One normal form, so that the same
 * fingers give the same bytes on every keyboard; weakness is judged after it.
 */
import { utf8 } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';

/** Characters of the normal form. */
export const PIN_LENGTH = { least: 6, mostDigits: 12, mostWithLetters: 64 } as const;

export type PinWeakness =
  | 'too-short'
  | 'too-long'
  | 'forbidden-character'
  | 'same-digit'
  | 'sequence'
  | 'repeated'
  | 'date'
  | 'common';

const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Cs}\p{Co}]/u;
const ONLY_DIGITS = /^[0-9]+$/;

/**
 * The normal form: NFKC, every decimal digit as ASCII, every space as U+0020 once, trimmed.
 * @throws RangeError for lone surrogates and unassigned, private, control and format code points
 */
export function normalizePin(typed: string): string {
  const spaced = typed.replace(/[\p{Zs}\t]+/gu, ' ').trim();
  if (FORBIDDEN.test(spaced)) throw new RangeError('forbidden-character');
  return spaced
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .trim();
}

/** The bytes that the realms' hashing and the PIN check see: UTF-8 of the normal form. */
export const pinBytes = (typed: string): Uint8Array => utf8(normalizePin(typed));

/** Unicode puts the ten digits of each script in a row that starts at its zero; some rows follow each other directly. */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let start = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((codePoint - start) % 10);
}

/** Why a PIN is refused, or null. The reasons are words on the screen, in the order in which they are checked. */
export function pinWeakness(typed: string): PinWeakness | null {
  let pin: string;
  try {
    pin = normalizePin(typed);
  } catch {
    return 'forbidden-character';
  }
  const length = Array.from(pin).length;
  if (length < PIN_LENGTH.least) return 'too-short';
  if (length > (ONLY_DIGITS.test(pin) ? PIN_LENGTH.mostDigits : PIN_LENGTH.mostWithLetters)) return 'too-long';
  if (new Set(pin).size === 1) return 'same-digit';
  if (isSequence(pin)) return 'sequence';
  if (isRepetition(pin)) return 'repeated';
  if (ONLY_DIGITS.test(pin) && isDate(pin)) return 'date';
  return isCommon(pin) ? 'common' : null;
}

/** 123456, 987654, 135790, abcdefgh: one step between all neighbours, round the corner from 9 to 0. */
function isSequence(pin: string): boolean {
  const codes = Array.from(pin.toLowerCase(), (character) => character.codePointAt(0) ?? 0);
  const modulus = ONLY_DIGITS.test(pin) ? 10 : Number.MAX_SAFE_INTEGER;
  const step = (index: number) => ((codes[index] ?? 0) - (codes[index - 1] ?? 0) + modulus) % modulus;
  const first = step(1);
  return codes.every((_, index) => index === 0 || step(index) === first);
}

/** 121212, 123123, 112233, 111222: few distinct digits in a pattern. */
function isRepetition(pin: string): boolean {
  if (/^(.{1,4})\1+$/u.test(pin)) return true;
  if (/^(?:(.)\1)+$/u.test(pin) || /^(.)\1{2,}(.)\2{2,}$/u.test(pin)) return true;
  return new Set(pin).size === 2 && ONLY_DIGITS.test(pin);
}

/** A day of a year from 1900 to 2049 in any usual order, with two or four digits of year. */
function isDate(pin: string): boolean {
  const number = (start: number, end: number) => Number(pin.slice(start, end));
  const isDay = (day: number, month: number) => day >= 1 && day <= 31 && month >= 1 && month <= 12;
  const isYear = (year: number) => year >= 1900 && year <= 2049;
  if (pin.length === 6)
    return (
      isDay(number(0, 2), number(2, 4)) ||
      isDay(number(2, 4), number(0, 2)) ||
      isDay(number(4, 6), number(2, 4)) ||
      (isYear(number(0, 4)) && number(4, 6) <= 12) ||
      (isYear(number(2, 6)) && number(0, 2) <= 12)
    );
  if (pin.length !== 8) return false;
  return (
    (isYear(number(4, 8)) && (isDay(number(0, 2), number(2, 4)) || isDay(number(2, 4), number(0, 2)))) ||
    (isYear(number(0, 4)) && (isDay(number(6, 8), number(4, 6)) || isDay(number(4, 6), number(6, 8))))
  );
}

/** What leaked lists begin with and the rules above do not catch: keypad walks and famous numbers. */
const COMMON = new Set(
  (
    '147258 258147 159753 753159 147852 258369 369258 741852 852741 963852 142536 789456 456789 159357 357159 ' +
    '314159 271828 520520 521521 131419 5201314 1314520 8675309 ' +
    '147258369 741852963 369258147 123654789 987456321 password passw0rd password1 qwertyui qwertyuiop iloveyou ' +
    'sunshine princess football baseball trustno1 letmein1 welcome1 halfkey1 bitcoin1 ethereum'
  ).split(' '),
);
const isCommon = (pin: string): boolean => COMMON.has(pin.toLowerCase());

/** @throws WalletError `pin-weak` with the reason */
export function refuseWeak(pin: string): void {
  const weakness = pinWeakness(pin);
  if (weakness) throw new WalletError('pin-weak', { reason: weakness });
}
