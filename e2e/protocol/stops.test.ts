import { beforeAll, describe, expect, it } from 'vitest';
import type { Area } from '@/lib/platform/storage';
import { addressOf, type Background, createProfile, PASSWORD, passRequests, signedIn } from './profile';
import { createWorld, PIN, random, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

/** Counts what a background waits for; from the chosen one on nothing comes back, as if it had been stopped there. */
function power() {
  const meter = { used: 0, lasts: Number.POSITIVE_INFINITY, out: () => {} };
  const wait = async <Result>(work: () => Promise<Result>, when: 'before' | 'after'): Promise<Result> => {
    meter.used += 1;
    const isOut = meter.used >= meter.lasts;
    const result = isOut && when === 'before' ? null : await work();
    if (!isOut) return result as Result;
    meter.out();
    return new Promise(() => {});
  };
  return { meter, wait };
}

/**
 * Runs `work` on a background that is stopped at its nth wait, before or after what it waited for has happened.
 * @returns whether it was stopped at all: false once n is beyond the end
 */
async function stoppedAt(
  nth: number,
  when: 'before' | 'after',
  account: Uint8Array,
  prepare: (background: Background) => Promise<void>,
  work: (background: Background) => Promise<void>,
) {
  let supply = power();
  const bend = (area: Area): Area => {
    const { wait } = supply;
    return {
      get: (keys) => area.get(keys),
      set: (items) => wait(() => area.set(items), when),
      remove: (keys) => wait(() => area.remove(keys), when),
      clear: () => area.clear(),
    };
  };
  const profile = await createProfile(world, account, bend);
  const first = profile.start();
  await prepare(first);
  const { meter, wait } = supply;
  meter.used = 0;
  meter.lasts = nth;
  const outage = new Promise<'stopped'>((resolve) => (meter.out = () => resolve('stopped')));
  // The realm client is everybody's here: what it waits for ends with its time-out, as if a realm were down.
  world.intercept = (request, send) => Promise.race([wait(() => send(request), when), timedOut(request)]);
  const outcome = await Promise.race([outage, work(first).then(() => 'done' as const)]);
  passRequests(world);
  supply = power();
  return { outcome, ...profile };
}

const timedOut = ({ signal }: Request) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** What a person does who sees these pages: goes on until the wallet is at home. */
async function goOn(background: Background): Promise<void> {
  for (let step = 0; step < 12; step++) {
    switch (await background.stage()) {
      case 'welcome':
        await background.signIn('google');
        break;
      case 'choose-pin':
        await background.choosePin(PIN);
        break;
      case 'recover-pin':
        world.nowMs += 25 * 3_600_000;
        await background.recover(PIN);
        break;
      case 'creating':
      case 'recovering':
        await background.retry();
        break;
      case 'backup-verified':
        await background.proceed();
        break;
      case 'device-unlock':
        await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
        break;
      case 'locked':
        if ((await background.keyring.profile())?.unlock.includes('password'))
          await background.open('locked', () => background.keyring.unlock(PASSWORD));
        else await background.unlockWithPin(PIN);
        break;
      default:
        return;
    }
  }
}

/** The wallet that the device shows opens, and is the one that account and PIN bring back anywhere. */
async function expectWhole(background: Background, account: Uint8Array): Promise<void> {
  await goOn(background);
  expect(await background.stage()).toBe('home');
  expect(await background.keyring.isUnlocked()).toBe(true);
  const other = (await createProfile(world, account)).start();
  await signedIn(other);
  world.nowMs += 25 * 3_600_000;
  await other.recover(PIN);
  expect(await other.stage()).toBe('device-unlock');
  expect(await addressOf(background)).toBe(await addressOf(other));
}

/** `stride`: how many waits lie between two stops; the long form takes every one. */
const SPANS = {
  'while a wallet is created': {
    stride: process.env.HALFKEY_LONG ? 1 : 11,
    prepare: async (background: Background) => void (await signedIn(background)),
    work: async (background: Background) => {
      await background.choosePin(PIN);
      await background.settled();
    },
  },
  'while the way to unlock is chosen': {
    stride: 1,
    prepare: async (background: Background) => {
      await signedIn(background);
      await background.choosePin(PIN);
      await background.settled();
    },
    work: async (background: Background) => {
      await background.proceed();
      await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    },
  },
  'while it is locked and unlocked': {
    stride: 1,
    prepare: goOn,
    work: async (background: Background) => {
      await background.lock();
      await background.open('locked', () => background.keyring.unlock(PASSWORD));
    },
  },
  'while the device is signed out': {
    stride: 1,
    prepare: goOn,
    work: (background: Background) => background.signOut(),
  },
};

describe.each(Object.entries(SPANS))('a background that is stopped %s', (_, { stride, prepare, work }) => {
  it.each(['before', 'after'] as const)(
    'loses nothing, wherever it was, %s it happened',
    async (when) => {
      let points = 0;
      for (let nth = 1; ; nth += stride) {
        const account = random(32);
        const { outcome, start, session } = await stoppedAt(nth, when, account, prepare, work);
        if (outcome === 'done') break;
        points += 1;
        // Every other time the browser ends with it.
        if (points % 2 === 0) await session.clear();
        await expectWhole(start(), account);
      }
      expect(points).toBeGreaterThan(2);
    },
    240_000,
  );
});
