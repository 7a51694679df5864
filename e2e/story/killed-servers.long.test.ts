import { expect, it } from 'vitest';
import { killWhileWriting } from './killed-servers';

it('two hundred kills lose nothing that was acknowledged', async () => {
  const { writes, kills } = await killWhileWriting({ writers: 8, backups: 40, writesBetween: 30, seed: 7_001 });
  expect(Object.values(kills).reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(200);
  for (const count of Object.values(kills)) expect(count).toBeGreaterThanOrEqual(50);
  expect(writes).toBeGreaterThanOrEqual(4_000);
}, 1_800_000);
