import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { type RealmSet, realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import { decodeActivation } from '@/lib/keyless/wire/statement';
import {
  createHome,
  createProfile,
  PASSWORD,
  passRequests,
  refuseRequests,
  resetPin,
  signedIn,
  stopRequests,
} from './profile';
import { bytesOf, codeOf, createWorld, PIN, recover, type World } from './world';

const NEW_PIN = '905172';
const OTHER_PIN = '615243';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const opens = async (account: Uint8Array, pin: string) => codeOf(recover(await world.device(account), pin));
const entropyAfter = async (account: Uint8Array, pin: string) =>
  bytesOf((await recover(await world.device(account), pin)).entropy);

describe('resetting the PIN', () => {
  it('leads from home to a new PIN, which alone opens the same wallet', async () => {
    const { background, account } = await createHome(world);
    const before = await entropyAfter(account, PIN);
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    expect(await background.device()).toMatchObject({ generation: 2, pinCheck: expect.any(Uint8Array) });
    expect(await opens(account, PIN)).toBe('pin-wrong');
    expect(await entropyAfter(account, NEW_PIN)).toEqual(before);
    await background.upkeep.leave();
    expect(await background.task()).toBeNull();
  });

  it('signs in and asks the servers before a PIN is chosen', async () => {
    const { background, identity } = await createHome(world);
    identity.refuse = 'sign-in-cancelled';
    expect(await resetPin(background, NEW_PIN)).toMatchObject({
      stage: 'opening',
      error: { code: 'sign-in-cancelled' },
    });
    identity.refuse = null;
    refuseRequests(world, /^\/backup$/);
    await background.upkeep.retry();
    expect(await background.task()).toMatchObject({ stage: 'opening', error: { code: 'vault-unreachable' } });
    passRequests(world);
    await background.upkeep.retry();
    expect(await background.task()).toMatchObject({ stage: 'new-pin' });
  });

  it('refuses a weak PIN and stays at the question', async () => {
    const { background } = await createHome(world);
    await background.upkeep.begin('pin-reset');
    await background.task();
    expect(await codeOf(background.upkeep.chooseNewPin('123456'))).toBe('pin-weak');
    expect(await background.task()).toMatchObject({ stage: 'new-pin' });
  });

  it('works when a thief has used all tries up', async () => {
    const { background, account } = await createHome(world);
    for (let tries = 0; tries < 8; tries++) {
      world.nowMs += 24 * 3_600_000;
      expect(await opens(account, `55555${tries}`)).not.toBe('done');
    }
    world.nowMs += 24 * 3_600_000;
    expect(await opens(account, PIN)).toBe('pin-used-up');
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    expect(await opens(account, NEW_PIN)).toBe('done');
  });

  it('works while another device has to wait for its next try', async () => {
    const { background, account } = await createHome(world);
    const other = await world.device(account);
    for (const pin of ['111117', '222227', '333337']) expect(await codeOf(recover(other, pin))).toBe('pin-wrong');
    expect(await codeOf(recover(other, '444447'))).toBe('try-later');
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    expect(await codeOf(recover(other, NEW_PIN))).toBe('done');
  });

  it('is not begun while the wallet is locked', async () => {
    const { background } = await createHome(world);
    await background.lock();
    expect(await codeOf(background.upkeep.begin('pin-reset'))).toBe('locked');
  });
});

describe('a reset that is interrupted', () => {
  it('before S was signed leaves the old PIN, and says so', async () => {
    const { background, start, account } = await createHome(world);
    const stopped = stopRequests(world, /^\/generations\/2$/);
    void resetPin(background, NEW_PIN);
    await stopped;
    passRequests(world);
    const next = start();
    expect(await next.task()).toMatchObject({ stage: 'resetting', error: { code: 'interrupted' }, pin: 'old' });
    expect(await opens(account, PIN)).toBe('done');
    await next.upkeep.retry();
    expect(await next.task()).toMatchObject({ stage: 'new-pin' });
    await next.upkeep.chooseNewPin(OTHER_PIN);
    expect(await next.task()).toEqual({ stage: 'pin-changed' });
    expect(await opens(account, OTHER_PIN)).toBe('done');
  });

  it('at the activation is finished by the next background, without the PIN', async () => {
    const { background, start, account } = await createHome(world);
    const stopped = stopRequests(world, /^\/activate$/);
    void resetPin(background, NEW_PIN);
    await stopped;
    passRequests(world);
    const next = start();
    expect(await next.task()).toEqual({ stage: 'pin-changed' });
    expect(await next.device()).toMatchObject({ generation: 2, pinCheck: null });
    expect(await opens(account, NEW_PIN)).toBe('done');
    expect(await opens(account, PIN)).toBe('pin-wrong');
  });

  it('with the browser is finished after the next unlock', async () => {
    const { background, start, account, session } = await createHome(world);
    const stopped = stopRequests(world, /^\/activate$/);
    void resetPin(background, NEW_PIN);
    await stopped;
    passRequests(world);
    await session.clear();
    const next = start();
    expect(await next.stage()).toBe('locked');
    expect(await next.task()).toBeNull();
    await next.open('locked', () => next.keyring.unlock(PASSWORD));
    expect(await next.task()).toEqual({ stage: 'pin-changed' });
    expect(await opens(account, NEW_PIN)).toBe('done');
  });

  it('after the vault committed it, when its answer was lost, says that either PIN may count until it knows', async () => {
    const { background, start, account } = await createHome(world);
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (new URL(request.url).pathname === '/activate') throw new TypeError('connection reset');
      return response;
    };
    expect(await resetPin(background, NEW_PIN)).toMatchObject({
      stage: 'resetting',
      error: { code: 'vault-unreachable' },
      pin: 'either',
    });
    passRequests(world);
    const next = start();
    expect(await next.task()).toMatchObject({ stage: 'pin-changed' });
    expect(await opens(account, NEW_PIN)).toBe('done');
    expect(await opens(account, PIN)).toBe('pin-wrong');
  });

  it('that another device overtook is told so, and can be made again', async () => {
    const { background, account } = await createHome(world);
    const second = (await createProfile(world, account)).start();
    await signedIn(second);
    await second.recover(PIN);
    await second.stage();
    let isOvertaken = false;
    world.intercept = async (request, send) => {
      if (request.url.endsWith('/tokens/register') && !isOvertaken) {
        isOvertaken = true;
        world.nowMs += 16 * 60_000;
        await resetPin(second, OTHER_PIN);
      }
      return send(request);
    };
    expect(await resetPin(background, NEW_PIN)).toMatchObject({
      stage: 'resetting',
      error: { code: 'slot-void' },
      pin: 'other',
    });
    expect(await opens(account, OTHER_PIN)).toBe('done');
    await background.upkeep.retry();
    expect(await background.task()).toEqual({ stage: 'pin-changed' });
    expect(await opens(account, NEW_PIN)).toBe('done');
  });

  it('by a lock ends by itself, and says after the unlock what became of it', async () => {
    const { background, account } = await createHome(world);
    let goOn = () => {};
    let reached = () => {};
    const atActivation = new Promise<void>((resolve) => (reached = resolve));
    const locked = new Promise<void>((resolve) => (goOn = resolve));
    world.intercept = async (request, send) => {
      if (new URL(request.url).pathname !== '/activate') return send(request);
      reached();
      await locked;
      return send(request);
    };
    void resetPin(background, NEW_PIN);
    await atActivation;
    await background.lock();
    expect(await background.upkeep.task()).toBeNull();
    goOn();
    await background.upkeep.settled();
    await background.open('locked', () => background.keyring.unlock(PASSWORD));
    expect(await background.task()).toEqual({ stage: 'pin-changed' });
    expect(await opens(account, NEW_PIN)).toBe('done');
  });

  it('forgets the question for a PIN with the lock', async () => {
    const { background } = await createHome(world);
    await background.upkeep.begin('pin-reset');
    expect(await background.task()).toMatchObject({ stage: 'new-pin' });
    await background.lock();
    await background.open('locked', () => background.keyring.unlock(PASSWORD));
    expect(await background.task()).toBeNull();
  });
});

/** What a build pins. */
const build = (currentRealmSet: RealmSet, past: readonly RealmSet[]) => ({
  currentRealmSet,
  realmSets: new Map([currentRealmSet, ...past].map((set) => [toHex(realmSetIdOf(set)), set])),
});

describe('another realm set', () => {
  it('takes the wallet over with the next reset, and an older build is told to update before any PIN', async () => {
    const { background, account, identity, start } = await createHome(world);
    const { parties } = identity.device;
    const later = { ...parties.pins, ...build(world.laterRealmSet, [world.realmSet]) };
    identity.device = { ...identity.device, parties: { ...parties, pins: later } };
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    const device = await background.device();
    expect(device && decodeActivation(device.statement).realmSetId).toEqual(realmSetIdOf(world.laterRealmSet));
    const newer = await world.device(account);
    const recovered = recover({ ...newer, parties: { ...newer.parties, pins: later } }, NEW_PIN);
    expect(await codeOf(recovered)).toBe('done');

    identity.device = { ...identity.device, parties };
    const older = start();
    await older.upkeep.leave();
    await older.upkeep.begin('pin-reset');
    expect(await older.task()).toMatchObject({ stage: 'stopped', error: { code: 'update-the-app' } });
  });
});
