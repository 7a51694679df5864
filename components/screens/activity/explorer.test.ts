import { expect, test } from 'vitest';
import { explorerUrlOf } from './explorer';

const HASH = `0x${'ab'.repeat(32)}`;

test('a transaction is looked at in the explorer of its network, where both are known', () => {
  expect(explorerUrlOf('https://explorer.example', HASH)).toBe(`https://explorer.example/tx/${HASH}`);
  expect(explorerUrlOf('https://explorer.example/eth/', HASH)).toBe(`https://explorer.example/eth/tx/${HASH}`);
  expect(explorerUrlOf(null, HASH)).toBeNull();
  expect(explorerUrlOf('https://explorer.example', null)).toBeNull();
});
