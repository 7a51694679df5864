import type { Language } from '../language';
import { approval } from './approval';
import { backup } from './backup';
import { errors } from './errors';
import { firmware } from './firmware';
import { hardware } from './hardware';
import { main } from './main';
import { networks } from './networks';
import { payments } from './payments';
import { scan } from './scan';
import { sites } from './sites';
import { unlock } from './unlock';
import { wallets } from './wallets';

/** Spanish, as it is read on both sides of the Atlantic. */
export const spanish: Language = {
  tag: 'es',
  name: 'Español',
  direction: 'ltr',
  sentence: { end: '.', gap: ' ' },
  words: ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
  today: (time) => `Hoy, ${time}`,
  yesterday: (time) => `Ayer, ${time}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  messages: {
    ...main,
    ...approval,
    ...backup,
    ...firmware,
    ...hardware,
    ...networks,
    ...payments,
    ...scan,
    ...sites,
    ...unlock,
    ...wallets,
  },
  utxo: async () => (await import('../utxo/es')).utxo,
  errors,
};
