import { describe, expect, it, test } from 'vitest';
import { english } from './english';
import { createFormat } from './format';
import type { Language } from './language';
import { type LanguageId, languageFor } from './language-for';
import { LANGUAGE_NAMES, loadLanguage } from './languages';
import type { UtxoMessages } from './utxo/messages';

const IDS = Object.keys(LANGUAGE_NAMES) as LanguageId[];
const OTHERS = IDS.filter((id) => id !== 'en');

test('speaks the chosen language, whatever the browser prefers', () => {
  expect(languageFor('es', ['zh-CN'])).toBe('es');
  expect(languageFor('en', ['es'])).toBe('en');
});

test('speaks the first language of the browser that there is, or English', () => {
  expect(languageFor('system', ['fr', 'es-419', 'en'])).toBe('es');
  expect(languageFor('system', ['zh-Hant-TW', 'en'])).toBe('zh-CN');
  expect(languageFor('system', ['EN-us'])).toBe('en');
  expect(languageFor('system', ['fr', 'de'])).toBe('en');
  expect(languageFor('system', [])).toBe('en');
});

/** Texts without facts in them that are more than a word. */
const sentencesOf = (messages: Language['messages'] | UtxoMessages): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(messages).flatMap(([key, text]) =>
      typeof text === 'string' && (text.includes(' ') || /\p{Script=Han}/u.test(text)) ? [[key, text]] : [],
    ),
  );

describe.each(OTHERS)('%s', (id) => {
  it('has every text and every error, and none that English has not', async () => {
    const language = await loadLanguage(id);
    expect(Object.keys(language.messages).sort()).toEqual(Object.keys(english.messages).sort());
    expect(Object.keys(language.errors).sort()).toEqual(Object.keys(english.errors).sort());
    expect(Object.keys(await language.utxo()).sort()).toEqual(Object.keys(await english.utxo()).sort());
  });

  it('shares a sentence with English nowhere', async () => {
    const language = await loadLanguage(id);
    const ours = sentencesOf(language.messages);
    const theirs = sentencesOf(await language.utxo());
    const shared = [
      ...[...sentencesOf(english.messages)].filter(([key, text]) => ours.get(key) === text),
      ...[...sentencesOf(await english.utxo())].filter(([key, text]) => theirs.get(key) === text),
    ];
    expect(shared).toEqual([]);
    expect(ours.size).toBeGreaterThan(200);
    expect(theirs.size).toBeGreaterThan(150);
  });

  it('names itself as it is offered', async () => {
    expect((await loadLanguage(id)).name).toBe(LANGUAGE_NAMES[id]);
  });

  it('writes numbers and days as Intl does for it', async () => {
    const { tag, ...rest } = await loadLanguage(id);
    const format = createFormat({ tag, ...rest }, () => new Date(2026, 4, 20).getTime());
    expect(format.day(new Date(2026, 4, 3).getTime())).toBe(
      new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long' }).format(new Date(2026, 4, 3)),
    );
    expect(format.word(3)).not.toBe('three');
  });
});

test('writes what stands side by side as each language does', async () => {
  const lists = await Promise.all(
    IDS.map(async (id) => [id, createFormat(await loadLanguage(id), Date.now).list(['A', 'B', 'C'])]),
  );
  expect(Object.fromEntries(lists)).toEqual({ en: 'A, B, C', 'zh-CN': 'A、B、C', es: 'A, B y C' });
});
