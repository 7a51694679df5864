import { expect, test } from 'vitest';
import { isErrorCode, NEXT_STEP } from '@/lib/errors';
import { errorText, t } from '.';
import { messages } from './en';
import { english } from './english';
import { createFormat } from './format';

const NOW_MS = new Date(2026, 4, 20, 12, 0).getTime();
const format = createFormat(english, () => NOW_MS);

test('writes numbers up to ten in words, larger ones in figures', () => {
  expect(format.Word(6)).toBe('Six');
  expect(format.word(10)).toBe('ten');
  expect(format.word(1_044)).toBe('1,044');
});

test('says tries left in words, with the right plural', () => {
  expect(t('recover.wrong', { triesLeft: 7 })).toBe('That is not the PIN. Seven tries left.');
  expect(t('recover.wrong', { triesLeft: 1 })).toBe('That is not the PIN. One try left.');
});

test('leaves the year out of dates of this year only', () => {
  expect(format.day(new Date(2026, 4, 3).getTime())).toBe('3 May');
  expect(format.day(new Date(2025, 4, 3).getTime())).toBe('3 May 2025');
});

test('names today and yesterday', () => {
  expect(format.moment(new Date(2026, 4, 20, 9, 14).getTime())).toBe('Today, 09:14');
  expect(format.moment(new Date(2026, 4, 19, 21, 40).getTime())).toBe('Yesterday, 21:40');
  expect(format.moment(new Date(2026, 4, 3, 8, 2).getTime())).toBe('3 May, 08:02');
  expect(format.innerMoment(new Date(2026, 4, 20, 9, 14).getTime())).toBe('today, 09:14');
  expect(format.innerMoment(new Date(2026, 4, 3, 8, 2).getTime())).toBe('3 May, 08:02');
});

test('counts down in minutes and seconds, with hours only where there are some', () => {
  expect(format.countdown(581_000)).toBe('9:41');
  expect(format.countdown(86_345_000)).toBe('23:59:05');
  expect(format.countdown(-5)).toBe('0:00');
});

test('every code has words for what happened, what was lost and what to do', () => {
  for (const code of Object.keys(NEXT_STEP).filter(isErrorCode)) {
    const { title, lost, next } = errorText({ code, details: { triesLeft: 3, nextAtMs: NOW_MS } });
    expect([title, lost, next].every((words) => words.length > 3)).toBe(true);
    expect(lost).toMatch(/\.$/);
    expect(next).toMatch(/\.$/);
  }
});

test('no text begs, apologises or shouts', async () => {
  const texts = Object.values({ ...messages, ...(await english.utxo()) }).filter(
    (message) => typeof message === 'string',
  );
  for (const text of texts) expect(text).not.toMatch(/\b(oops|please|sorry|simply)\b|!/i);
});
