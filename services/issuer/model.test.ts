import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equalBytes, toHex } from '@/lib/bytes';
import { type Account, accountSchema, findSlot, NEW_ACCOUNT, type Slot } from './account/account';
import { grantRecover, grantRegister } from './account/grant';
import { keepRow } from './account/keep';
import type { Step } from './account/step';
import { noteOwnersTry } from './account/success';
import { ACCOUNT, DEVICE, OTHER_DEVICE, OWNER, REALM_SET_ID, START_MS, THIEF } from './testing/issuer';
import { createModelVault, numbered, type Reservation, signActivation, signSuccess } from './testing/model-vault';
import { knowsAll, readAll } from './testing/steps';

interface Action {
  kind: string;
  /** How many reservations back the slot is that a device asks for. */
  pick: number;
  isOwner: boolean;
  isSameDevice: boolean;
  waitMs: number;
}

const KINDS = ['reserve', 'register', 'recover', 'keep', 'activate', 'success'];
const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...KINDS, 'void', 'order', 'undo', 'erase', 'restore'),
  pick: fc.nat(5),
  isOwner: fc.boolean(),
  isSameDevice: fc.boolean(),
  waitMs: fc.constantFrom(0, 1000, 700_000, 90_000_000),
});
/** The way to a backup, or as far as it gets: chance alone seldom walks it. */
const journey: fc.Arbitrary<Action[]> = fc
  .integer({ min: 3, max: KINDS.length })
  .map((length) =>
    KINDS.slice(0, length).map((kind) => ({ kind, pick: 0, isOwner: true, isSameDevice: true, waitMs: 1000 })),
  );
const stories = (maxLength: number): fc.Arbitrary<Action[]> =>
  fc
    .array(fc.oneof(journey, fc.array(action, { minLength: 1, maxLength: 3 })), { maxLength })
    .map((parts) => parts.flat());

/** One account between a model vault, which signs what R1, R2 and R7 allow, and the steps under test. */
function openWorld() {
  let nowMs = START_MS;
  const vault = createModelVault(() => nowMs);
  const reservations: Reservation[] = [];
  let account = NEW_ACCOUNT;
  const copies: Account[] = [NEW_ACCOUNT];

  const take = (step: Step<unknown>): boolean => {
    if (step.done) account = step.account;
    return step.done;
  };
  const vaultActs = ({ kind, isOwner, isSameDevice }: Action) => {
    const known = vault.account(ACCOUNT);
    const jkt = isSameDevice ? DEVICE : OTHER_DEVICE;
    // An active row is rotated by its owner only; a standing order forbids it.
    const mayReserve = !known.order && (!known.active || (known.active.owner === OWNER) === isOwner);
    if (kind === 'reserve' && mayReserve) {
      const slot = numbered(16, reservations.length);
      reservations.push(vault.reserve(ACCOUNT, { slot, realmSetId: REALM_SET_ID, jkt }));
    }
    if (kind === 'void') vault.voidOpen(ACCOUNT);
    if (kind === 'order' && known.active && !known.order) vault.order(ACCOUNT);
    if (kind === 'undo' && known.order) vault.undo(ACCOUNT);
    if (kind === 'erase' && known.order) vault.erase(ACCOUNT);
    if (kind === 'activate' && known.open && !known.order) {
      const slot = findSlot(account, known.open.slot);
      const owner = known.active?.owner ?? (isOwner ? OWNER : THIEF);
      const signed = signActivation(vault, ACCOUNT, known.open, owner);
      // The vault activates nothing that was not kept here.
      const isKept = slot?.state === 'kept' && keepRow(account, keepInput(signed)).done;
      if (isKept) vault.activate(ACCOUNT, signed, owner);
    }
  };
  const keepInput = (signed: { statement: Uint8Array; signature: Uint8Array }) => ({
    ...signed,
    vaultId: vault.vaultId,
    accountId: ACCOUNT,
  });
  const deviceAsks = ({ kind, pick, isOwner, isSameDevice }: Action): boolean => {
    const reservation = reservations.at(-1 - pick);
    if (!reservation) return false;
    const { slot } = reservation;
    const jkt = isSameDevice ? DEVICE : OTHER_DEVICE;
    const owner = isOwner ? OWNER : THIEF;
    const tryNumber = account.tries.lastNumber;
    switch (kind) {
      case 'register':
        return take(grantRegister(account, { slot, jkt, nowMs }, knowsAll));
      case 'recover':
        return take(grantRecover(account, { slot, jkt, nowMs }));
      case 'keep':
        return take(keepRow(account, keepInput(signActivation(vault, ACCOUNT, reservation, owner))));
      case 'success': {
        const signature = signSuccess(owner, ACCOUNT, slot, tryNumber);
        return take(noteOwnersTry(account, { slot, tryNumber, signature, accountId: ACCOUNT, jkt, nowMs }));
      }
      default:
        return false;
    }
  };
  return {
    vault,
    /** One action, with what stood before and after it, and which slot a device was given tokens for. */
    act(next: Action) {
      nowMs += next.waitMs;
      const before = account;
      const news = vault.account(ACCOUNT).entries.length;
      vaultActs(next);
      if (next.kind === 'restore') account = copies[next.pick % copies.length] ?? NEW_ACCOUNT;
      account = readAll(vault, account, nowMs);
      const read = account;
      const isGiven = deviceAsks(next);
      copies.push(account);
      const facts = vault.account(ACCOUNT).entries.slice(news);
      return { before, read, after: account, facts, given: isGiven ? reservations.at(-1 - next.pick) : undefined };
    },
    account: () => account,
  };
}

const byName = (account: Account) => new Map(account.slots.map((slot) => [toHex(slot.slot), slot]));
const ended = ({ slots, ended }: Account) =>
  new Set([...slots.filter(({ state }) => state === 'retired'), ...ended].map(({ slot }) => toHex(slot)));
const runs = { numRuns: 50 };

it('holds its promises whatever happens', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(stories(12), (actions) => {
      const world = openWorld();
      for (const next of actions) {
        const { before, after, facts, given } = world.act(next);
        if (next.kind === 'restore') continue;
        const kinds = facts.map(({ fact }) => fact.kind);

        // Numbers never restart.
        expect(after.lastNumber).toBeGreaterThanOrEqual(before.lastNumber);
        expect(after.tries.lastNumber).toBeGreaterThanOrEqual(before.tries.lastNumber);
        expect(after.place.number).toBe(world.vault.account(ACCOUNT).entries.length);

        // The owner is pinned by an activation alone and let go by an erasure alone.
        if (!kinds.includes('activated') && !kinds.includes('erased')) expect(after.ownerPub).toEqual(before.ownerPub);
        if (kinds.includes('erased')) expect(after.ownerPub).toBeNull();

        // Retired is final, and no token is given for a slot that has ended.
        const now = byName(after);
        for (const name of ended(before)) {
          expect(ended(after)).toContain(name);
          expect(now.get(name)?.state ?? 'retired').toBe('retired');
        }
        if (given) expect(ended(after)).not.toContain(toHex(given.slot));

        // A kept row leaves by the feed only.
        for (const [name, slot] of byName(before)) {
          if (slot.state !== 'kept' || now.get(name)?.state === 'kept') continue;
          expect(kinds.some((kind) => kind === 'void' || kind === 'activated' || kind === 'erased')).toBe(true);
        }

        // The current row is the one that the vault has active, under the same number.
        const { active, lastNumber } = world.vault.account(ACCOUNT);
        const current = after.slots.filter(({ state }) => state === 'current');
        expect(current.map(({ slot }) => toHex(slot))).toEqual(active ? [toHex(active.slot)] : []);
        expect(after.lastNumber).toBe(lastNumber);

        // What is not retired is current or the one open reservation; the rest is on its way out.
        const { open } = world.vault.account(ACCOUNT);
        const isOpen = ({ slot, state }: Slot) => state !== 'current' && state !== 'retired' && { slot };
        for (const slot of after.slots.filter(isOpen)) expect(open && equalBytes(open.slot, slot.slot)).toBe(true);
      }
    }),
    runs,
  );
});

it('heals from any older copy of itself by reading the feed again', { timeout: 120_000 }, () => {
  /** What follows from the feed alone; grants and kept rows are made again by the devices that want them. */
  const facts = (account: Account) => ({
    place: account.place,
    lastNumber: account.lastNumber,
    ownerPub: account.ownerPub,
    current: account.slots.filter(({ state }) => state === 'current').map(({ slot }) => toHex(slot)),
    ended: [...ended(account)].sort(),
    open: account.slots
      .filter(({ state }) => state !== 'current' && state !== 'retired')
      .map(({ slot }) => toHex(slot)),
  });
  const story = stories(12).map((actions) => actions.filter(({ kind }) => kind !== 'restore'));
  fc.assert(
    fc.property(story, fc.nat(40), (actions, age) => {
      const world = openWorld();
      const copies = actions.map((next) => world.act(next).after);
      const copy = copies[age % Math.max(1, copies.length)] ?? NEW_ACCOUNT;
      for (const old of [copy, NEW_ACCOUNT]) {
        const healed = readAll(world.vault, old, START_MS + 10 ** 10);
        expect(facts(healed)).toEqual(facts(world.account()));
        // Every slot that ended since is deleted in the realms, although the copy never granted it.
        const newlyEnded = [...ended(healed)].filter((name) => !ended(old).has(name));
        for (const name of newlyEnded) expect(byName(healed).get(name)?.state).toBe('retired');
      }
    }),
    runs,
  );
});

it('writes and reads every account that can come about', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(stories(10), (actions) => {
      const world = openWorld();
      for (const next of actions) world.act(next);
      const document = JSON.stringify(accountSchema.encode(world.account()));
      expect(accountSchema.parse(JSON.parse(document))).toEqual(world.account());
    }),
    { numRuns: 25 },
  );
});

it('gets far enough in these stories to mean something', { timeout: 120_000 }, () => {
  const states = new Set<string>();
  let rotations = 0;
  fc.assert(
    fc.property(stories(12), (actions) => {
      const world = openWorld();
      for (const next of actions) {
        const { after, facts } = world.act(next);
        for (const { state } of after.slots) states.add(state);
        if (after.lastNumber > 1 && facts.some(({ fact }) => fact.kind === 'activated')) rotations += 1;
      }
    }),
    { numRuns: 30, seed: 1 },
  );
  expect([...states].sort()).toEqual(['current', 'granted', 'kept', 'reserved', 'retired']);
  expect(rotations).toBeGreaterThan(10);
});
