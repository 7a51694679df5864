import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Background,
  createHome,
  createProfile,
  passRequests,
  practise,
  refuseRequests,
  resetPin,
  signedIn,
  WRONG_PIN,
} from './profile';
import { codeOf, createWorld, PIN, recover, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const NEW_PIN = '905172';

/** Two devices with the same wallet. */
async function twoDevices() {
  const first = await createHome(world);
  const second = (await createProfile(world, first.account)).start();
  await signedIn(second);
  await second.recover(PIN);
  await second.stage();
  return { ...first, second };
}

const isVaultStatus = ({ url }: Request) => url === 'http://vault.test/status';

const polled = async (background: Background) => {
  await background.statusWatch.poll();
  return background.status();
};

describe('status', () => {
  it('is verified, and says who answered and when', async () => {
    const { background } = await createHome(world);
    expect(await polled(background)).toMatchObject({
      vault: 'up',
      issuer: 'up',
      alarm: null,
      changedElsewhere: null,
      gone: false,
      verifiedAtMs: world.nowMs,
    });
  });

  it('tells that the PIN was changed on another device, and this one moves up', async () => {
    const { background, second } = await twoDevices();
    await background.statusWatch.poll();
    world.nowMs += 60_000;
    expect(await resetPin(second, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    expect(await polled(background)).toMatchObject({ alarm: null, changedElsewhere: { atMs: world.nowMs } });
    expect(await background.device()).toMatchObject({ generation: 2, pinCheck: null });
    expect(await codeOf(background.confirmation.check(PIN))).toBe('bad-message');
    expect(await practise(background, NEW_PIN)).toMatchObject({ stage: 'drilled', generation: 2 });
    await background.statusWatch.noted();
    expect(await polled(background)).toMatchObject({ changedElsewhere: null });
    expect(await polled(second)).toMatchObject({ changedElsewhere: null });
  });

  it('reaches other devices with the tries that somebody made, once, and not with their own', async () => {
    const { background, account } = await createHome(world);
    const thief = await world.device(account);
    for (const pin of ['111117', '222227', '333337']) await codeOf(recover(thief, pin));
    const lastAtMs = world.nowMs;
    world.nowMs += 60_000;
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toEqual({ count: 3, lastAtMs });
    world.nowMs += 24 * 3_600_000;
    expect(await practise(background, PIN)).toMatchObject({ stage: 'drilled', failedTries: 3 });
    await background.upkeep.leave();
    world.nowMs += 24 * 3_600_000;
    expect(await practise(background, WRONG_PIN)).toMatchObject({ error: { code: 'pin-wrong' } });
    const before = await background.foreignTries();
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toEqual(before);
  });

  it('tells no try that is still being made: only once no success has followed', async () => {
    const { background, second, account } = await twoDevices();
    await background.statusWatch.poll();
    world.nowMs += 24 * 3_600_000;
    const told: unknown[] = [];
    world.intercept = async (request, send) => {
      // The issuer has counted the try of the other device, and knows of no success.
      if (request.url.endsWith('/success')) {
        await background.statusWatch.poll();
        told.push(await background.foreignTries());
      }
      return send(request);
    };
    expect(await practise(second, PIN)).toMatchObject({ stage: 'drilled' });
    expect(told).toEqual([null]);
    passRequests(world);
    world.nowMs += 24 * 3_600_000;
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toBeNull();
    await codeOf(recover(await world.device(account), '111117'));
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toBeNull();
    world.nowMs += 60_000;
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toEqual({ count: 1, lastAtMs: world.nowMs - 60_000 });
  });

  it('tells that the wallet was recovered on another device, once, and not of what this one did itself', async () => {
    const { background, second } = await twoDevices();
    expect(await polled(background)).toMatchObject({ recoveredElsewhere: null });
    world.nowMs += 24 * 3_600_000;
    expect(await practise(second, PIN)).toMatchObject({ stage: 'drilled' });
    expect(await polled(background)).toMatchObject({ recoveredElsewhere: { atMs: world.nowMs } });
    expect(await polled(second)).toMatchObject({ recoveredElsewhere: null });
    await background.statusWatch.noted();
    world.nowMs += 24 * 3_600_000;
    for (const pin of [PIN, PIN]) {
      await practise(background, pin);
      await background.upkeep.leave();
      world.nowMs += 600_000;
    }
    expect(await polled(background)).toMatchObject({ recoveredElsewhere: null });
    expect(await polled(second)).toMatchObject({ recoveredElsewhere: { atMs: world.nowMs - 600_000 } });
  });

  it('keeps its age when nobody answers, and the last word stands', async () => {
    const { background } = await createHome(world);
    const before = await polled(background);
    world.nowMs += 3_600_000;
    refuseRequests(world, /^\/status$/);
    expect(await polled(background)).toEqual({ ...before, askedAtMs: world.nowMs, vault: 'down', issuer: 'down' });
  });

  it('says that it wants a sign-in when the status session is over', async () => {
    const { background, identity } = await createHome(world);
    identity.refuse = 'sign-in-expired';
    expect(await polled(background)).toMatchObject({ vault: 'expired', issuer: 'expired', verifiedAtMs: null });
  });

  it('of a vault that lies raises an alarm and changes nothing, until it is right again', async () => {
    const { background } = await createHome(world);
    const known = await background.device();
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (!isVaultStatus(request)) return response;
      const told = await response.json();
      return Response.json({
        ...told,
        active: { ...told.active, signature: told.active.signature.replace(/^../, 'AA') },
      });
    };
    expect(await polled(background)).toMatchObject({ alarm: 'unsigned-status', verifiedAtMs: null });
    expect(await background.device()).toEqual(known);
    passRequests(world);
    expect(await polled(background)).toMatchObject({ alarm: null, verifiedAtMs: world.nowMs });
  });

  it('of a vault that hides the backup is a disagreement, said when it is there twice', async () => {
    const { background } = await createHome(world);
    let asked = 0;
    const hide = (times: number) => {
      asked = 0;
      world.intercept = async (request, send) => {
        const response = await send(request);
        if (!isVaultStatus(request) || asked++ >= times) return response;
        return Response.json({ ...(await response.json()), active: null });
      };
    };
    hide(1);
    expect(await polled(background)).toMatchObject({ alarm: null });
    hide(2);
    expect(await polled(background)).toMatchObject({ alarm: 'servers-disagree' });
  });
});
