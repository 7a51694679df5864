/** Numbers and times as a language writes them, by Intl; what Intl cannot do stands in the language's own file. */

/** Forms of a word by plural category; `other` is always there. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

export interface Format {
  /** A count with the language's grouping: 1,044. */
  number(value: number): string;
  /** The form that belongs to the count. */
  plural(count: number, forms: PluralForms): string;
  /** What stands side by side, short: "a, b, c". */
  list(items: readonly string[]): string;
  /** Numbers up to ten in words, larger ones in figures. */
  word(count: number): string;
  /** The same at the start of a sentence. */
  Word(count: number): string;
  /** Day and month ("3 May"), with the year when it is not the present one. */
  day(timeMs: number): string;
  /** The same, shorter, for lists ("19 Nov"). */
  shortDay(timeMs: number): string;
  /** "Today, 09:14", "Yesterday, 21:40", else day and time. */
  moment(timeMs: number): string;
  /** The same inside a sentence: "today, 09:14". */
  innerMoment(timeMs: number): string;
  /** Time of the day: 09:14. */
  time(timeMs: number): string;
  /** What is left of a wait: 9:41, or 23:59:05 from an hour up. */
  countdown(leftMs: number): string;
}

export interface FormatParts {
  /** BCP 47 tag that Intl is asked with. */
  readonly tag: string;
  /** Zero to ten in words. */
  readonly words: readonly string[];
  readonly today: (time: string) => string;
  readonly yesterday: (time: string) => string;
  /** A day and a time of it. */
  readonly dayAndTime: (day: string, time: string) => string;
}

function capitalised(text: string): string {
  const [first = '', ...rest] = Array.from(text);
  return first.toLocaleUpperCase() + rest.join('');
}

function uncapitalised(text: string): string {
  const [first = '', ...rest] = Array.from(text);
  return first.toLocaleLowerCase() + rest.join('');
}

function startOfDay(timeMs: number): number {
  return new Date(timeMs).setHours(0, 0, 0, 0);
}

const yearOf = (timeMs: number) => new Date(timeMs).getFullYear();

const DAY_MS = 24 * 60 * 60 * 1_000;

function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** The formats of one language. @param now the present, ms since the epoch */
export function createFormat({ tag, words, today, yesterday, dayAndTime }: FormatParts, now: () => number): Format {
  const numbers = new Intl.NumberFormat(tag);
  const plurals = new Intl.PluralRules(tag);
  const lists = new Intl.ListFormat(tag, { type: 'conjunction', style: 'narrow' });
  const dayFormat = (month: 'long' | 'short') => {
    const thisYear = new Intl.DateTimeFormat(tag, { day: 'numeric', month });
    const withYear = new Intl.DateTimeFormat(tag, { day: 'numeric', month, year: 'numeric' });
    return (timeMs: number) => (yearOf(timeMs) === yearOf(now()) ? thisYear : withYear).format(timeMs);
  };
  const day = dayFormat('long');
  const shortDay = dayFormat('short');
  const times = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

  const number = (value: number) => numbers.format(value);
  const word = (count: number) => words[count] ?? number(count);
  const time = (timeMs: number) => times.format(timeMs);
  const momentWith = (near: (text: string) => string) => (timeMs: number) => {
    const daysAgo = Math.round((startOfDay(now()) - startOfDay(timeMs)) / DAY_MS);
    if (daysAgo === 0) return near(today(time(timeMs)));
    if (daysAgo === 1) return near(yesterday(time(timeMs)));
    return dayAndTime(shortDay(timeMs), time(timeMs));
  };
  return {
    number,
    list: (items) => lists.format(items),
    word,
    Word: (count) => capitalised(word(count)),
    plural: (count, forms) => forms[plurals.select(count)] ?? forms.other,
    day,
    shortDay,
    moment: momentWith((text) => text),
    innerMoment: momentWith(uncapitalised),
    time,
    countdown,
  };
}
