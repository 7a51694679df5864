import { expect, it } from 'vitest';
import { killWhileWriting } from './killed-servers';

it('two hundred kills lose nothing that was acknowledged', async () => {
  const people = { people: 4, signIns: 80 };
  const writers = { writers: 8, backups: 40 };
  const { writes, signIns, kills } = await killWhileWriting({ ...writers, ...people, writesBetween: 30, seed: 7_001 });
  expect(signIns).toBe(320);
  expect(Object.values(kills).reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(200);
  for (const count of Object.values(kills)) expect(count).toBeGreaterThanOrEqual(40);
  expect(writes).toBeGreaterThanOrEqual(4_000);
}, 1_800_000);
