import { expect, test } from 'vitest';
import { answerOf } from './items';

const at = { walletId: 'A'.repeat(22), index: 0, name: 'Account 1', address: `0x${'1'.repeat(40)}` };
const told = { ...at, balance: { wei: '0', asOfMs: 1 } };
const untold = { ...at, balance: null };
const down = { code: 'chain-unreachable', details: {} } as const;

test('a list without rows says whether nothing is there, or nobody has told', () => {
  expect(answerOf({ networkError: null }, untold)).toBe('awaited');
  expect(answerOf({ networkError: null }, told)).toBe('given');
  expect(answerOf({ networkError: down }, untold)).toBe('failed');
  // What was told before may be old.
  expect(answerOf({ networkError: down }, told)).toBe('failed');
});
