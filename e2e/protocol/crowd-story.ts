import { expect } from 'vitest';
import { runCrowd } from './crowd';

/** @param leastEach so often must every fault have happened, or there was no bad weather */
export async function endureBadNetworks(durationMs: number, leastEach: number, leastCreated: number): Promise<void> {
  const outcome = await runCrowd({
    clients: 20,
    durationMs,
    leastEach,
    leastCreated,
    share: 0.07,
    delayMs: 250,
    timeoutMs: 6_000,
  });
  const { accounts, created, recovered, lost, ends, faults } = outcome;
  for (const count of Object.values(faults)) expect(count).toBeGreaterThanOrEqual(leastEach);
  expect(created).toBeGreaterThanOrEqual(leastCreated);
  const { done = 0, ...failures } = ends;
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  expect(failed / (failed + done)).toBeGreaterThan(0.05);
  expect(accounts).toBeGreaterThanOrEqual(20);
  expect(lost).toEqual([]);
  expect(recovered / accounts).toBeGreaterThanOrEqual(0.99);
}
