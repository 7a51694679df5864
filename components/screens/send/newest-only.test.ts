import { expect, test } from 'vitest';
import { newestOnly } from './newest-only';

function recorder() {
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const work = (value: string) => {
    started.push(value);
    return new Promise<void>((resolve, reject) => ends.push(value === 'bad' ? () => reject(new Error('no')) : resolve));
  };
  /** Ends the one that runs, and lets what waited for it begin. */
  const end = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { started, work, end };
}

test('one at a time, the newest next, and what was overtaken never', async () => {
  const { started, work, end } = recorder();
  const keep = newestOnly(work);
  for (const value of ['a', 'ab', 'abc']) keep(value);
  expect(started).toEqual(['a']);
  await end();
  expect(started).toEqual(['a', 'abc']);
  await end();
  keep('abcd');
  expect(started).toEqual(['a', 'abc', 'abcd']);
});

test('one that fails does not hold up the next', async () => {
  const { started, work, end } = recorder();
  const keep = newestOnly(work);
  keep('bad');
  keep('good');
  await end();
  expect(started).toEqual(['bad', 'good']);
});
