/** The same wallet under a second account: two backups, two PINs, two budgets of tries, and neither knows of the other. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Background,
  createHome,
  createProfile,
  passRequests,
  refuseRequests,
  resetPin,
  type SecondIdentity,
  signedIn,
  stopRequests,
} from './profile';
import { bytesOf, codeOf, create, createWorld, PIN, random, recover, type World } from './world';

const SECOND_PIN = '615243';
const NEW_PIN = '905172';

let world: World;
let home: Awaited<ReturnType<typeof createHome>>;
/** Who signs in at the second window. */
let second: SecondIdentity;

beforeEach(async () => {
  world = await createWorld();
  home = await createHome(world);
  second = { account: random(32), device: await world.device(random(32)), refuse: null };
  second.device = await world.device(second.account);
  home.identity.second = second;
});

async function add(background: Background, pin = SECOND_PIN) {
  await background.upkeep.begin('second-sign-in', { providerId: 'google' });
  const asked = await background.task();
  if (asked?.stage !== 'second-pin') return asked;
  await background.upkeep.chooseNewPin(pin);
  return background.task();
}

const entropyOf = async (account: Uint8Array, pin: string) =>
  bytesOf((await recover(await world.device(account), pin)).entropy);

describe('another sign-in', () => {
  it('backs the same wallet up under a second account, as its first generation', async () => {
    const { background, account } = home;
    expect(await add(background)).toEqual({ stage: 'second-added', providerId: 'google' });
    expect(await entropyOf(second.account, SECOND_PIN)).toEqual(await entropyOf(account, PIN));
    expect((await second.device.parties.vault.metadata()).active?.generation).toBe(1);
    expect(await background.secondSignIns()).toEqual([
      { providerId: 'google', accountId: second.account, createdAtMs: world.nowMs },
    ]);
    await background.upkeep.leave();
    expect(await background.stage()).toBe('home');
    expect(await background.device()).toMatchObject({ accountId: account, generation: 1 });
  });

  it('brings the wallet back on a new device without the first account', async () => {
    await add(home.background);
    const next = (await createProfile(world, second.account)).start();
    expect(await signedIn(next)).toBe('recover-pin');
    await next.recover(SECOND_PIN);
    expect(await next.stage()).toBe('device-unlock');
    expect(await next.device()).toMatchObject({ accountId: second.account });
  });

  it('has a PIN and tries of its own: neither opens or spends the other’s', async () => {
    const { background, account } = home;
    await add(background);
    expect(await codeOf(recover(await world.device(account), SECOND_PIN))).toBe('pin-wrong');
    expect(await codeOf(recover(await world.device(second.account), PIN))).toBe('pin-wrong');
    for (const pin of ['739160', '739161']) await codeOf(recover(await world.device(account), pin));
    expect(await codeOf(recover(await world.device(account), '739162'))).toBe('try-later');
    expect(await codeOf(recover(await world.device(second.account), SECOND_PIN))).toBe('done');
  });

  it('stays as it is when the first PIN is changed', async () => {
    const { background, account } = home;
    await add(background);
    await background.upkeep.leave();
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    expect(await codeOf(recover(await world.device(account), PIN))).toBe('pin-wrong');
    expect(await entropyOf(second.account, SECOND_PIN)).toEqual(await entropyOf(account, NEW_PIN));
  });

  it('is refused for the account that it has, and for one with another wallet’s backup', async () => {
    const { background, account, identity } = home;
    identity.second = { account, device: identity.device, refuse: null };
    expect(await add(background)).toMatchObject({
      error: { code: 'backup-exists', details: { reason: 'same-account' } },
    });
    await background.upkeep.leave();
    await create(second.device);
    identity.second = second;
    expect(await add(background)).toMatchObject({
      error: { code: 'backup-exists', details: { reason: 'other-wallet' } },
    });
    expect(await background.secondSignIns()).toBeNull();
  });

  it('that is there already is noted, and nothing is made again', async () => {
    const { background } = home;
    await add(background);
    await background.upkeep.leave();
    expect(await add(background)).toEqual({ stage: 'second-added', providerId: 'google' });
    expect(await background.secondSignIns()).toHaveLength(1);
    expect((await second.device.parties.vault.metadata()).lastNumber).toBe(1);
  });

  it('can be tried again where a server was away, and a weak PIN is refused at the question', async () => {
    const { background } = home;
    await background.upkeep.begin('second-sign-in', { providerId: 'google' });
    await background.task();
    expect(await codeOf(background.upkeep.chooseNewPin('111111'))).toBe('pin-weak');
    refuseRequests(world, /^\/activate$/);
    await background.upkeep.chooseNewPin(SECOND_PIN);
    expect(await background.task()).toMatchObject({ stage: 'seconding', error: { code: 'vault-unreachable' } });
    passRequests(world);
    await background.upkeep.retry();
    expect(await background.task()).toMatchObject({ stage: 'second-added' });
    expect((await second.device.parties.vault.metadata()).lastNumber).toBe(1);
  });

  it('that the browser stopped after it was signed is finished without the PIN, and the first backup is as it was', async () => {
    const { background, start, account } = home;
    const reached = stopRequests(world, /^\/activate$/);
    await background.upkeep.begin('second-sign-in', { providerId: 'google' });
    await background.task();
    await background.upkeep.chooseNewPin(SECOND_PIN);
    await reached;
    passRequests(world);
    const next = start();
    expect(await next.task()).toMatchObject({ stage: 'seconding', error: { code: 'interrupted' } });
    await next.upkeep.retry();
    expect(await next.task()).toMatchObject({ stage: 'second-added' });
    expect(await entropyOf(second.account, SECOND_PIN)).toEqual(await entropyOf(account, PIN));
  });

  it('that the browser stopped before it was signed leaves nothing, and begins anew', async () => {
    const { background, start } = home;
    const reached = stopRequests(world, /^\/witness$/);
    await background.upkeep.begin('second-sign-in', { providerId: 'google' }).catch(() => undefined);
    await reached;
    passRequests(world);
    const next = start();
    expect(await next.task()).toMatchObject({ stage: 'opening', error: { code: 'interrupted' } });
    await next.upkeep.retry();
    expect(await next.task()).toMatchObject({ stage: 'second-pin' });
    await next.upkeep.chooseNewPin(SECOND_PIN);
    expect(await next.task()).toMatchObject({ stage: 'second-added' });
  });
});
