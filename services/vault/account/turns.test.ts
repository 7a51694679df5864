import { expect, it } from 'vitest';
import { createTurns } from './turns';

it('runs work on one name in order, also after a failure', async () => {
  const inTurn = createTurns();
  const log: string[] = [];
  const work = (text: string) => async () => {
    log.push(`${text} begins`);
    await Promise.resolve();
    log.push(`${text} ends`);
  };
  const fails = inTurn('a', async () => {
    await work('first')();
    throw new Error('first fails');
  });
  const follows = inTurn('a', work('second'));
  await expect(fails).rejects.toThrow('first fails');
  await follows;
  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

it('lets other names pass', async () => {
  const inTurn = createTurns();
  let release = () => {};
  const held = inTurn('a', () => new Promise<void>((resolve) => (release = resolve)));
  expect(await inTurn('b', async () => 'passed')).toBe('passed');
  release();
  await held;
});
