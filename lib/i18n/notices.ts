/**
 * What the browser's notices say. They stand apart from the catalogues, all languages together: the background, which
 * shows them, cannot load a file later.
 */
import type { LanguageId } from './language-for';

export type NoticeOutcome = 'confirmed' | 'failed' | 'cancelled' | 'replaced';

const TITLES: Readonly<Record<LanguageId, Readonly<Record<NoticeOutcome, string>>>> = {
  en: {
    confirmed: 'Your payment arrived',
    failed: 'Your payment failed, only the fee was paid',
    cancelled: 'Your payment was cancelled, only a fee was paid',
    replaced: 'Your payment was replaced or dropped',
  },
  'zh-CN': {
    confirmed: '付款已到账',
    failed: '付款失败，只付了手续费',
    cancelled: '付款已取消，只付了手续费',
    replaced: '你的付款已被替换或丢弃',
  },
  es: {
    confirmed: 'Tu pago ha llegado',
    failed: 'Tu pago ha fallado; solo se pagó la comisión',
    cancelled: 'Tu pago se canceló; solo se pagó una comisión',
    replaced: 'Tu pago fue reemplazado o descartado',
  },
};

/** The first line of a notice; the second holds an amount and an address, which need no words. */
export const noticeTitle = (language: LanguageId, outcome: NoticeOutcome): string => TITLES[language][outcome];

interface PromptNotice {
  readonly title: string;
  readonly text: string;
}

const PROMPTS: Readonly<Record<LanguageId, PromptNotice>> = {
  en: { title: 'Do you still know your PIN?', text: 'Type it once, so that you do not forget it. It uses no try.' },
  'zh-CN': { title: '还记得你的 PIN 吗？', text: '输入一次，以免忘记。不会用掉尝试次数。' },
  es: { title: '¿Aún recuerdas tu PIN?', text: 'Escríbelo una vez para no olvidarlo. No gasta ningún intento.' },
};

/** That the PIN is asked for; it names no wallet and no account. */
export const promptNotice = (language: LanguageId): PromptNotice => PROMPTS[language];
