import { expect, test } from 'vitest';
import { strengthOf } from './strength';

test('fewer than ten characters are too short, whatever they are', () => {
  expect(strengthOf('aB3$xY7!q')).toBe('short');
});

test('a repeated character is easy to guess', () => {
  expect(strengthOf('aaaaaaaaaaaaaaaa')).toBe('weak');
  expect(strengthOf('1212121212')).toBe('weak');
});

test('four words are good', () => {
  expect(strengthOf('copper lantern drift biscuit')).toBe('good');
});

test('a longer password is never judged worse', () => {
  const order = ['short', 'weak', 'fair', 'good'];
  const typed = 'Quiet7 rivers,bend.NORTH';
  const ranks = Array.from(typed, (_, index) => order.indexOf(strengthOf(typed.slice(0, index + 1))));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});
