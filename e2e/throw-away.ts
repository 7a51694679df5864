import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const TRIES = 40;
const BETWEEN_MS = 250;

/**
 * Removes the profile of a browser that has ended: its helpers end after it, and write until then. Begins anew each time,
 * as `maxRetries` of Node does not look again for what was written meanwhile.
 */
export async function throwAway(folder: string): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 0) throw error;
      await delay(BETWEEN_MS);
    }
  }
}
