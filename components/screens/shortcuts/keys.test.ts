import { expect, test } from 'vitest';
import { keyName, SHORTCUT_KEYS, SHORTCUTS, shortcutOf } from './keys';

const LINUX = 'Mozilla/5.0 (X11; Linux x86_64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const PAGE = { target: 'page', userAgent: LINUX } as const;
const press = { code: 'KeyL', altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false };

test('knows a shortcut by the place of its key, whatever it writes', () => {
  expect(shortcutOf(press, PAGE)).toBe('lock');
  expect(shortcutOf({ ...press, code: 'KeyQ' }, PAGE)).toBeUndefined();
});

test('leaves typing, the browser and held keys alone', () => {
  expect(shortcutOf({ ...press, altKey: false }, PAGE)).toBeUndefined();
  expect(shortcutOf({ ...press, ctrlKey: true }, PAGE)).toBeUndefined();
  expect(shortcutOf({ ...press, metaKey: true }, PAGE)).toBeUndefined();
  expect(shortcutOf({ ...press, shiftKey: true }, PAGE)).toBeUndefined();
  expect(shortcutOf({ ...press, repeat: true }, PAGE)).toBeUndefined();
});

test('leaves the letters alone that a Mac writes with Option into a field', () => {
  expect(shortcutOf(press, { target: 'field', userAgent: MAC })).toBeUndefined();
  expect(shortcutOf(press, { target: 'page', userAgent: MAC })).toBe('lock');
  expect(shortcutOf(press, { target: 'field', userAgent: LINUX })).toBe('lock');
});

test('no two shortcuts share a key', () => {
  expect(new Set(SHORTCUTS.map((shortcut) => SHORTCUT_KEYS[shortcut])).size).toBe(SHORTCUTS.length);
  expect([...SHORTCUTS].sort()).toEqual(Object.keys(SHORTCUT_KEYS).sort());
});

test('names a key as the keyboard does', () => {
  expect(keyName('lock', LINUX)).toBe('Alt+L');
  expect(keyName('lock', MAC)).toBe('⌥L');
});
