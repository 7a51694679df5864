/** What one account can make the vault keep: bounded for whoever does all that is not refused, as fast as it is taken. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SigningKey } from '@/lib/crypto/signature';
import { feedEntry } from '@/lib/keyless/wire/feed';
import { deleteStatement, objectionStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import { createScene, HOUR_MS, type Scene } from '../testing/scene';
import { orderStartOver } from './orders';
import type { Outcome } from './outcome';
import { accountState } from './state';

const DAYS = 7;
/** 50 reservations and 6 a day, and of deletions and of start-overs 10 and 1 a day; each is an entry, and its end another. */
const ENTRIES = 2 * (50 + 6 * DAYS) + 2 * 2 * (10 + DAYS);
const ENTRY_BYTES = 1_024;
const DOCUMENT_BYTES = 8_192;
/** Of what is refused at once, an abuser tries again this often. */
const TRIED_AGAIN_MS = HOUR_MS;

interface Abuser extends Scene {
  readonly key: SigningKey;
}

/** Each does one thing to the account; false if it was refused. */
type Abuse = (abuser: Abuser) => Promise<boolean>;

const reserveOnly: Abuse = async ({ vault, attempt, device, key, ...scene }) => {
  const caller = device();
  const made = attempt(caller, key, await lastNumberOf(scene));
  if ((await vault.reserve(caller, made.reserve)).ok) return true;
  // A device's reservation is replaced by the same device at once: that of another would have to wait.
  scene.pass(15 * 60_000);
  return (await vault.reserve(caller, made.reserve)).ok;
};

const makeGenerations: Abuse = async ({ vault, attempt, activation, device, key, ...scene }) => {
  const active = (await scene.store.read(scene.accountId))?.state.active ?? null;
  const made = attempt(device(), key, await lastNumberOf(scene));
  const reserved = await vault.reserve(made.caller, made.reserve);
  if (!reserved.ok) return false;
  await vault.putRow(made.caller, made.reserve.to, made.row);
  return (await vault.activate(made.caller, activation(made, active?.statement ?? null))).ok;
};

const orderAndUndo: Abuse = async ({ vault, vaultId, accountId, device, key, random, store }) => {
  const active = (await store.read(accountId))?.state.active;
  if (!active) throw new Error('no backup');
  const { generation, slot, statement } = active;
  const order = { generation, slot, statementHash: statementHashOf(statement), orderId: random(16), notBeforeS: 0 };
  const caller = device();
  const ordered = await vault.orderDeletion(caller, {
    ...order,
    signature: key.sign(deleteStatement({ ...order, vaultId, accountId })),
  });
  if (!ordered.ok) return false;
  const { orderId } = order;
  const signature = key.sign(undoStatement({ vaultId, accountId, orderId }));
  return (await vault.undoDeletion(caller, { orderId, signature })).ok;
};

const startOverAndObject: Abuse = async ({ vault, vaultId, accountId, device, key, random, store, run }) => {
  const slot = (await store.read(accountId))?.state.active?.slot ?? random(16);
  const orderId = random(16);
  const ordered: Outcome<unknown> = await run((state, context) => orderStartOver(state, { slot, orderId }, context));
  if (!ordered.ok) return false;
  const signature = key.sign(objectionStatement({ vaultId, accountId, orderId }));
  return (await vault.objectToStartOver(device(), { orderId, signature })).ok;
};

const lastNumberOf = async ({ store, accountId }: Pick<Scene, 'store' | 'accountId'>) =>
  (await store.read(accountId))?.state.lastNumber ?? 0;

/** Where nothing is refused any more. */
const ENDLESS = 2_000;

/** A week of it. */
async function abuse(kinds: readonly Abuse[], withBackup: 'with a backup' | 'without'): Promise<Abuser> {
  const scene = createScene();
  const abuser = { ...scene, key: scene.owner() };
  if (withBackup === 'with a backup') await makeGenerations(abuser);
  const endMs = scene.now() + DAYS * 24 * HOUR_MS;
  while (scene.now() < endMs) {
    for (const once of kinds) for (let done = 0; done < ENDLESS && (await once(abuser)); done += 1);
    scene.pass(TRIED_AGAIN_MS);
  }
  return abuser;
}

const sizesOf = async ({ store, accountId, feed }: Abuser) => {
  const state = (await store.read(accountId))?.state;
  const entries = await feed();
  return {
    entries: entries.length,
    entryBytes: Math.max(...entries.map((entry) => JSON.stringify(z.encode(feedEntry, entry)).length)),
    documentBytes: state ? JSON.stringify(z.encode(accountState, state)).length : 0,
  };
};

describe('a week of abuse of one account is bounded', () => {
  it.each([
    ['reservations without a backup', [reserveOnly], 'without'],
    ['one generation after the other', [makeGenerations], 'with a backup'],
    ['reservations above a backup', [reserveOnly], 'with a backup'],
    ['orders, each taken back', [orderAndUndo], 'with a backup'],
    ['start-overs, each objected to', [startOverAndObject], 'with a backup'],
    ['all of it', [makeGenerations, orderAndUndo, reserveOnly, startOverAndObject], 'with a backup'],
  ] as const)('%s', async (_, kinds, withBackup) => {
    const { entries, entryBytes, documentBytes } = await sizesOf(await abuse(kinds, withBackup));
    expect(entries).toBeGreaterThan(2 * DAYS);
    expect(entries).toBeLessThanOrEqual(ENTRIES + 2);
    expect(entryBytes).toBeLessThan(ENTRY_BYTES);
    expect(documentBytes).toBeLessThan(DOCUMENT_BYTES);
  });
});
