/** What somebody sees whose sign-in cannot go on, and whom there is no address to send to. */

const TEXTS = {
  en: ['This sign-in cannot go on', 'Close this window and start again from the wallet.'],
  es: ['Este inicio de sesión no puede continuar', 'Cierra esta ventana y empieza de nuevo desde la cartera.'],
  zh: ['此次登录无法继续', '请关闭此窗口，从钱包重新开始。'],
} as const;

type Language = keyof typeof TEXTS;

/** The first language of the browser that there is. @param acceptLanguage RFC 9110, section 12.5.4 */
function languageOf(acceptLanguage: string): Language {
  const wanted = acceptLanguage.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  const isKnown = (language: string): language is Language => language in TEXTS;
  return wanted.find(isKnown) ?? 'en';
}

/** A page without scripts, styles and anything from the request. @param code of the relay's closed list */
export function stoppedPage(acceptLanguage: string, code: string): string {
  const language = languageOf(acceptLanguage);
  const [title, text] = TEXTS[language];
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body data-code="${code}"><h1>${title}</h1><p>${text}</p></body></html>`;
}
