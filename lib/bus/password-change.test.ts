import { expect, it } from 'vitest';
import { utf8 } from '@/lib/bytes';
import { passwordChangeOf, passwordChangeText } from './password-change';

it('two passwords arrive as they were typed', () => {
  const change = { current: 'copper "lantern" drift', next: '密码密码好马电池钉书针' };
  const { current, next } = passwordChangeOf(utf8(passwordChangeText(change)));
  expect([current, next]).toEqual([utf8(change.current), utf8(change.next)]);
});

it.each(['copper lantern drift', '{"current":"copper lantern drift"}', '{"current":"a","next":1}'])(
  'anything else is refused without a word of it: %s',
  (text) => expect(() => passwordChangeOf(utf8(text))).toThrow(/^bad-message$/),
);
