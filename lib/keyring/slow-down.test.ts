import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { createSlowDown, OF_PINS, slowDownRecord } from './slow-down';

function device() {
  const clock = { nowMs: 1_000_000_000 };
  const local = memoryArea();
  const started = () => createSlowDown({ record: cell(local, 'slowDown', slowDownRecord), now: () => clock.nowMs });
  return { clock, local, started };
}

const wrong = async () => Promise.reject(new WalletError('password-wrong'));
const right = async () => 'open';

/** Waits out whatever has to be waited for, and types so many wrong ones. */
async function typeWrong({ clock, started }: ReturnType<typeof device>, count: number): Promise<void> {
  for (let typed = 0; typed < count; typed += 1) {
    clock.nowMs = (await started().nextAtMs()) ?? clock.nowMs;
    await expect(started().guard(wrong)).rejects.toMatchObject({ code: 'password-wrong' });
  }
}

it('slows wrong PINs down in their own words', async () => {
  const local = memoryArea();
  const pins = createSlowDown({ record: cell(local, 'pins', slowDownRecord), now: () => 1_000, codes: OF_PINS });
  const wrongPin = async () => Promise.reject(new WalletError('pin-wrong'));
  for (let typed = 0; typed < 4; typed += 1) await expect(pins.guard(wrongPin)).rejects.toMatchObject({ details: {} });
  await expect(pins.guard(wrongPin)).rejects.toMatchObject({ code: 'pin-wrong', details: { nextAtMs: 6_000 } });
  await expect(pins.guard(right)).rejects.toMatchObject({ code: 'try-later', details: { nextAtMs: 6_000 } });
});

describe('wrong passwords', () => {
  it('cost nothing four times, then longer and longer', async () => {
    const here = device();
    const waitsMs: number[] = [];
    for (let typed = 0; typed < 11; typed += 1) {
      await typeWrong(here, 1);
      waitsMs.push(((await here.started().nextAtMs()) ?? here.clock.nowMs) - here.clock.nowMs);
    }
    expect(waitsMs).toEqual([0, 0, 0, 0, 5_000, 15_000, 30_000, 60_000, 300_000, 300_000, 300_000]);
  });

  it('say when the next one is taken, and try nothing before', async () => {
    const here = device();
    await typeWrong(here, 4);
    const nextAtMs = here.clock.nowMs + 5_000;
    await expect(here.started().guard(wrong)).rejects.toMatchObject({ code: 'password-wrong', details: { nextAtMs } });
    here.clock.nowMs += 4_999;
    let tried = false;
    const attempt = async () => {
      tried = true;
    };
    await expect(here.started().guard(attempt)).rejects.toMatchObject({
      code: 'password-later',
      details: { nextAtMs },
    });
    expect(tried).toBe(false);
    here.clock.nowMs += 1;
    await here.started().guard(attempt);
    expect(tried).toBe(true);
  });

  it('are forgotten after a right one', async () => {
    const here = device();
    await typeWrong(here, 4);
    expect(await here.started().guard(right)).toBe('open');
    expect(await here.local.get(null)).toEqual({});
    await typeWrong(here, 4);
    expect(await here.started().nextAtMs()).toBeNull();
  });

  it('count also when the background is stopped while one is being tried', async () => {
    const here = device();
    await typeWrong(here, 4);
    void here.started().guard(() => new Promise(() => {}));
    while ((await here.started().nextAtMs()) === null) await Promise.resolve();
    expect(await here.started().nextAtMs()).toBe(here.clock.nowMs + 5_000);
  });

  it('are counted one after the other, however many pages try at once', async () => {
    const here = device();
    const one = here.started();
    const tries = await Promise.allSettled(Array.from({ length: 9 }, () => one.guard(wrong)));
    const codes = tries.map((result) => (result.status === 'rejected' ? result.reason.code : 'open'));
    expect(codes).toEqual([...Array(5).fill('password-wrong'), ...Array(4).fill('password-later')]);
  });

  it('do not keep out longer than the wait when the clock is put back', async () => {
    const here = device();
    await typeWrong(here, 9);
    here.clock.nowMs -= 365 * 24 * 3_600_000;
    expect(await here.started().nextAtMs()).toBe(here.clock.nowMs + 300_000);
    here.clock.nowMs += 300_000;
    expect(await here.started().guard(right)).toBe('open');
  });
});

describe('anything else that goes wrong', () => {
  it('is not counted', async () => {
    const here = device();
    await typeWrong(here, 3);
    for (let time = 0; time < 5; time += 1)
      await expect(
        here.started().guard(() => Promise.reject(new WalletError('keyring-damaged'))),
      ).rejects.toMatchObject({ code: 'keyring-damaged' });
    await typeWrong(here, 1);
    expect(await here.started().nextAtMs()).toBeNull();
  });
});
