import { isPhraseLength, PHRASE_LENGTHS, type PhraseLength, tidyWord, wordsIn } from '@/lib/phrase/words';

/** Fields of a phrase with this many words, with what was typed so far. */
export const resized = (words: readonly string[], length: PhraseLength): readonly string[] =>
  Array.from({ length }, (_, place) => words[place] ?? '');

/** Words that were pasted into a field: the first ones into it and those after it, with as many fields as they need. */
export function pasted(words: readonly string[], place: number, text: string): readonly string[] {
  const found = wordsIn(text);
  const needed = place + found.length;
  const length = isPhraseLength(needed)
    ? needed
    : (PHRASE_LENGTHS.find((one) => one >= Math.max(needed, words.length)) ?? 24);
  const before = resized(words, length);
  return before.map((word, at) => (at >= place && at < needed ? (found[at - place] ?? word) : word));
}

/** What was typed, without empty fields at the end. */
export function typedWords(words: readonly string[]): readonly string[] {
  const tidy = words.map(tidyWord);
  const last = tidy.findLastIndex((word) => word !== '');
  return tidy.slice(0, last + 1);
}
