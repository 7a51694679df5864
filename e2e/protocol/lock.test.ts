import { beforeEach, describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import type { Area } from '@/lib/platform/storage';
import { createProfile, createWallet, PASSWORD, passRequests, refuseRequests, signedIn, WRONG_PIN } from './profile';
import { createWorld, PIN, random, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

/** Keys of the session area that hold secrets. */
const secretsIn = async (session: Area) => Object.keys(await session.get(['keyring', 'attempt']));

/** A wallet of this device, unlocked, whose every unlock is a recovery. */
async function homeWithPin() {
  const made = await createWallet(world, random(32));
  await made.background.proceed();
  await made.background.open('device-unlock', made.background.keyring.usePin);
  return made;
}

/** Storage that fails, or waits, when a test says so. */
function bendable() {
  const rule = { beforeSet: async (_items: Record<string, unknown>) => {} };
  const bend = (area: Area): Area => ({
    ...area,
    set: async (items) => {
      await rule.beforeSet(items);
      await area.set(items);
    },
  });
  return { rule, bend };
}

describe('locking', () => {
  it('closes what a recovery that was running has opened', async () => {
    const { background, session } = await homeWithPin();
    await background.lock();
    await background.unlockWithPin(PIN);
    await background.lock();
    expect(await background.stage()).toBe('locked');
    expect(await background.keyring.isUnlocked()).toBe(false);
    expect(await secretsIn(session)).toEqual([]);
  });

  it('while a password is being set leaves a locked wallet, not an open page without one', async () => {
    const { background } = await createWallet(world, random(32));
    await background.proceed();
    const setting = background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    await background.lock();
    await setting.catch(() => undefined);
    expect(await background.stage()).toBe('locked');
    expect(await background.keyring.isUnlocked()).toBe(false);
    await background.open('locked', () => background.keyring.unlock(PASSWORD));
    expect(await background.stage()).toBe('home');
  });

  it('forgets the PIN of a recovery that waits to be tried again', async () => {
    const { background } = await homeWithPin();
    await background.lock();
    refuseRequests(world, /^\/$/);
    await background.unlockWithPin(PIN);
    expect(await background.stage()).toBe('recovering');
    await background.lock();
    passRequests(world);
    expect(await background.stage()).toBe('locked');
    await expect(background.retry()).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('opens only what is locked, and seals only where it was asked', async () => {
    const { background } = await homeWithPin();
    const never = async () => Promise.reject(new Error('was run'));
    await expect(background.open('locked', never)).rejects.toMatchObject({ code: 'bad-message' });
    await expect(background.open('device-unlock', never)).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('is not undone by a page that signs out while another unlocks', async () => {
    const { background, local, session } = await createWallet(world, random(32));
    await background.proceed();
    await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    await background.lock();
    const unlocking = background.open('locked', () => background.keyring.unlock(PASSWORD));
    const leaving = background.signOut();
    await Promise.allSettled([unlocking, leaving]);
    expect(await background.stage()).toBe('welcome');
    expect(await local.get(null)).toEqual({});
    expect(await secretsIn(session)).toEqual([]);
  });
});

describe('the daily PIN', () => {
  it('takes its own wrong tries for nobody else’s', async () => {
    const { background, start } = await homeWithPin();
    await background.lock();
    await background.unlockWithPin(WRONG_PIN);
    await background.settled();
    const restarted = start();
    await restarted.unlockWithPin(PIN);
    expect(await restarted.stage()).toBe('home');
    expect(await restarted.foreignTries()).toBeNull();
  });

  it('remembers how many tries are left when something else goes wrong', async () => {
    const { background, identity } = await homeWithPin();
    await background.lock();
    await background.unlockWithPin(WRONG_PIN);
    await background.settled();
    identity.refuse = 'sign-in-expired';
    await background.unlockWithPin(WRONG_PIN);
    await background.settled();
    expect(await background.flow()).toMatchObject({
      stage: 'locked',
      triesLeft: 7,
      error: { code: 'sign-in-expired' },
    });
  });
});

describe('an attempt that came to nothing', () => {
  it.each([
    ['cannot be tried again', 'sign-in-expired'],
    ['waits to be tried again', null],
  ] as const)('leaves no entropy behind when it %s', async (_, refuse) => {
    const { start, identity, session } = await createProfile(world, random(32));
    const background = start();
    await signedIn(background);
    refuseRequests(world, /^\/witness/);
    await background.choosePin(PIN);
    await background.settled();
    identity.refuse = refuse;
    if (refuse) await background.retry();
    await background.settled();
    expect(await secretsIn(session)).toEqual([]);
  });

  it('leaves none when the background was stopped in the middle', async () => {
    const { start, session } = await createProfile(world, random(32));
    const first = start();
    await signedIn(first);
    let reached = () => {};
    const stopped = new Promise<void>((resolve) => (reached = resolve));
    world.intercept = (request, send) => {
      if (!/^\/generations/.test(new URL(request.url).pathname)) return send(request);
      reached();
      return new Promise(() => {});
    };
    await first.choosePin(PIN);
    await stopped;
    expect(await secretsIn(session)).toEqual(['attempt']);
    expect(await start().stage()).toBe('choose-pin');
    expect(await secretsIn(session)).toEqual([]);
  });
});

describe('storage that fails', () => {
  it('stops the page instead of running for ever', async () => {
    const { rule, bend } = bendable();
    const { start } = await createProfile(world, random(32), bend);
    const background = start();
    await signedIn(background);
    rule.beforeSet = async (items) => {
      if ('attempt' in items) throw new WalletError('storage-failed');
    };
    await background.choosePin(PIN);
    await background.settled();
    expect(await background.flow()).toMatchObject({ stage: 'creating', error: { code: 'storage-failed' } });
    rule.beforeSet = async () => {};
    await background.retry();
    expect(await background.stage()).toBe('backup-verified');
  });

  it('leaves the question where it was if the next step cannot be stored', async () => {
    const { rule, bend } = bendable();
    const { start } = await createProfile(world, random(32), bend);
    const background = start();
    await signedIn(background);
    rule.beforeSet = async () => Promise.reject(new WalletError('storage-failed'));
    await expect(background.choosePin(PIN)).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await background.stage()).toBe('choose-pin');
    rule.beforeSet = async () => {};
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('backup-verified');
  });
});

describe('what another start finds', () => {
  it('is a locked wallet where the page said home but nothing is open', async () => {
    const { start, session } = await homeWithPin();
    await session.remove(['keyring']);
    expect(await start().stage()).toBe('locked');
  });

  it('is the open wallet where the background was stopped before it could say so', async () => {
    const { background, start, session } = await homeWithPin();
    const open = await session.get(['keyring']);
    await background.lock();
    await session.set(open);
    expect(await start().stage()).toBe('home');
  });

  it('binds a device without a wallet to no account', async () => {
    const { local, start, identity, session } = await createWallet(world, random(32));
    await local.remove(['profile']);
    await session.clear();
    identity.account = random(32);
    identity.device = await world.device(identity.account);
    expect(await signedIn(start())).toBe('choose-pin');
  });
});
