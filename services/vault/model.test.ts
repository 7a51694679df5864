/** Any sequence of operations, by an owner's devices and by thieves, keeps the rules of the life cycle. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { equalBytes, toBase64url, toHex } from '@/lib/bytes';
import { type SigningKey, verifySignature } from '@/lib/crypto/signature';
import { type FeedEntry, feedEntryBytes, feedEntryHash } from '@/lib/keyless/wire/feed';
import { decodeActivation, deleteStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import { confirmStartOver, DELETION_DELAY_MS, orderStartOver, START_OVER_DELAY_MS } from './account/orders';
import type { Caller } from './account/outcome';
import { RESERVATION_LIFE_MS, TAKE_OVER_MS } from './account/reserve';
import { accountState } from './account/state';
import { type Attempt, signRelease } from './testing/actors';
import { createScene, MINUTE_MS, type Scene } from './testing/scene';

const TIMES_MS = [MINUTE_MS, TAKE_OVER_MS, RESERVATION_LIFE_MS, DELETION_DELAY_MS, START_OVER_DELAY_MS];

/** One person at one device. Two devices share the owner's key; a thief has a key of his own. */
const actor = fc.integer({ min: 0, max: 3 });
/** Which of the attempts made so far, counted from the latest. */
const pick = fc.integer({ min: 0, max: 3 });

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('reserve' as const), actor }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), actor, pick }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('activate' as const), actor, pick }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), actor }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), actor, pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), actor }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), actor }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('start-over' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('confirm' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), time: fc.nat(TIMES_MS.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

interface World extends Scene {
  readonly actors: readonly { caller: Caller; key: SigningKey }[];
  readonly attempts: Attempt[];
  /** Signatures of the feed that were verified already: it only grows. */
  verified: number;
}

function createWorld(seed: number): World {
  const scene = createScene(seed);
  const owner = scene.owner();
  const keys = [owner, owner, scene.owner(), scene.owner()];
  return { ...scene, actors: keys.map((key) => ({ key, caller: scene.device() })), attempts: [], verified: 0 };
}

const stateOf = async ({ store, accountId }: Scene) => (await store.read(accountId))?.state ?? null;

async function act(world: World, action: Action): Promise<void> {
  const { vault, vaultId, accountId, attempts, random } = world;
  const state = await stateOf(world);
  const active = state?.active ?? null;
  const who = world.actors['actor' in action ? action.actor : 0] ?? fail();
  const attempt = 'pick' in action ? attempts.at(-1 - action.pick) : undefined;
  const reserve = async () => {
    const made = world.attempt(who.caller, who.key, state?.lastNumber ?? 0);
    attempts.push(made);
    await vault.reserve(made.caller, made.reserve);
    return made;
  };
  switch (action.kind) {
    case 'reserve':
      await reserve();
      return;
    case 'put':
      if (attempt) await vault.putRow(who.caller, attempt.reserve.to, attempt.row);
      return;
    case 'activate':
      // The worst issuer: it keeps whatever it is shown.
      if (attempt) await vault.activate(who.caller, world.activation(attempt, active?.statement ?? null));
      return;
    case 'create': {
      const made = await reserve();
      await vault.putRow(made.caller, made.reserve.to, made.row);
      await vault.activate(made.caller, world.activation(made, active?.statement ?? null));
      return;
    }
    case 'release':
      return attempt && release(world, who.caller, attempt);
    case 'delete': {
      const orderId = random(16);
      const { generation, slot, statement } = active ?? { generation: 0, slot: random(16), statement: null };
      const order = { generation, slot, orderId, statementHash: statementHashOf(statement), notBeforeS: 0 };
      const signature = who.key.sign(deleteStatement({ ...order, vaultId, accountId }));
      await vault.orderDeletion(who.caller, { ...order, signature });
      return;
    }
    case 'undo': {
      const orderId = active?.order?.orderId ?? random(16);
      const signature = who.key.sign(undoStatement({ vaultId, accountId, orderId }));
      await vault.undoDeletion(who.caller, { orderId, signature });
      return;
    }
    case 'start-over': {
      const input = { orderId: random(16), slot: active?.slot ?? random(16) };
      await world.run((current, context) => orderStartOver(current, input, context));
      return;
    }
    case 'confirm': {
      const orderId = active?.order?.orderId ?? random(16);
      await world.run((current, context) => confirmStartOver(current, orderId, context));
      return;
    }
    case 'pass':
      world.pass(TIMES_MS[action.time] ?? 0);
      return;
    case 'sweep':
      await vault.sweep(10);
  }
}

/** A release succeeds only for the live row, or for the pending row of this very device. */
async function release(world: World, caller: Caller, attempt: Attempt): Promise<void> {
  const { vault, vaultId } = world;
  const { to, slot } = attempt.reserve;
  const challenge = await vault.challenge(caller, to);
  if (!challenge.ok) return;
  const state = await stateOf(world);
  const released = await vault.release(caller, to, signRelease(attempt, vaultId, caller, challenge.answer.challenge));
  const isActive = state?.active != null && equalBytes(state.active.slot, slot);
  const pending = state?.reservation;
  const isOwnPending = pending?.row != null && equalBytes(pending.slot, slot) && equalBytes(pending.jkt, caller.jkt);
  expect(released.ok).toBe(isActive || isOwnPending);
  if (released.ok) expect(released.answer.backendShare).toEqual(attempt.row.backendShare);
}

function fail(): never {
  throw new Error('no such actor');
}

/** What a reader of the feed alone knows; refuses every feed that breaks a rule. */
function replay(world: World, entries: readonly FeedEntry[]) {
  const { vaultId, accountId, receiptKey } = world;
  let previousHash = feedEntryHash(null);
  let lastNumber = 0;
  let active: { slot: string; owner: string } | null = null;
  let open: string | null = null;
  let order: string | null = null;
  const fate = new Map<string, FeedEntry['fact']['kind']>();
  const orders = new Set<string>();
  entries.forEach((entry, index) => {
    const signedBytes = feedEntryBytes(vaultId, accountId, entry);
    expect(entry.number).toBe(index + 1);
    expect(entry.previousHash).toEqual(previousHash);
    if (index >= world.verified) expect(verifySignature(receiptKey.publicKey, signedBytes, entry.signature)).toBe(true);
    previousHash = feedEntryHash(signedBytes);
    const { fact } = entry;
    switch (fact.kind) {
      case 'reserved':
        expect([open, order, fact.from, fact.to]).toEqual([null, null, lastNumber, lastNumber + 1]);
        expect(fate.has(toHex(fact.slot))).toBe(false);
        open = toHex(fact.slot);
        fate.set(open, 'reserved');
        break;
      case 'void':
        expect(open).toBe(toHex(fact.slot));
        fate.set(toHex(fact.slot), 'void');
        open = null;
        break;
      case 'activated': {
        const s = decodeActivation(fact.statement);
        const slot = toHex(s.slot);
        expect([open, fate.get(slot), order, s.from, s.to]).toEqual([slot, 'reserved', null, lastNumber, s.from + 1]);
        if (index >= world.verified) expect(verifySignature(s.ownerPub, fact.statement, fact.signature)).toBe(true);
        if (active) expect(toHex(s.ownerPub)).toBe(active.owner);
        active = { slot, owner: toHex(s.ownerPub) };
        fate.set(slot, 'activated');
        lastNumber = s.to;
        open = null;
        break;
      }
      case 'ordered':
        expect([open, order, toHex(fact.slot)]).toEqual([null, null, active?.slot]);
        expect(orders.has(toHex(fact.orderId))).toBe(false);
        order = toHex(fact.orderId);
        orders.add(order);
        break;
      case 'undone':
        expect(order).toBe(toHex(fact.orderId));
        order = null;
        break;
      case 'erased':
        expect([order, fact.number]).toEqual([toHex(fact.orderId), lastNumber + 1]);
        [active, order, open, lastNumber] = [null, null, null, fact.number];
    }
  });
  world.verified = entries.length;
  return { lastNumber, active: active && (active as { slot: string }).slot, open, order, head: entries.length };
}

async function checkInvariants(world: World, before: number): Promise<void> {
  const state = await stateOf(world);
  if (state === null) return;
  expect(replay(world, await world.feed())).toEqual({
    lastNumber: state.lastNumber,
    active: state.active && toHex(state.active.slot),
    open: state.reservation && toHex(state.reservation.slot),
    order: state.active?.order ? toHex(state.active.order.orderId) : null,
    head: state.feedHead?.number ?? 0,
  });
  expect(state.lastNumber).toBeGreaterThanOrEqual(before);
  const text = JSON.stringify(z.encode(accountState, state));
  for (const { reserve, row } of world.attempts) {
    const lives = [state.active?.slot, state.reservation?.slot].some((slot) => slot && equalBytes(slot, reserve.slot));
    if (!lives) expect(text).not.toContain(toBase64url(row.record));
    expect(text).not.toContain(toBase64url(row.backendShare));
  }
}

const by = { actor: 0 };
/** Reach every kind of fact, whatever chance brings. */
const STORIES: Action[][] = [
  [
    { kind: 'create', ...by },
    { kind: 'reserve', ...by },
    { kind: 'delete', ...by },
    { kind: 'undo', ...by },
    { kind: 'create', ...by },
    { kind: 'delete', ...by },
    { kind: 'pass', time: 3 },
    { kind: 'pass', time: 0 },
    { kind: 'sweep' },
    { kind: 'create', actor: 2 },
  ],
  [
    { kind: 'create', ...by },
    { kind: 'start-over' },
    { kind: 'reserve', ...by },
    { kind: 'start-over' },
    { kind: 'pass', time: 4 },
    { kind: 'pass', time: 0 },
    { kind: 'confirm' },
    { kind: 'create', actor: 2 },
  ],
];

it('keeps every rule under any sequence of operations', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(action, { minLength: 10, maxLength: 40 }), async (seed, actions) => {
      const world = createWorld(seed);
      for (const next of actions) {
        const before = (await stateOf(world))?.lastNumber ?? 0;
        await act(world, next);
        await checkInvariants(world, before);
      }
      for (const { kind } of await world.facts()) seen.add(kind);
    }),
    { numRuns: process.env.HALFKEY_LONG ? 500 : 20, examples: STORIES.map((actions, seed) => [seed, actions]) },
  );
  // The sequences must have reached every kind of fact, or this test says little.
  expect([...seen].sort()).toEqual(['activated', 'erased', 'ordered', 'reserved', 'undone', 'void']);
}, 600_000);
