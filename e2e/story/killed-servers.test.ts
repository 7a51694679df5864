import { expect, it } from 'vitest';
import { killWhileWriting } from './killed-servers';

it('kill -9 of servers and of PostgreSQL in 200 writes loses nothing that was acknowledged', async () => {
  const people = { people: 3, signIns: 6 };
  const writers = { writers: 5, backups: 3 };
  const { writes, signIns, kills } = await killWhileWriting({ ...writers, ...people, writesBetween: 24, seed: 20_260 });
  expect(signIns).toBe(18);
  expect(writes).toBeGreaterThanOrEqual(200);
  for (const count of Object.values(kills)) expect(count).toBeGreaterThanOrEqual(1);
}, 600_000);
