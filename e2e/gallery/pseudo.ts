/** English, made 40 % longer and marked, to see whether the layout bears other languages. */
import { english } from '@/lib/i18n/english';
import type { Language } from '@/lib/i18n/language';
import type { UtxoMessages } from '@/lib/i18n/utxo/messages';

const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'ë', i: 'í', o: 'ö', u: 'ü', A: 'Á', E: 'Ë', O: 'Ö' };
const FILL = ' lorem ipsum dolor sit amet consectetur';

/** Accents on the vowels and two fifths more characters, in words of their own. */
export function stretched(text: string): string {
  const longer = Math.ceil(text.length * 0.4);
  const accented = Array.from(text, (character) => ACCENTS[character] ?? character).join('');
  return (
    accented +
    FILL.repeat(Math.ceil(longer / FILL.length))
      .slice(0, longer)
      .trimEnd()
  );
}

type Words = string | ((...facts: never[]) => unknown);

function stretchedDeep(value: unknown): unknown {
  if (typeof value === 'string') return stretched(value);
  if (typeof value === 'function') return (...facts: unknown[]) => stretchedDeep(value(...facts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]: [string, Words]) => [key, stretchedDeep(inner)]));
}

export const pseudo: Language = {
  ...english,
  name: 'Pseudo',
  messages: stretchedDeep(english.messages) as Language['messages'],
  errors: stretchedDeep(english.errors) as Language['errors'],
  utxo: async () => stretchedDeep(await english.utxo()) as UtxoMessages,
};

export const mirrored: Language = { ...english, direction: 'rtl' };
