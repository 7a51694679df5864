/** I4: a device may die at any moment. */
import { beforeAll, describe, expect, it } from 'vitest';
import { equalBytes } from '@/lib/bytes';
import type { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { resumeBackUp } from '@/lib/keyless/activation';
import { orderDeletion, undoDeletion } from './owner-orders';
import { type Cut, runUntilCut } from './power';
import {
  bytesOf,
  countRealmRows,
  create,
  createWorld,
  type Device,
  PIN,
  random,
  recover,
  rotate,
  type World,
} from './world';

const NEW_PIN = '905172';
const DAY_MS = 24 * 3_600_000;
const SLOW_MS = 240_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

/** The entropy behind the account and PIN, or why there is none. */
async function tryPin(account: Uint8Array, pin: string): Promise<Uint8Array | string> {
  try {
    return bytesOf((await recover(await world.device(account), pin)).entropy);
  } catch (error) {
    if (error instanceof WalletError) return error.code;
    throw error;
  }
}

/** Everything that time and the servers' own jobs do within two days. */
async function letTimePass(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    world.nowMs += DAY_MS / 2;
    await world.vault.vault.sweep(1_000);
    await world.issuer.runDeletions();
  }
}

async function expectOnlyCurrentRows(account: Uint8Array, slots: readonly Uint8Array[]): Promise<void> {
  const { parties } = await world.device(account);
  const { active } = await parties.vault.metadata();
  for (const slot of slots) {
    const isCurrent = active !== null && equalBytes(slot, active.slot);
    expect(await countRealmRows(world, account, slot)).toBe(isCurrent ? 3 : 0);
  }
}

/** The slots that reach the vault from now on, so that their fate in the realms can be looked up. */
function watchSlots(): Uint8Array[] {
  const slots: Uint8Array[] = [];
  const { vault } = world.vault;
  const reserve = vault.reserve.bind(vault);
  vault.reserve = (caller, request) => {
    slots.push(request.slot);
    return reserve(caller, request);
  };
  return slots;
}

/** As the feed tells. */
async function reservedSlots(account: Uint8Array): Promise<Uint8Array[]> {
  const entries = await world.vaultStore.feed(account, 0, 200);
  return entries.flatMap(({ fact }) => (fact.kind === 'reserved' ? [fact.slot] : []));
}

async function countContacts(work: (device: Device) => Promise<unknown>, device: Device): Promise<number> {
  const { contacts, survived } = await runUntilCut(world, device, Number.POSITIVE_INFINITY, 'before', work);
  expect(survived).toBe(true);
  return contacts;
}

const cuts: readonly Cut[] = ['before', 'after'];

describe.each(cuts)('a device that dies %s any contact', (cut) => {
  it(
    'of create leaves no backup, or one that account and PIN open',
    async () => {
      const slots = watchSlots();
      const contacts = await countContacts((device) => create(device), await world.device(random(32)));
      expect(contacts).toBeGreaterThan(25);
      for (let at = 1; at <= contacts; at++) {
        const account = random(32);
        const device = await world.device(account);
        const { survived } = await runUntilCut(world, device, at, cut, (mortal) => create(mortal));
        expect(survived).toBe(false);
        const resumed = await resumeBackUp(device.parties, device.journal);
        const outcome = await tryPin(account, PIN);
        if (resumed === 'activated') expect(outcome).toEqual(device.attempt.entropy);
        else expect(outcome === 'backup-not-found' || outcome instanceof Uint8Array).toBe(true);
        // Whatever happened, the account ends with a wallet that opens.
        if (outcome === 'backup-not-found') await create(device);
        expect(await tryPin(account, PIN)).toBeInstanceOf(Uint8Array);
        const mine = slots.splice(0);
        expect(mine.length).toBeGreaterThan(0);
        await letTimePass();
        await expectOnlyCurrentRows(account, mine);
      }
    },
    SLOW_MS,
  );

  it(
    'of a PIN reset leaves exactly one PIN, the same wallet, and an owner who can reset again',
    async () => {
      const slots = watchSlots();
      const reset = (entropy: Secret) => (device: Device) => rotate(device, entropy, NEW_PIN);
      const spare = await world.device(random(32));
      const contacts = await countContacts(reset((await create(spare)).entropy), spare);
      for (let at = 1; at <= contacts; at++) {
        const account = random(32);
        const device = await world.device(account);
        const { entropy } = await create(device);
        const wallet = bytesOf(entropy);
        await runUntilCut(world, device, at, cut, reset(entropy));
        await resumeBackUp(device.parties, device.journal);
        const outcomes = [await tryPin(account, PIN), await tryPin(account, NEW_PIN)];
        expect(outcomes.filter((outcome) => outcome instanceof Uint8Array)).toEqual([wallet]);
        expect(outcomes).toContain('pin-wrong');
        await rotate(device, entropy, NEW_PIN);
        expect(await tryPin(account, PIN)).toBe('pin-wrong');
        expect(await tryPin(account, NEW_PIN)).toEqual(wallet);
        const mine = slots.splice(0);
        expect(mine.length).toBeGreaterThan(0);
        await letTimePass();
        await expectOnlyCurrentRows(account, mine);
      }
    },
    SLOW_MS,
  );

  it(
    'of a recovery leaves the backup as it was',
    async () => {
      const account = random(32);
      const { entropy } = await create(await world.device(account));
      const wallet = bytesOf(entropy);
      const contacts = await countContacts((device) => recover(device), await world.device(account));
      for (let at = 1; at <= contacts; at++) {
        await runUntilCut(world, await world.device(account), at, cut, (device) => recover(device));
        expect(await tryPin(account, PIN)).toEqual(wallet);
      }
    },
    SLOW_MS,
  );

  it(
    'of a deletion and of its undo leaves a wallet that account and PIN open, and an owner who can do either again',
    async () => {
      for (const work of [orderDeletion, undoDeletion]) {
        const prepare = async () => {
          const device = await world.device(random(32));
          const { entropy } = await create(device);
          if (work === undoDeletion) expect(await orderDeletion(world, device, entropy)).toBe(200);
          return { device, entropy, act: (mortal: Device) => work(world, mortal, entropy) };
        };
        const spare = await prepare();
        const contacts = await countContacts(spare.act, spare.device);
        expect(contacts).toBe(2);
        for (let at = 1; at <= contacts; at++) {
          const { device, entropy, act } = await prepare();
          const { survived } = await runUntilCut(world, device, at, cut, act);
          expect(survived).toBe(false);
          const { accountId } = device.parties;
          expect(await tryPin(accountId, PIN)).toEqual(bytesOf(entropy));
          if ((await device.parties.vault.metadata()).order)
            expect(await undoDeletion(world, device, entropy)).toBe(200);
          expect(await orderDeletion(world, device, entropy)).toBe(200);
          for (let days = 0; days < 2; days++) await letTimePass();
          expect(await tryPin(accountId, PIN)).toBe('backup-not-found');
          // Nobody had told the issuer of the order: it has learnt of the end from this try.
          await letTimePass();
          await expectOnlyCurrentRows(accountId, await reservedSlots(accountId));
        }
      }
    },
    SLOW_MS,
  );
});
