import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { inTurn } from './in-turn';

it('runs the next piece when the one before has settled, however it ended', async () => {
  const exclusively = inTurn();
  const seen: string[] = [];
  const failing = exclusively(async () => {
    await setImmediate();
    seen.push('first');
    throw new Error('first failed');
  });
  const second = exclusively(async () => seen.push('second'));
  await expect(failing).rejects.toThrow('first failed');
  expect(await second).toBe(2);
  expect(seen).toEqual(['first', 'second']);
});

it('does not hold what the last piece gave', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const exclusively = inTurn();
  const given = new WeakRef(await exclusively(async () => ({ secret: 'words' })));
  await setImmediate();
  collectGarbage();
  expect(given.deref()).toBeUndefined();
});
