/** The languages there are. English is always there; the others are fetched when wanted. */
import { english } from './english';
import type { Language } from './language';
import type { LanguageId } from './language-for';

/** Each language by its own name for itself, in the order in which they are offered. */
export const LANGUAGE_NAMES: Readonly<Record<LanguageId, string>> = {
  en: 'English',
  'zh-CN': '简体中文',
  es: 'Español',
};

const FILES: Readonly<Record<LanguageId, () => Promise<Language>>> = {
  en: async () => english,
  'zh-CN': async () => (await import('./zh-CN')).chinese,
  es: async () => (await import('./es')).spanish,
};

/** The texts of a language; those of English if its file cannot be read. */
export function loadLanguage(id: LanguageId): Promise<Language> {
  return FILES[id]().catch(() => english);
}
