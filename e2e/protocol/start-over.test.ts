/** Start over: the way on for somebody without device and PIN, and nobody's way to a backup that still has guesses. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Secret } from '@/lib/crypto/secret';
import { ownerKeyOf } from '@/lib/keyless/backup/generation';
import { objectionStatement } from '@/lib/keyless/wire/statement';
import { createHome, createProfile, refuseRequests, signedIn } from './profile';
import {
  bytesOf,
  codeOf,
  countRealmRows,
  create,
  createWorld,
  type Device,
  GUESSES,
  random,
  recover,
  rotate,
  type World,
} from './world';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: World;
let account: Uint8Array;
let owner: Device;
let wallet: Secret;
/** Somebody who can sign in, and has neither PIN nor wallet. */
let somebody: Device;
let slot: Uint8Array;

beforeEach(async () => {
  world = await createWorld();
  account = random(32);
  owner = await world.device(account);
  wallet = (await create(owner)).entropy;
  somebody = await world.device(account);
  slot = (await metadata()).active?.slot ?? random(16);
  world.nowMs += HOUR_MS;
});

const metadata = () => somebody.parties.vault.metadata();
const ask = (device = somebody) => codeOf(device.parties.issuer.startOver(slot));
const orderOf = async () => (await metadata()).order;

async function useUp(): Promise<void> {
  for (let tries = 0; tries < GUESSES; tries++) {
    const { tries: schedule } = await somebody.parties.issuer.witness();
    world.nowMs = Math.max(world.nowMs, schedule.nextAtMs);
    await codeOf(recover(somebody, `73916${tries}`));
  }
}

/** Days, with what the servers do in them. */
async function pass(days: number): Promise<void> {
  for (let hours = 0; hours < days * 24; hours += 6) {
    world.nowMs += 6 * HOUR_MS;
    await world.vault.vault.sweep(100);
    await world.issuer.runDeletions();
  }
}

describe('starting over', () => {
  it('is refused while guesses are left, whoever asks', async () => {
    expect(await ask()).toBe('backup-exists');
    for (const pin of ['739160', '739161', '739162']) await codeOf(recover(somebody, pin));
    expect(await ask()).toBe('try-later');
    world.nowMs += 11 * 60_000;
    expect(await ask()).toBe('backup-exists');
    expect(await orderOf()).toBeNull();
    expect(bytesOf((await recover(await world.device(account))).entropy)).toEqual(bytesOf(wallet));
  });

  it('waits ten minutes after the last try: a right last guess may still be under way', async () => {
    await useUp();
    expect(await ask()).toBe('try-later');
    world.nowMs += 10 * 60_000;
    expect(await ask()).toBe('done');
  });

  it('stands for seven days and is told; then every party is empty, and the account takes a new wallet', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    expect(await ask()).toBe('done');
    expect(await orderOf()).toMatchObject({ order: 'start-over', deadlineMs: world.nowMs + 7 * DAY_MS });
    const [event] = (await owner.parties.issuer.witness()).events;
    expect(event).toMatchObject({ kind: 'ordered' });
    await pass(6.75);
    expect((await metadata()).active).not.toBeNull();
    await pass(0.5);
    expect(await metadata()).toMatchObject({ lastNumber: 2, active: null, order: null });
    await pass(0.5);
    expect(await countRealmRows(world, account, slot)).toBe(0);
    const next = await create(await world.device(account), '615243');
    expect(next.backup.generation).toBe(3);
    expect(bytesOf(next.entropy)).not.toEqual(bytesOf(wallet));
  });

  it('asked for again finds the order that stands', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    expect(await ask()).toBe('done');
    const order = await orderOf();
    world.nowMs += DAY_MS;
    expect(await ask()).toBe('done');
    expect(await orderOf()).toEqual(order);
  });

  it('ends with an objection of the owner, and of nobody else', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    await ask();
    const orderId = (await orderOf())?.orderId ?? random(16);
    expect(await codeOf(somebody.parties.vault.objectToStartOver({ orderId, signature: random(64) }))).not.toBe('done');
    const statement = objectionStatement({ vaultId: world.pins.vaultId, accountId: account, orderId });
    const signature = wallet.use((entropy) => ownerKeyOf(entropy, account).sign(statement));
    await owner.parties.vault.objectToStartOver({ orderId, signature });
    expect(await orderOf()).toBeNull();
    await pass(10);
    expect((await metadata()).active?.slot).toEqual(slot);
  });

  it('ends with a change of the PIN on an unlocked device', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    await ask();
    await rotate(owner, wallet, '905172');
    await pass(10);
    expect(bytesOf((await recover(await world.device(account), '905172')).entropy)).toEqual(bytesOf(wallet));
    expect(await ask()).toBe('slot-void');
  });

  it('is not begun on the word of too few realms, nor carried out while they do not say it again', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    const [first, second] = world.realms;
    if (!first || !second) throw new Error('no realms');
    for (const realm of [first, second]) realm.health = 'down';
    expect(await ask()).toBe('backup-exists');
    second.health = 'up';
    expect(await ask()).toBe('done');
    second.health = 'down';
    await pass(9);
    expect((await metadata()).active).not.toBeNull();
    second.health = 'up';
    await pass(0.5);
    expect((await metadata()).active).toBeNull();
  });

  it('whose answer from the vault was lost is found again in the feed, and carried out', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    let lost = 0;
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (!new URL(request.url).pathname.startsWith('/start-over/') || lost > 0) return response;
      lost += 1;
      throw new TypeError('connection reset');
    };
    expect(await ask()).toBe('vault-unreachable');
    expect(await ask()).toBe('done');
    await pass(8);
    expect((await metadata()).active).toBeNull();
  });

  it('leads somebody without a device from the question for the PIN to a new wallet', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    const profile = await createProfile(world, account);
    const background = profile.start();
    expect(await signedIn(background)).toBe('recover-pin');
    await background.startOver();
    expect(await background.stage()).toBe('start-over-ordered');
    expect(await background.flow()).toMatchObject({ deadlineMs: world.nowMs + 7 * DAY_MS });
    await background.back();
    expect(await background.stage()).toBe('welcome');
    await pass(3);
    expect(await signedIn(background)).toBe('start-over-ordered');
    await pass(5);
    await background.back();
    expect(await signedIn(background)).toBe('choose-pin');
    await background.choosePin('615243');
    expect(await background.stage()).toBe('backup-verified');
  });

  it('leads back to the question for the PIN while guesses are left, or a server is away', async () => {
    const background = (await createProfile(world, account)).start();
    await signedIn(background);
    await background.startOver();
    expect(await background.stage()).toBe('recover-pin');
    expect(await background.flow()).toMatchObject({ error: { code: 'backup-exists' } });
    refuseRequests(world, /^\/start-over$/);
    await background.startOver();
    await background.stage();
    expect(await background.flow()).toMatchObject({ stage: 'recover-pin', error: { code: 'issuer-unreachable' } });
  });

  it('is said on a device that has the wallet, which objects', async () => {
    const home = await createHome(world);
    account = home.account;
    somebody = await world.device(account);
    slot = (await metadata()).active?.slot ?? slot;
    await useUp();
    world.nowMs += 11 * 60_000;
    expect(await ask()).toBe('done');
    const { background } = home;
    await background.statusWatch.poll();
    expect(await background.status()).toMatchObject({ order: { order: 'start-over' } });
    await background.upkeep.begin('withdraw');
    expect(await background.task()).toEqual({ stage: 'withdrawn' });
    expect(await orderOf()).toBeNull();
  });

  it('waits where the vault is away when its days are over, and is carried out once it is back', async () => {
    await useUp();
    world.nowMs += 11 * 60_000;
    await ask();
    world.nowMs += 7 * DAY_MS;
    world.intercept = (request, send) =>
      new URL(request.url).hostname === 'vault.test' ? Promise.reject(new TypeError('gone')) : send(request);
    expect(await world.issuer.runDeletions()).toMatchObject({ visited: 1 });
    // Put off, not asked for again and again.
    expect(await world.issuer.runDeletions()).toMatchObject({ visited: 0 });
    world.intercept = (request, send) => send(request);
    await pass(0.5);
    expect((await metadata()).active).toBeNull();
  });

  it('cannot be asked for at the vault by a device', async () => {
    const path = `http://vault.test/start-over/${[...account].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    for (const address of [path, `${path}/confirm`]) {
      const response = await world.fetch(address, { method: 'POST', body: '{}' });
      expect(response.status).toBe(401);
    }
  });
});
