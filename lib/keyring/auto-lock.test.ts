import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { createAutoLock } from './auto-lock';

const MINUTE_MS = 60_000;

function unlockedDevice() {
  const device = { nowMs: 1_000_000_000, unlocked: true, alarmAtMs: 0, minutes: 15, lockFails: false };
  const area = memoryArea();
  const started = () =>
    createAutoLock({
      lastUse: cell(area, 'lastUse', z.number()),
      idleMinutes: async () => device.minutes,
      setAlarm: async (atMs) => {
        device.alarmAtMs = atMs;
      },
      isUnlocked: async () => device.unlocked,
      lock: async () => {
        if (device.lockFails) throw new Error('storage');
        device.unlocked = false;
      },
      now: () => device.nowMs,
    });
  return { device, started };
}

describe('auto-lock', () => {
  it('locks when the time is over and not a moment before', async () => {
    const { device, started } = unlockedDevice();
    await started().touch();
    expect(device.alarmAtMs).toBe(device.nowMs + 15 * MINUTE_MS);
    device.nowMs += 15 * MINUTE_MS - 1;
    await started().check();
    expect(device.unlocked).toBe(true);
    device.nowMs += 1;
    await started().check();
    expect(device.unlocked).toBe(false);
  });

  it('is put off by every use', async () => {
    const { device, started } = unlockedDevice();
    const lock = started();
    await lock.touch();
    device.nowMs += 10 * MINUTE_MS;
    await lock.touch();
    device.nowMs += 10 * MINUTE_MS;
    await lock.check();
    expect(device.unlocked).toBe(true);
    expect(device.alarmAtMs).toBe(device.nowMs + 5 * MINUTE_MS);
  });

  it('locks at the next sign of life when the alarm was missed', async () => {
    const { device, started } = unlockedDevice();
    await started().touch();
    device.nowMs += 24 * 60 * MINUTE_MS;
    await started().check();
    expect(device.unlocked).toBe(false);
  });

  it('follows a shorter time at once', async () => {
    const { device, started } = unlockedDevice();
    await started().touch();
    device.nowMs += 5 * MINUTE_MS;
    device.minutes = 5;
    await started().check();
    expect(device.unlocked).toBe(false);
  });

  it('is not fooled by a clock that was put back', async () => {
    const { device, started } = unlockedDevice();
    await started().touch();
    device.nowMs -= 60 * MINUTE_MS;
    await started().check();
    expect(device.unlocked).toBe(false);
  });

  it('tries again when it could not lock, and gives no more time', async () => {
    const { device, started } = unlockedDevice();
    await started().touch();
    device.nowMs += 15 * MINUTE_MS;
    device.lockFails = true;
    await expect(started().check()).rejects.toThrow('storage');
    expect(device.alarmAtMs).toBe(device.nowMs + MINUTE_MS / 2);
    device.lockFails = false;
    device.nowMs += MINUTE_MS / 2;
    await started().check();
    expect(device.unlocked).toBe(false);
  });

  it('starts counting when an unlocked wallet was never touched', async () => {
    const { device, started } = unlockedDevice();
    await started().check();
    expect(device.alarmAtMs).toBe(device.nowMs + 15 * MINUTE_MS);
  });

  it('does nothing while locked', async () => {
    const { device, started } = unlockedDevice();
    device.unlocked = false;
    await started().touch();
    await started().check();
    expect(device.alarmAtMs).toBe(0);
  });
});
