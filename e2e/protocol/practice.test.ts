import { beforeEach, describe, expect, it } from 'vitest';
import { LADDER_MS } from '@/lib/keyless/pin/reminder';
import {
  addressOf,
  createHome,
  createProfile,
  PASSWORD,
  passRequests,
  practise,
  refuseRequests,
  resetPin,
  stopRequests,
  WRONG_PIN,
} from './profile';
import { codeOf, createWorld, PIN, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

describe('practising a recovery', () => {
  it('recovers for real, in memory, and tells each part', async () => {
    const { background } = await createHome(world);
    const before = await addressOf(background);
    world.nowMs += 3_600_000;
    const asked: string[] = [];
    world.intercept = async (request, send) => {
      asked.push(new URL(request.url).pathname);
      return send(request);
    };
    expect(await practise(background, PIN)).toMatchObject({ stage: 'drilled', generation: 1, failedTries: 0 });
    for (const path of ['/backup', '/witness', '/tokens/recover', '/generations/1/release', '/success'])
      expect(asked).toContain(path);
    expect(await background.drilledAt()).toBe(world.nowMs);
    expect(await background.device()).toMatchObject({ verifiedAtMs: world.nowMs });
    expect(await addressOf(background)).toBe(before);
  });

  it('counts a wrong PIN like any other, says how many are left, and is done with the next right one', async () => {
    const { background } = await createHome(world);
    expect(await practise(background, WRONG_PIN)).toMatchObject({
      stage: 'drill-pin',
      error: { code: 'pin-wrong' },
      triesLeft: 7,
      ownTries: 1,
    });
    expect(await background.drilledAt()).toBeNull();
    await background.upkeep.drill(PIN);
    expect(await background.task()).toMatchObject({ stage: 'drilled', failedTries: 1 });
  });

  it('fails where a recovery would fail, and is tried again with the same PIN', async () => {
    const { background } = await createHome(world);
    refuseRequests(world, /\/release$/);
    expect(await practise(background, PIN)).toMatchObject({ stage: 'drilling', error: { code: 'vault-unreachable' } });
    passRequests(world);
    await background.upkeep.retry();
    expect(await background.task()).toMatchObject({ stage: 'drilled' });
  });

  it('that was stopped while the realms were asked says that a try may be used', async () => {
    const { background, start } = await createHome(world);
    const stopped = stopRequests(world, /^\/tokens\/recover$/);
    void practise(background, PIN);
    await stopped;
    passRequests(world);
    expect(await start().task()).toMatchObject({ stage: 'drill-pin', error: { code: 'try-may-be-used' } });
  });

  it('refuses a vault that names an older generation, before any PIN', async () => {
    const { background } = await createHome(world);
    let old: Response | null = null;
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (new URL(request.url).pathname !== '/backup') return response;
      old ??= response.clone();
      return old.clone();
    };
    await background.upkeep.begin('drill');
    expect(await background.task()).toMatchObject({ stage: 'drill-pin' });
    await background.upkeep.leave();
    expect(await resetPin(background, '905172')).toMatchObject({ stage: 'pin-changed' });
    await background.upkeep.leave();
    await background.upkeep.begin('drill');
    expect(await background.task()).toMatchObject({ stage: 'stopped', error: { code: 'servers-disagree' } });
  });
});

describe('the question for the PIN', () => {
  it('is answered on this device: nobody is asked, and no try is spent', async () => {
    const { background, account } = await createHome(world);
    world.nowMs += LADDER_MS[0];
    const refuse = (request: Request) => Promise.reject(new TypeError(`asked ${request.url}`));
    world.intercept = refuse;
    expect(await codeOf(background.confirmation.check(PIN))).toBe('done');
    expect(await background.confirmation.reminder()).toMatchObject({ rung: 1, dueAtMs: world.nowMs + LADDER_MS[1] });
    expect(await codeOf(background.confirmation.check(WRONG_PIN))).toBe('pin-wrong');
    expect(await background.confirmation.reminder()).toMatchObject({ rung: 0, dueAtMs: world.nowMs });
    passRequests(world);
    const { parties } = await world.device(account);
    expect((await parties.issuer.witness()).tries.sinceSuccess).toBe(0);
  });

  it('does not stand in the way of a signature, and cannot be answered while locked', async () => {
    const { background } = await createHome(world);
    world.nowMs += LADDER_MS[5];
    await background.lock();
    expect(await codeOf(background.confirmation.check(PIN))).toBe('locked');
    await background.open('locked', () => background.keyring.unlock(PASSWORD));
    expect(await background.stage()).toBe('home');
  });

  it('becomes a recovery when the device was away for long, and is answered by one', async () => {
    const { background } = await createHome(world);
    world.nowMs += LADDER_MS[5] + 1;
    expect(await codeOf(background.confirmation.check(PIN))).toBe('bad-message');
    expect(await practise(background, PIN)).toMatchObject({ stage: 'drilled' });
    expect(await background.confirmation.reminder()).toMatchObject({ rung: 1, confirmedAtMs: world.nowMs });
    expect(await codeOf(background.confirmation.check(PIN))).toBe('done');
  });

  it('begins anew with a PIN that was just chosen', async () => {
    const { background } = await createHome(world);
    for (let times = 0; times < 3; times++) await background.confirmation.check(PIN);
    expect(await resetPin(background, '905172')).toMatchObject({ stage: 'pin-changed' });
    expect(await background.confirmation.reminder()).toMatchObject({ rung: 0, dueAtMs: world.nowMs + LADDER_MS[0] });
    expect(await codeOf(background.confirmation.check('905172'))).toBe('done');
    expect(await codeOf(background.confirmation.check(PIN))).toBe('pin-wrong');
  });

  it('is not asked where there is no backup', async () => {
    const background = (await createProfile(world, new Uint8Array(32))).start();
    expect(await background.confirmation.reminder()).toBeNull();
  });
});
