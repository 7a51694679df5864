/**
 * The words of the product. `t('send.review')` is typed: the key, and what the text wants to be told.
 * One language is spoken at a time; another one is fetched (`loadLanguage`) and spoken from then on (`speak`).
 */
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { type AmountOptions, type AmountText, amountString, amountText } from './amount';
import { english } from './english';
import { createFormat, type Format } from './format';
import type { ErrorText, Language, MessageKey, MessageParams } from './language';

export type { AmountText } from './amount';
export type { Format } from './format';
export type { Language, MessageKey } from './language';
export { type LanguageId, languageFor } from './language-for';
export { LANGUAGE_NAMES, loadLanguage } from './languages';

let language: Language = english;
let format: Format = createFormat(english, Date.now);
let covered = false;
const listeners = new Set<() => void>();

/** Speaks the given language from now on; pages that listen draw themselves again. */
export function speak(next: Language): void {
  if (next === language) return;
  language = next;
  format = createFormat(next, Date.now);
  for (const listener of listeners) listener();
}

/** Covers all amounts drawn from now on but those that are about to be signed, or shows them again. */
export function coverAmounts(next: boolean): void {
  covered = next;
}

/** Tells when another language is spoken. @returns ends it */
export function onSpeech(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language that is spoken now; another object after each change. */
export function spokenLanguage(): Language {
  return language;
}

/** The text of a key in the language that is spoken. */
export function t<Key extends MessageKey>(key: Key, ...params: MessageParams<Key>): string {
  const message: string | ((facts: never, format: Format) => string) = language.messages[key];
  return typeof message === 'string' ? message : message(params[0] as never, format);
}

/** The text of an error: what happened, whether anything was lost, what to do. */
export function errorText(error: { readonly code: ErrorCode; readonly details: ErrorDetails }): ErrorText {
  return language.errors[error.code](error.details, format);
}

/** Words without an end as a sentence: the title of an error. */
export const asSentence = (words: string): string => `${words}${language.sentence.end}`;

/** Sentences one after the other, as the language sets them. */
export const inARow = (...sentences: readonly string[]): string => sentences.join(language.sentence.gap);

/** Dates, counts and plurals of the language that is spoken. */
export function formats(): Format {
  return format;
}

/** The tag and the direction that belong on the document. */
export function languageOfPage(): { readonly tag: string; readonly direction: 'ltr' | 'rtl' } {
  return { tag: language.tag, direction: language.direction };
}

type Amounts = Omit<AmountOptions, 'tag'>;

/** What stands in the place of covered digits. */
export const COVER = '•••••';

/** An amount in parts, for drawing its unit in grey; null while amounts are covered. */
export function amountParts(value: bigint, options: Amounts): AmountText | null {
  return covered ? null : amountText(value, { ...options, tag: language.tag });
}

/** An amount with its unit: `0.25 ETH`, with a space that does not break; covered where amounts are. */
export function amountWithUnit(value: bigint, symbol: string, options: Amounts): string {
  return covered ? `${COVER}\u00a0${symbol}` : statedAmount(value, symbol, options);
}

/** The same, never covered: for what is typed now or about to be signed, which must be seen. */
export function statedAmount(value: bigint, symbol: string, options: Amounts): string {
  return `${amountString(value, { ...options, tag: language.tag })}\u00a0${symbol}`;
}

/** The name of a currency: `Euro`. @param code ISO 4217 */
export function currencyName(code: string): string {
  const name = new Intl.DisplayNames(language.tag, { type: 'currency' }).of(code.toUpperCase()) ?? code;
  return name.charAt(0).toLocaleUpperCase(language.tag) + name.slice(1);
}

/**
 * A value in a currency: `$1,204.50`; covered where amounts are.
 * @param cents in hundredths of the currency
 * @param code ISO 4217
 */
export function valueText(cents: bigint, code: string): string {
  const money = new Intl.NumberFormat(language.tag, { style: 'currency', currency: code });
  if (!covered) return money.format(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}` as `${number}`);
  const sign = money.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? code;
  return `${sign}\u00a0${COVER}`;
}
