import { expect, it } from 'vitest';
import { killWhileWriting } from './killed-servers';

it('two hundred kills lose nothing that was acknowledged', async () => {
  const { kills } = await killWhileWriting({ writers: 8, backups: 40, writesBetween: 30, seed: 7_001 });
  expect(Object.values(kills).reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(100);
  for (const count of Object.values(kills)) expect(count).toBeGreaterThanOrEqual(15);
}, 1_800_000);
