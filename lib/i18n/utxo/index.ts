/**
 * The words of Bitcoin and its relatives, which nobody loads who has none of them. `u('send.title')` is to them what `t` is
 * to the rest: typed, and in the language that is spoken.
 */
import { formats, spokenLanguage } from '..';
import type { Format } from '../format';
import type { Language } from '../language';
import type { UtxoMessages } from './messages';

type Key = keyof UtxoMessages;
type Params<K extends Key> = UtxoMessages[K] extends (facts: infer Facts, format: Format) => string
  ? [facts: Facts]
  : [];

let loaded: { readonly of: Language; readonly messages: UtxoMessages } | null = null;

/** Fetches the words of the language that is spoken; `u` has them from then on. @throws if the file cannot be read */
export async function loadUtxoWords(): Promise<void> {
  const language = spokenLanguage();
  const messages = await language.utxo();
  loaded = { of: language, messages };
}

/** Whether the words that are here are of the language that is spoken. */
export const hasUtxoWords = (): boolean => loaded?.of === spokenLanguage();

/** @throws before `loadUtxoWords` has come to its end once */
export function u<K extends Key>(key: K, ...params: Params<K>): string {
  if (loaded === null) throw new Error('words are not loaded');
  const message: string | ((facts: never, format: Format) => string) = loaded.messages[key];
  return typeof message === 'string' ? message : message(params[0] as never, formats());
}
