/** Recovery phrases as people type them: the words of BIP-39 (English), what they may have meant, and the checksum. */
import { validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** How many words a phrase has (BIP-39). */
export const PHRASE_LENGTHS = [12, 15, 18, 21, 24] as const;
export type PhraseLength = (typeof PHRASE_LENGTHS)[number];

export const isPhraseLength = (count: number): count is PhraseLength => PHRASE_LENGTHS.some((one) => one === count);

const KNOWN: ReadonlySet<string> = new Set(wordlist);
export const isWord = (word: string): boolean => KNOWN.has(word);

/** One word as it is compared: no case, no marks, no space around it. */
export const tidyWord = (typed: string): string => typed.normalize('NFKD').trim().toLowerCase();

/** The words of a text that was pasted: numbers, dots and commas between them are left out. */
export const wordsIn = (text: string): string[] =>
  tidyWord(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');

/** Words that begin like this, in alphabetical order; none for nothing. @param most how many at the most */
export const completions = (prefix: string, most = 4): readonly string[] =>
  prefix === '' ? [] : wordlist.filter((word) => word.startsWith(prefix)).slice(0, most);

/** A word of a phrase, and what it may have been. */
export interface WordFix {
  /** From 0. */
  readonly place: number;
  readonly suggestion: string;
}

export type PhraseCheck =
  | { readonly kind: 'good' }
  /** Not as many words as a phrase has. */
  | { readonly kind: 'length'; readonly count: number }
  /** A word that is not in the list; `suggestion`: the nearest one, if one is near. */
  | { readonly kind: 'unknown'; readonly place: number; readonly suggestion: string | null }
  /** All words are in the list, and they do not belong together. `fixes`: single changes that would make it right. */
  | { readonly kind: 'checksum'; readonly fixes: readonly WordFix[]; readonly swap: number | null };

/** Tells the first thing that is wrong. @param words tidy ones */
export function checkPhrase(words: readonly string[]): PhraseCheck {
  const place = words.findIndex((word) => !isWord(word));
  if (place >= 0) return { kind: 'unknown', place, suggestion: nearestWord(words[place] ?? '') };
  if (!isPhraseLength(words.length)) return { kind: 'length', count: words.length };
  if (isWhole(words)) return { kind: 'good' };
  return { kind: 'checksum', fixes: fixesOf(words), swap: swapOf(words) };
}

const isWhole = (words: readonly string[]): boolean => validateMnemonic(words.join(' '), wordlist);

const MOST_FIXES = 3;

/** Words that look like the one that was typed, in its place: those that make the phrase whole. */
function fixesOf(words: readonly string[]): WordFix[] {
  const fixes: WordFix[] = [];
  for (const [place, word] of words.entries()) {
    for (const suggestion of wordlist) {
      if (suggestion === word || distance(word, suggestion, 1) > 1) continue;
      if (isWhole(words.with(place, suggestion))) fixes.push({ place, suggestion });
    }
  }
  return fixes.slice(0, MOST_FIXES);
}

/** The first of two neighbours that are in each other's place, from 0; null if no such two make it whole. */
function swapOf(words: readonly string[]): number | null {
  for (let place = 0; place + 1 < words.length; place++) {
    const [one, other] = [words[place] ?? '', words[place + 1] ?? ''];
    if (one !== other && isWhole(words.with(place, other).with(place + 1, one))) return place;
  }
  return null;
}

/** No two words of the list begin with the same four letters. */
const TELLING_LETTERS = 4;
const MOST_DISTANCE = 2;

/** The word of the list that was most likely meant, or null. */
export function nearestWord(typed: string): string | null {
  if (typed === '') return null;
  const beginning = typed.slice(0, TELLING_LETTERS);
  let best: { word: string; far: number } | null = null;
  for (const word of wordlist) {
    const away = distance(typed, word, MOST_DISTANCE);
    if (away > MOST_DISTANCE) continue;
    // Of two that are as near, the one that begins the same.
    const far = away * 2 + (word[0] === typed[0] ? 0 : 1);
    if (best === null || far < best.far) best = { word, far };
  }
  if (best === null || best.far > 2) {
    const same = typed.length >= TELLING_LETTERS && wordlist.find((word) => word.startsWith(beginning));
    if (same) return same;
  }
  return best?.word ?? null;
}

/**
 * Letters that differ: typed wrong, left out, too many, or two exchanged (optimal string alignment).
 * @param most where counting may stop; what is farther is `most + 1` or more
 */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const exchanged =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        exchanged ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? most + 1;
}
