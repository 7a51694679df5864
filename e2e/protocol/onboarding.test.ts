import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import type { Area } from '@/lib/platform/storage';
import {
  addressOf,
  createProfile,
  createWallet,
  PASSWORD,
  passRequests,
  refuseRequests,
  signedIn,
  stopRequests,
  WRONG_PIN,
} from './profile';
import { createWorld, PIN, random, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const profile = (account: Uint8Array) => createProfile(world, account);
const created = (account = random(32)) => createWallet(world, account);
const stopAt = (path: RegExp) => stopRequests(world, path);
const refuseAt = (path: RegExp) => refuseRequests(world, path);
const passAll = () => passRequests(world);

describe('creating', () => {
  it('leads from the welcome page to an open wallet', async () => {
    const background = (await profile(random(32))).start();
    expect(await background.stage()).toBe('welcome');
    expect(await signedIn(background)).toBe('choose-pin');
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('backup-verified');
    await background.proceed();
    expect(await background.stage()).toBe('device-unlock');
    await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    expect(await background.stage()).toBe('home');
    expect(await addressOf(background)).toMatch(/^0x/);
  });

  it('refuses a weak PIN with its reason and stays where it is', async () => {
    const background = (await profile(random(32))).start();
    await signedIn(background);
    const weak = { code: 'pin-weak', details: { reason: 'sequence' } };
    await expect(background.checkPin('123456')).rejects.toMatchObject(weak);
    await expect(background.choosePin('123456')).rejects.toMatchObject(weak);
    expect(await background.stage()).toBe('choose-pin');
  });

  it('says which server is down, and tries again without asking for the PIN', async () => {
    const background = (await profile(random(32))).start();
    await signedIn(background);
    refuseAt(/^\/generations/);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('creating');
    expect(await background.flow()).toMatchObject({ error: { code: 'vault-unreachable' } });
    passAll();
    await background.retry();
    expect(await background.stage()).toBe('backup-verified');
  });

  it('never takes the entropy of one account for the backup of another', async () => {
    const { start, identity, session } = await profile(random(32));
    const background = start();
    await signedIn(background);
    refuseAt(/^\/activate/);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('creating');
    await background.back();
    const first = { account: identity.account, device: identity.device };
    identity.account = random(32);
    identity.device = await world.device(identity.account);
    refuseAt(/^\/$/);
    await signedIn(background);
    await background.choosePin('905172');
    expect(await background.stage()).toBe('creating');
    await background.back();
    passAll();
    Object.assign(identity, first);
    // Whatever wallet the device shows now has to be the one that account and PIN bring back.
    const stage = await signedIn(background);
    if (stage === 'recover-pin') await background.recover(PIN);
    await background.settled();
    const shown = await addressOf(background);
    expect(shown).toMatch(/^0x/);
    await session.clear();
    const other = (await profile(first.account)).start();
    await signedIn(other);
    await other.recover(PIN);
    expect(await other.stage()).toBe('device-unlock');
    expect(await addressOf(other)).toBe(shown);
  });

  it('asks for sign-in again when it ran out and cannot be renewed', async () => {
    const { start, identity } = await profile(random(32));
    const background = start();
    await signedIn(background);
    identity.refuse = 'sign-in-expired';
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('welcome');
    expect(await background.flow()).toMatchObject({ error: { code: 'sign-in-expired' } });
  });

  it('becomes a recovery when another device was faster', async () => {
    const account = random(32);
    const background = (await profile(account)).start();
    await signedIn(background);
    const other = await created(account);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('recover-pin');
    await background.recover(PIN);
    expect(await background.stage()).toBe('device-unlock');
    expect(await addressOf(background)).toBe(await addressOf(other.background));
  });

  it('takes one action at a time, and each only in its place', async () => {
    const background = (await profile(random(32))).start();
    await expect(background.choosePin(PIN)).rejects.toMatchObject({ code: 'bad-message' });
    await signedIn(background);
    await background.choosePin(PIN);
    await expect(background.back()).rejects.toMatchObject({ code: 'busy' });
    await expect(background.signOut()).rejects.toMatchObject({ code: 'busy' });
    expect(await background.stage()).toBe('backup-verified');
  });
});

describe('signing in', () => {
  it('goes silently back when it was cancelled', async () => {
    const { start, identity } = await profile(random(32));
    const background = start();
    identity.refuse = 'sign-in-cancelled';
    expect(await signedIn(background)).toBe('welcome');
    expect(await background.flow()).toEqual({ stage: 'welcome', error: null });
  });

  it('is dropped when the user goes back meanwhile', async () => {
    const background = (await profile(random(32))).start();
    const reached = stopAt(/^\/backup/);
    await background.signIn('google');
    await reached;
    await background.back();
    passAll();
    expect(await signedIn(background)).toBe('choose-pin');
  });

  /** A device whose creation was signed, and which the vault then kept from ending; the user went back. */
  async function unfinishedCreation() {
    const made = await profile(random(32));
    const background = made.start();
    await signedIn(background);
    refuseAt(/^\/activate/);
    await background.choosePin(PIN);
    expect(await background.stage()).toBe('creating');
    await background.back();
    return { ...made, background };
  }

  it('opens no wallet behind the welcome page when the user went back while a creation was finished', async () => {
    const { background, local, session } = await unfinishedCreation();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    let reach = () => {};
    const reached = new Promise<void>((resolve) => (reach = resolve));
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (new URL(request.url).pathname !== '/witness') return response;
      reach();
      await answered;
      return response;
    };
    await background.signIn('google');
    await reached;
    await background.back();
    expect(await background.stage()).toBe('welcome');
    answer();
    // By the time that the next sign-in has come to its first request, what was dropped has ended.
    const again = stopAt(/^\/activate/);
    const before = [await local.get(['journal']), await session.get(['attempt'])];
    await background.signIn('google');
    await again;
    expect(await local.get(['profile', 'device'])).toEqual({});
    expect(await background.keyring.isUnlocked()).toBe(false);
    expect([await local.get(['journal']), await session.get(['attempt'])]).toEqual(before);
    await background.back();
    passAll();
    expect(await signedIn(background)).toBe('backup-verified');
    expect(await local.get(['journal'])).toEqual({});
    expect(await session.get(['attempt'])).toEqual({});
  });

  it('does not lead back once the wallet is being opened', async () => {
    let open = () => {};
    const opening = new Promise<void>((resolve) => (open = resolve));
    let reach = () => {};
    const reached = new Promise<void>((resolve) => (reach = resolve));
    let isHeld = false;
    const bend = (area: Area): Area => ({
      ...area,
      set: async (items) => {
        if (isHeld && 'device' in items) {
          reach();
          await opening;
        }
        return area.set(items);
      },
    });
    const background = (await createProfile(world, random(32), bend)).start();
    await signedIn(background);
    refuseAt(/^\/activate/);
    await background.choosePin(PIN);
    await background.settled();
    await background.back();
    passAll();
    isHeld = true;
    await background.signIn('google');
    await reached;
    await expect(background.back()).rejects.toMatchObject({ code: 'busy' });
    open();
    expect(await background.stage()).toBe('backup-verified');
  });

  it('stops before any PIN when the servers disagree', async () => {
    const { account } = await created();
    const other = (await profile(account)).start();
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (new URL(request.url).pathname !== '/backup') return response;
      return Response.json({ lastNumber: 0, active: null, order: null });
    };
    expect(await signedIn(other)).toBe('stopped');
    expect(await other.flow()).toMatchObject({ error: { code: 'servers-disagree' } });
    await other.proceed();
    expect(await other.stage()).toBe('welcome');
  });
});

describe('recovering', () => {
  it('shows the tries left after a wrong PIN, then brings the same wallet back', async () => {
    const { background, account } = await created();
    const other = (await profile(account)).start();
    expect(await signedIn(other)).toBe('recover-pin');
    await other.recover(WRONG_PIN);
    expect(await other.stage()).toBe('recover-pin');
    expect(await other.flow()).toMatchObject({ triesLeft: 7, error: { code: 'pin-wrong' } });
    await other.recover(PIN);
    expect(await other.stage()).toBe('device-unlock');
    expect(await addressOf(other)).toBe(await addressOf(background));
    expect(await other.foreignTries()).toBeNull();
  });

  it('tells of tries that were made elsewhere', async () => {
    const { account } = await created();
    const thief = (await profile(account)).start();
    await signedIn(thief);
    await thief.recover(WRONG_PIN);
    await thief.settled();
    const owner = (await profile(account)).start();
    await signedIn(owner);
    await owner.recover(PIN);
    expect(await owner.stage()).toBe('device-unlock');
    expect(await owner.foreignTries()).toMatchObject({ count: 1 });
  });

  it.each([
    ['the vault', /^\/backup/],
    ['the vault, at its challenge', /\/challenge$/],
    ['the realms', /^\/$/],
  ])('tells of a try that was made elsewhere also when an outage of %s came between', async (_, path) => {
    const { account } = await created();
    const thief = (await profile(account)).start();
    await signedIn(thief);
    await thief.recover(WRONG_PIN);
    await thief.settled();
    const owner = (await profile(account)).start();
    await signedIn(owner);
    refuseAt(path);
    await owner.recover(PIN);
    expect(await owner.stage()).toBe('recovering');
    passAll();
    await owner.retry();
    expect(await owner.stage()).toBe('device-unlock');
    expect(await owner.foreignTries()).toMatchObject({ count: 1 });
  });

  it.each([0, 1])(
    'takes its own try, whose answer was lost, for nobody else’s, beside %i of a stranger',
    async (strange) => {
      const { account } = await created();
      const thief = (await profile(account)).start();
      await signedIn(thief);
      if (strange > 0) await thief.recover(WRONG_PIN);
      await thief.settled();
      const owner = (await profile(account)).start();
      await signedIn(owner);
      world.intercept = async (request, send) => {
        const response = await send(request);
        if (request.url.endsWith('/tokens/recover')) throw new TypeError('connection reset');
        return response;
      };
      await owner.recover(PIN);
      expect(await owner.stage()).toBe('recovering');
      expect(await owner.flow()).toMatchObject({ error: { code: 'issuer-unreachable' } });
      passAll();
      await owner.retry();
      expect(await owner.stage()).toBe('device-unlock');
      expect(await owner.foreignTries()).toEqual(strange === 0 ? null : expect.objectContaining({ count: strange }));
    },
  );

  it('says when the next try is possible once they are spaced', async () => {
    const { account } = await created();
    const other = (await profile(account)).start();
    await signedIn(other);
    for (const _ of [1, 2, 3]) {
      await other.recover(WRONG_PIN);
      await other.settled();
    }
    expect(await other.flow()).toMatchObject({ triesLeft: 5, nextTryAtMs: world.nowMs + 10 * 60_000 });
    await other.recover(PIN);
    await other.settled();
    expect(await other.flow()).toMatchObject({ stage: 'recover-pin', error: { code: 'try-later' } });
  });

  it('works with one realm down', async () => {
    const { account, background } = await created();
    const [realm] = world.realms;
    if (realm) realm.health = 'down';
    const other = (await profile(account)).start();
    await signedIn(other);
    await other.recover(PIN);
    expect(await other.stage()).toBe('device-unlock');
    expect(await addressOf(other)).toBe(await addressOf(background));
  });
});

describe('locking', () => {
  it('leaves a device that asks for the PIN every time with a full recovery', async () => {
    const { background } = await created();
    await background.proceed();
    await background.open('device-unlock', () => background.keyring.usePin());
    await background.lock();
    expect(await background.stage()).toBe('locked');
    expect(await background.keyring.isUnlocked()).toBe(false);
    await background.unlockWithPin(WRONG_PIN);
    expect(await background.stage()).toBe('locked');
    expect(await background.flow()).toMatchObject({ error: { code: 'pin-wrong', details: { triesLeft: 7 } } });
    await background.unlockWithPin(PIN);
    expect(await background.stage()).toBe('home');
  });

  it('keeps another account out before a PIN is asked', async () => {
    const { background, identity } = await created();
    await background.proceed();
    await background.open('device-unlock', () => background.keyring.usePin());
    await background.lock();
    identity.account = random(32);
    await background.unlockWithPin(PIN);
    await background.settled();
    expect(await background.flow()).toMatchObject({ stage: 'locked', error: { code: 'other-account' } });
  });

  it('is where a new browser session starts', async () => {
    const { background, start, session } = await created();
    await background.proceed();
    await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
    await session.clear();
    const restarted = start();
    expect(await restarted.stage()).toBe('locked');
    await restarted.open('locked', () => restarted.keyring.unlock(PASSWORD));
    expect(await restarted.stage()).toBe('home');
  });

  it('signing out leaves the backup and nothing on the device', async () => {
    const { background, local, account, start } = await created();
    const address = await addressOf(background);
    await background.signOut();
    expect(await local.get(null)).toEqual({});
    const again = start();
    expect(await again.stage()).toBe('welcome');
    expect(await signedIn(again)).toBe('recover-pin');
    await again.recover(PIN);
    expect(await again.stage()).toBe('device-unlock');
    expect([await addressOf(again), toHex(account)]).toEqual([address, toHex(account)]);
  });
});

describe('a background that was stopped', () => {
  it('at the sign-in window says that it was interrupted', async () => {
    const { start } = await profile(random(32));
    const reached = stopAt(/^\/backup/);
    await start().signIn('google');
    await reached;
    const restarted = start();
    expect(await restarted.stage()).toBe('welcome');
    expect(await restarted.flow()).toMatchObject({ error: { code: 'interrupted' } });
  });

  it('goes on where a question was open', async () => {
    const { start } = await profile(random(32));
    await signedIn(start());
    const restarted = start();
    expect(await restarted.stage()).toBe('choose-pin');
    await restarted.choosePin(PIN);
    expect(await restarted.stage()).toBe('backup-verified');
    expect(await start().stage()).toBe('backup-verified');
  });

  it.each([/^\/generations/, /^\/tokens\/register/, /^\/tokens\/recover/, /^\/witness/])(
    'before the activation was signed, at %s, asks for the PIN again',
    async (path) => {
      const { start } = await profile(random(32));
      const first = start();
      await signedIn(first);
      const reached = stopAt(path);
      await first.choosePin(PIN);
      await reached;
      passAll();
      const restarted = start();
      expect(await restarted.stage()).toBe('choose-pin');
      expect(await restarted.flow()).toMatchObject({ error: { code: 'interrupted' } });
      await restarted.choosePin(PIN);
      expect(await restarted.stage()).toBe('backup-verified');
    },
  );

  it('after the activation was signed finishes by itself', async () => {
    const { start, session } = await profile(random(32));
    const first = start();
    await signedIn(first);
    const reached = stopAt(/^\/activate/);
    await first.choosePin(PIN);
    await reached;
    passAll();
    const attempt = (await session.get(['attempt'])).attempt;
    const restarted = start();
    expect(await restarted.stage()).toBe('backup-verified');
    expect(JSON.stringify(await session.get(['keyring']))).toContain(String(attempt));
    expect(await session.get(['attempt'])).toEqual({});
  });

  it('while the realms were asked says that a try may be used', async () => {
    const { account } = await created();
    const { start } = await profile(account);
    const first = start();
    await signedIn(first);
    const reached = stopAt(/^\/tokens\/recover/);
    await first.recover(PIN);
    await reached;
    passAll();
    const restarted = start();
    expect(await restarted.stage()).toBe('recover-pin');
    expect(await restarted.flow()).toMatchObject({ error: { code: 'try-may-be-used' } });
    await restarted.recover(PIN);
    expect(await restarted.stage()).toBe('device-unlock');
  });

  it('with an open wallet is at home, and locked when the browser had ended', async () => {
    const { background, start, session } = await created();
    await background.proceed();
    await background.open('device-unlock', () => background.keyring.usePin());
    expect(await start().stage()).toBe('home');
    await session.clear();
    expect(await start().stage()).toBe('locked');
  });
});
