import { messages } from './en';
import { errors } from './en-errors';
import type { Language } from './language';

/** English, with the day before the month. */
export const english: Language = {
  tag: 'en-GB',
  name: 'English',
  direction: 'ltr',
  sentence: { end: '.', gap: ' ' },
  words: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  today: (time) => `Today, ${time}`,
  yesterday: (time) => `Yesterday, ${time}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  messages,
  utxo: async () => (await import('./utxo/en')).utxoMessages,
  errors,
};
