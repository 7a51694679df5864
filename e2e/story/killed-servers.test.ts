import { expect, it } from 'vitest';
import { killWhileWriting } from './killed-servers';

it('kill -9 of servers and of PostgreSQL in 200 writes loses nothing that was acknowledged', async () => {
  const { writes, kills } = await killWhileWriting({ writers: 5, backups: 3, writesBetween: 24, seed: 20_260 });
  expect(writes).toBeGreaterThanOrEqual(200);
  for (const count of Object.values(kills)) expect(count).toBeGreaterThanOrEqual(1);
}, 600_000);
