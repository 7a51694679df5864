import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { decodeActivation } from '@/lib/keyless/wire/statement';
import {
  addressOf,
  type Background,
  createHome,
  createProfile,
  passRequests,
  resetPin,
  stopRequests,
  WRONG_PIN,
} from './profile';
import { codeOf, countRealmRows, createWorld, PIN, recover, type World } from './world';

const HOUR_MS = 3_600_000;
const DELAY_MS = 72 * HOUR_MS;
const NEW_PIN = '905172';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

/** From home to an order for deletion, or to where it ended. */
async function order(background: Background, pin = PIN) {
  await background.upkeep.begin('delete');
  const asked = await background.task();
  if (asked?.stage !== 'delete-pin') return asked;
  await background.upkeep.orderDeletion(pin);
  return background.task();
}

async function withdraw(background: Background) {
  await background.upkeep.leave();
  await background.upkeep.begin('withdraw');
  return background.task();
}

const opens = async (account: Uint8Array, pin = PIN) => codeOf(recover(await world.device(account), pin));

describe('deleting the backup', () => {
  it('wants the PIN, checked on this device', async () => {
    const { background } = await createHome(world);
    await background.upkeep.begin('delete');
    await background.task();
    expect(await codeOf(background.upkeep.orderDeletion(WRONG_PIN))).toBe('pin-wrong');
    expect(await background.task()).toMatchObject({ stage: 'delete-pin' });
    expect((await background.device())?.generation).toBe(1);
  });

  it('is a recovery where this device alone cannot tell, and costs a try when it is wrong', async () => {
    const { background } = await createHome(world);
    world.nowMs += 31 * 24 * HOUR_MS;
    expect(await order(background, WRONG_PIN)).toMatchObject({
      stage: 'delete-pin',
      error: { code: 'pin-wrong', details: { triesLeft: 7 } },
    });
    await background.upkeep.orderDeletion(PIN);
    expect(await background.task()).toMatchObject({ stage: 'deletion-ordered' });
  });

  it('can be undone for 72 hours, in which the backup recovers', async () => {
    const { background, account } = await createHome(world);
    expect(await order(background)).toEqual({ stage: 'deletion-ordered', deadlineMs: world.nowMs + DELAY_MS });
    world.nowMs += DELAY_MS - 60_000;
    expect(await opens(account)).toBe('done');
    expect(await withdraw(background)).toEqual({ stage: 'withdrawn' });
    world.nowMs += DELAY_MS;
    expect(await opens(account)).toBe('done');
  });

  it('leaves every party without what it held, but for what the page names', async () => {
    const { background, account } = await createHome(world);
    const { slot, recordHash } = decodeActivation((await background.device())?.statement ?? new Uint8Array());
    const before = await world.vaultStore.read(account);
    const active = before?.state.active;
    if (!active) throw new Error('no backup');
    const { record, wrappedShare, releasePub } = active.row;
    const pieces = [record, wrappedShare.ct, releasePub].map(toBase64url);
    const dumpOf = async () => JSON.stringify(await world.vaultStore.read(account), asText);
    for (const piece of pieces) expect(await dumpOf()).toContain(piece);
    expect(await countRealmRows(world, account, slot)).toBe(3);

    await order(background);
    world.nowMs += DELAY_MS + 1_000;
    // No device ever asks again.
    await world.vault.vault.sweep(100);
    await world.issuer.runDeletions();
    world.nowMs += 10 * 60_000;
    await world.issuer.runDeletions();

    const vault = await dumpOf();
    for (const piece of pieces) expect(vault).not.toContain(piece);
    expect((await world.vaultStore.read(account))?.state).toMatchObject({
      active: null,
      lastNumber: 2,
    });
    expect(await countRealmRows(world, account, slot)).toBe(0);
    const issuer = (await world.issuerStore.read(account))?.account;
    expect(issuer).toMatchObject({ slots: [], ownerPub: null, lastNumber: 2 });
    expect(JSON.stringify(issuer, asText)).not.toContain(toBase64url(recordHash));
  });

  it('that was carried out is told, and the same wallet is backed up anew', async () => {
    const { background, account } = await createHome(world);
    const address = await addressOf(background);
    await order(background);
    await background.upkeep.leave();
    world.nowMs += DELAY_MS + 1_000;
    await background.statusWatch.poll();
    expect(await background.status()).toMatchObject({ gone: true, alarm: null });
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
    expect(await background.device()).toMatchObject({ generation: 3 });
    const other = (await createProfile(world, account)).start();
    await other.signIn('google');
    await other.stage();
    await other.recover(NEW_PIN);
    await other.stage();
    expect(await addressOf(other)).toBe(address);
  });

  it('shows the order that stands when the answer to it was lost', async () => {
    const { background, start } = await createHome(world);
    const stopped = stopRequests(world, /^\/orders$/);
    void order(background);
    await stopped;
    passRequests(world);
    const next = start();
    expect(await next.task()).toMatchObject({ stage: 'ordering', error: { code: 'interrupted' } });
    await next.upkeep.retry();
    expect(await next.task()).toMatchObject({ stage: 'delete-pin' });
    await next.upkeep.orderDeletion(PIN);
    const ordered = await next.task();
    expect(ordered).toMatchObject({ stage: 'deletion-ordered' });
    await next.upkeep.leave();
    expect(await order(next)).toEqual(ordered);
  });

  it('stands in the way of a new PIN until it is undone', async () => {
    const { background } = await createHome(world);
    await order(background);
    await background.upkeep.leave();
    expect(await resetPin(background, NEW_PIN)).toMatchObject({
      stage: 'resetting',
      error: { code: 'deletion-pending' },
      pin: 'old',
    });
    await withdraw(background);
    await background.upkeep.leave();
    expect(await resetPin(background, NEW_PIN)).toEqual({ stage: 'pin-changed' });
  });

  it('is told to other devices, which can take it back', async () => {
    const { background, account } = await createHome(world);
    const other = (await createProfile(world, account)).start();
    await other.signIn('google');
    await other.stage();
    await other.recover(PIN);
    await other.stage();
    await order(background);
    await other.statusWatch.poll();
    expect(await other.status()).toMatchObject({ order: { order: 'delete', deadlineMs: world.nowMs + DELAY_MS } });
    expect(await withdraw(other)).toEqual({ stage: 'withdrawn' });
    await background.statusWatch.poll();
    expect(await background.status()).toMatchObject({ order: null });
  });

  it('cannot be taken back any more once it was carried out', async () => {
    const { background } = await createHome(world);
    await order(background);
    world.nowMs += DELAY_MS + 1_000;
    expect(await withdraw(background)).toMatchObject({ stage: 'opening', error: { code: 'backup-not-found' } });
  });
});

/** Bytes as the parties would store them. */
function asText(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? toBase64url(value) : value;
}
