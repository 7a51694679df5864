/** Locks after a time without use, also when the background was stopped and the alarm came late or never. */

export interface AutoLockDependencies {
  /** In `storage.session`: when the wallet was used last, ms since the epoch. */
  readonly lastUse: { read(): Promise<number | null>; write(value: number): Promise<void>; remove(): Promise<void> };
  readonly idleMinutes: () => Promise<number>;
  /** A timer that outlives the background; setting it again moves it. */
  readonly setAlarm: (atMs: number) => Promise<void>;
  readonly isUnlocked: () => Promise<boolean>;
  readonly lock: () => Promise<void>;
  /** ms since the epoch */
  readonly now: () => number;
}

export interface AutoLock {
  /** The user did something. */
  touch(): Promise<void>;
  /** At every start, alarm and message: locks if the time is over, otherwise sees to the alarm. */
  check(): Promise<void>;
}

const MINUTE_MS = 60_000;
/** After a lock that did not succeed; the shortest that browsers allow for an alarm. */
const RETRY_MS = 30_000;
/** Uses closer together than this count as one. */
const GRAIN_MS = 2_000;

export function createAutoLock(deps: AutoLockDependencies): AutoLock {
  const deadlineMs = async (lastUseMs: number) => lastUseMs + (await deps.idleMinutes()) * MINUTE_MS;

  const touch = async (): Promise<void> => {
    if (!(await deps.isUnlocked())) return;
    const nowMs = deps.now();
    const lastUseMs = await deps.lastUse.read();
    if (lastUseMs !== null && Math.abs(nowMs - lastUseMs) < GRAIN_MS) return;
    await deps.lastUse.write(nowMs);
    await deps.setAlarm(await deadlineMs(nowMs));
  };

  return {
    touch,
    check: async () => {
      if (!(await deps.isUnlocked())) return;
      const lastUseMs = await deps.lastUse.read();
      if (lastUseMs === null) return touch();
      const overMs = await deadlineMs(lastUseMs);
      // A clock that was put back must not keep the wallet open.
      const idle = deps.now() >= overMs || deps.now() < lastUseMs - MINUTE_MS;
      if (!idle) return deps.setAlarm(overMs);
      try {
        await deps.lock();
      } catch (error) {
        await deps.setAlarm(deps.now() + RETRY_MS);
        throw error;
      }
      // Not before: should the background be stopped on the way, the time is still over at the next look.
      await deps.lastUse.remove();
    },
  };
}
