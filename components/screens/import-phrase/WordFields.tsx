import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { classes } from '@/components/ui/classes';
import { SecretInput } from '@/components/ui/SecretInput';
import { t } from '@/lib/i18n';
import { completions, isWord, tidyWord } from '@/lib/phrase/words';

export interface WordFieldsProps {
  readonly words: readonly string[];
  /** Places that something is wrong with, from 0. */
  readonly wrong: readonly number[];
  readonly disabled: boolean;
  readonly onWord: (place: number, word: string) => void;
  readonly onPaste: (place: number, text: string) => void;
}

/** A numbered field for each word, and the words that begin like the one that is being typed. */
export function WordFields({ words, wrong, disabled, onWord, onPaste }: WordFieldsProps) {
  const [here, setHere] = useState<number | null>(null);
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  const typed = here === null ? '' : tidyWord(words[here] ?? '');
  const offered = isWord(typed) && completions(typed).length === 1 ? [] : completions(typed);

  const take = (place: number, word: string) => {
    onWord(place, word);
    fields.current[place + 1]?.focus();
  };
  const onKey = (event: KeyboardEvent, place: number) => {
    if (event.key !== ' ' || typed === '') return;
    // The space between two words leads to the next field, with the word that was begun if it is the only one.
    event.preventDefault();
    const [only, other] = offered;
    take(place, only !== undefined && other === undefined ? only : typed);
  };
  const paste = (event: ClipboardEvent, place: number) => {
    const text = event.clipboardData.getData('text');
    if (!/\s/.test(text.trim())) return;
    event.preventDefault();
    onPaste(place, text);
  };
  return (
    <div className="grid gap-2.5">
      <ol dir="ltr" translate="no" className="grid grid-cols-2 gap-x-2.5 gap-y-2">
        {words.map((word, place) => {
          const isWrong = wrong.includes(place) || (here !== place && word !== '' && !isWord(tidyWord(word)));
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: the place of a word is what it is known by.
              key={place}
              className={classes(
                'flex min-h-10 items-center gap-1.5 rounded-small border bg-surface ps-2 has-[input:focus]:outline-2 has-[input:focus]:outline-accent-text has-[input:focus]:-outline-offset-1',
                isWrong ? 'border-danger' : 'border-line-strong',
              )}
            >
              <span aria-hidden="true" className="w-5 shrink-0 text-end text-ink-3 text-small tabular-nums">
                {place + 1}
              </span>
              <SecretInput
                ref={(node) => {
                  fields.current[place] = node;
                }}
                visibility="shown"
                value={word}
                onValue={(next) => onWord(place, next)}
                onFocus={() => setHere(place)}
                onBlur={() => setHere(null)}
                onKeyDown={(event) => onKey(event, place)}
                onPaste={(event) => paste(event, place)}
                aria-label={t('phrase.word', { place: place + 1 })}
                aria-invalid={isWrong}
                autoComplete="off"
                autoFocus={place === 0}
                disabled={disabled}
                className="w-0 min-w-0 flex-1 bg-transparent py-1.5 pe-2 font-medium text-body outline-none"
              />
            </li>
          );
        })}
      </ol>
      <fieldset className="flex min-h-9 flex-wrap gap-2" translate="no">
        <legend className="sr-only">{t('import-phrase.completions')}</legend>
        {here !== null &&
          offered.map((word) => (
            <button
              key={word}
              type="button"
              // The field keeps the focus until the word stands in it.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(here, word)}
              tabIndex={-1}
              className="min-h-8 rounded-full border border-line bg-surface px-3 font-label text-small shadow-1 hover:bg-hover"
            >
              {word}
            </button>
          ))}
      </fieldset>
    </div>
  );
}
