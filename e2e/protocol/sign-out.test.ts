/** I4: a background may die at any change of its storage while its user signs out on this device. */
import { expect, it } from 'vitest';
import type { Area } from '@/lib/platform/storage';
import { type Cut, PowerCut } from './power';
import { addressOf, createWallet, PASSWORD, signedIn } from './profile';
import { createWorld, PIN, random } from './world';

/** Storage whose owner dies at its n-th change from when it is armed, and changes nothing any more. */
function mortalStorage() {
  const life = { armed: false, changes: 0, at: Number.POSITIVE_INFINITY, cut: 'before' as Cut, dead: false };
  const change = async (effect: () => Promise<void>): Promise<void> => {
    if (life.dead) throw new PowerCut();
    if (life.armed) life.changes += 1;
    life.dead = life.armed && life.changes === life.at;
    if (life.dead && life.cut === 'before') throw new PowerCut();
    await effect();
    if (life.dead) throw new PowerCut();
  };
  const bend = (area: Area): Area => ({
    get: area.get,
    set: (items) => change(() => area.set(items)),
    remove: (keys) => change(() => area.remove(keys)),
    clear: () => change(() => area.clear()),
  });
  return { life, bend };
}

async function signOutUntilDeath(at: number, cut: Cut): Promise<number> {
  const world = await createWorld();
  const { life, bend } = mortalStorage();
  const { background, start, local, session } = await createWallet(world, random(32), bend);
  await background.proceed();
  await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
  const address = await addressOf(background);
  expect(address).toMatch(/^0x/);
  Object.assign(life, { armed: true, at, cut });
  await background.signOut().catch((error: unknown) => {
    if (!life.dead) throw error;
  });
  const { changes } = life;
  Object.assign(life, { armed: false, dead: false });

  // The browser starts another one: it is signed out, or the wallet is whole.
  const next = start();
  const stage = await next.stage();
  expect(['welcome', 'locked', 'home']).toContain(stage);
  if (stage !== 'welcome') await next.signOut();
  expect(await next.stage()).toBe('welcome');
  expect(Object.keys(await local.get(null))).not.toEqual(expect.arrayContaining(['sealed']));
  for (const area of [local, session])
    expect(Object.keys(await area.get(null)).filter((key) => key !== 'flow')).toEqual([]);
  expect(await signedIn(next)).toBe('recover-pin');
  await next.recover(PIN);
  expect(await next.stage()).toBe('device-unlock');
  expect(await addressOf(next)).toBe(address);
  return changes;
}

it.each<Cut>(['before', 'after'])(
  'dying %s any change leaves a whole wallet or none on the device, and the backup as it was',
  async (cut) => {
    const changes = await signOutUntilDeath(Number.POSITIVE_INFINITY, cut);
    expect(changes).toBeGreaterThan(5);
    for (let at = 1; at <= changes; at++) await signOutUntilDeath(at, cut);
  },
  240_000,
);
