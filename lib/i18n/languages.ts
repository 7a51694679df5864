/** The languages there are, and which of them is spoken. English is always there; the others are fetched when wanted. */
import { english } from './english';
import type { Language } from './language';

export type LanguageId = 'en' | 'zh-CN' | 'es';

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

/**
 * The language to speak.
 * @param preferred BCP 47 tags as the browser lists them, the dearest first
 */
export function languageFor(choice: 'system' | LanguageId, preferred: readonly string[]): LanguageId {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    const [primary = ''] = tag.toLowerCase().split('-');
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'es' || primary === 'en') return primary;
  }
  return 'en';
}
