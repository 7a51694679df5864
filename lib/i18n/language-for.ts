/** Which language is spoken. Without any texts: the background asks, and starts the faster for each file it does not read. */

export type LanguageId = 'en' | 'zh-CN' | 'es';

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
