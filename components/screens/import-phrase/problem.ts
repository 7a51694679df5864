import { t } from '@/lib/i18n';
import type { PhraseCheck } from '@/lib/phrase/words';

/** A change that would mend a phrase, and what it is called on its button. */
export interface Mending {
  readonly label: string;
  /** The words with it. */
  readonly words: readonly string[];
}

export interface PhraseProblem {
  readonly text: string;
  /** Places of the words it is about, from 0; none if it is about all. */
  readonly places: readonly number[];
  readonly mendings: readonly Mending[];
}

/** What is wrong with a phrase in words, and what may be done; null if nothing is. */
export function problemOf(check: PhraseCheck, words: readonly string[]): PhraseProblem | null {
  switch (check.kind) {
    case 'good':
      return null;
    case 'length':
      return { text: t('import-phrase.length', { count: check.count }), places: [], mendings: [] };
    case 'unknown': {
      const { place, suggestion } = check;
      if (suggestion === null)
        return { text: t('import-phrase.unknown', { place: place + 1 }), places: [place], mendings: [] };
      return {
        text: t('import-phrase.unknown-near', { place: place + 1, word: suggestion }),
        places: [place],
        mendings: [mending(words, place, suggestion)],
      };
    }
    case 'checksum': {
      const fixes = check.fixes.map(({ place, suggestion }) => mending(words, place, suggestion));
      const swap = check.swap === null ? [] : [swapping(words, check.swap)];
      const mendings = [...swap, ...fixes];
      return {
        text: t(mendings.length === 0 ? 'import-phrase.checksum' : 'import-phrase.checksum-near'),
        places: [],
        mendings,
      };
    }
    default:
      return check satisfies never;
  }
}

const mending = (words: readonly string[], place: number, word: string): Mending => ({
  label: t('import-phrase.use', { place: place + 1, word }),
  words: words.with(place, word),
});

const swapping = (words: readonly string[], place: number): Mending => ({
  label: t('import-phrase.swap', { place: place + 1 }),
  words: words.with(place, words[place + 1] ?? '').with(place + 1, words[place] ?? ''),
});
