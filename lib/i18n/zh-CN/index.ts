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

/** Simplified Chinese. */
export const chinese: Language = {
  tag: 'zh-CN',
  name: '简体中文',
  direction: 'ltr',
  sentence: { end: '。', gap: '' },
  words: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'],
  today: (time) => `今天 ${time}`,
  yesterday: (time) => `昨天 ${time}`,
  dayAndTime: (day, time) => `${day} ${time}`,
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
  utxo: async () => (await import('../utxo/zh-CN')).utxo,
  errors,
};
