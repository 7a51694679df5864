import { expect, test } from 'vitest';
import { firstSentence } from './first-sentence';

test.each([
  ['This account is only watched. Its allowances end where its key is.', 'This account is only watched.'],
  ['The site calls it USDC.e. Its contract says USDC.', 'The site calls it USDC.e.'],
  ['¿Queda algún dispositivo? Ábrela allí.', '¿Queda algún dispositivo?'],
  ['节点没有说明收到了哪些代币。余额仍然是对的。', '节点没有说明收到了哪些代币。'],
  ['mira.eth leads to this address today', 'mira.eth leads to this address today'],
  ['', ''],
])('the first sentence of “%s”', (text, first) => {
  const [one, rest] = firstSentence(text);
  expect(one).toBe(first);
  expect(`${one}${rest}`.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
});
