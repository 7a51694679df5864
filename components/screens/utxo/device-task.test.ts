import { expect, it } from 'vitest';
import { type CoinTask, readTask, taskText } from './device-task';

const WALLET = 'A'.repeat(22);
const of = { walletId: WALLET, coin: 'btg' } as const;
const TASKS: readonly CoinTask[] = [
  { ask: 'job', id: 'pZ-8_' },
  { ask: 'accounts', ...of, accounts: ['49-156-0', '44-0-0'] },
  { ask: 'address', ...of, account: '49-156-0', index: 12 },
];

it.each(TASKS)('is read as it was written: $ask', (task) => {
  expect(readTask(taskText(task))).toEqual(task);
});

it.each([
  '',
  'job',
  'job/',
  'job/a/b',
  `accounts/${WALLET}/xmr/44-0-0`,
  `accounts/${WALLET}/btc/`,
  `accounts/${WALLET}/btc/45-0-0`,
  'accounts/short/btc/44-0-0',
  `address/${WALLET}/btc/44-0-0`,
  `address/${WALLET}/btc/44-0-0/-1`,
  `address/${WALLET}/btc/44-0-0+84-0-0/1`,
  `address/${WALLET}/btc/44-0-0/1/2`,
])('is none: %s', (text) => {
  expect(readTask(text)).toBeNull();
});
