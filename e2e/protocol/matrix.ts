/**
 * I4 as a matrix: every flow, and every contact at which a device may die, or a server with its store. A flow says what is
 * there before it, what is done while somebody dies, and what must hold once that one is back.
 */
import { expect } from 'vitest';
import { equalBytes } from '@/lib/bytes';
import type { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import { resumeBackUp } from '@/lib/keyless/backup/activation';
import { backUp } from '@/lib/keyless/backup/back-up';
import { compareCodeOf } from '@/lib/keyless/backup/compare-code';
import { ownerKeyOf } from '@/lib/keyless/backup/generation';
import { signOutStatement } from '@/lib/keyless/wire/statement';
import { orderDeletion, undoDeletion } from './owner-orders';
import {
  bytesOf,
  codeOf,
  countRealmRows,
  create,
  type Device,
  GUESSES,
  ignoreStep,
  PIN,
  random,
  recover,
  rotate,
  type World,
} from './world';

const NEW_PIN = '905172';
const HOUR_MS = 3_600_000;

/** One account's fate. */
export interface Scene {
  readonly world: World;
  readonly account: Uint8Array;
  readonly device: Device;
  /** Another one, which its owner has no more. */
  readonly lost: Device;
  /** Set where the flow begins with a wallet. */
  readonly wallet: Secret | null;
  /** Set where that wallet has a backup under another account: a device that is signed in there. */
  readonly first: Device | null;
}

export interface Flow {
  readonly name: string;
  readonly touches: 'every server' | 'vault and issuer' | 'the vault';
  /** No device takes part. */
  readonly byServers?: true;
  readonly begin:
    | 'nothing'
    | 'a wallet'
    | 'a wallet of another account'
    | 'a wallet that is to be deleted'
    | 'a wallet with a superseded backup'
    | 'a backup without guesses';
  act(scene: Scene): Promise<unknown>;
  /** The user goes on where the flow stopped; what must be true is expected. */
  settle(scene: Scene): Promise<void>;
}

export async function beginScene(world: World, { begin }: Flow): Promise<Scene> {
  const account = random(32);
  const device = await world.device(account);
  const lost = await world.device(account);
  const first = begin === 'a wallet of another account' ? await world.device(random(32)) : null;
  const wallet = begin === 'nothing' ? null : (await create(first ?? device)).entropy;
  const scene = { world, account, device, lost, wallet, first };
  if (begin === 'a wallet that is to be deleted') expect(await orderDeletion(world, device, walletOf(scene))).toBe(200);
  if (begin === 'a wallet with a superseded backup') {
    await rotate(device, walletOf(scene), NEW_PIN);
    await rotate(device, walletOf(scene), PIN);
    world.nowMs += HOUR_MS;
  }
  if (begin === 'a backup without guesses') await spendAllGuesses(scene);
  return scene;
}

/** Wrong PINs by the schedule, until no realm has guesses left, and ten minutes more. */
async function spendAllGuesses({ world, device }: Scene): Promise<void> {
  for (let tries = 0; tries < GUESSES; tries++) {
    const { tries: schedule } = await device.parties.issuer.witness();
    world.nowMs = Math.max(world.nowMs, schedule.nextAtMs);
    await codeOf(recover(device, `73916${tries}`));
  }
  world.nowMs += HOUR_MS;
}

async function askToStartOver({ device }: Scene): Promise<void> {
  const { active } = await device.parties.vault.metadata();
  if (active) await device.parties.issuer.startOver(active.slot);
}

/** The wallet once more, under the account of the scene and with a PIN of its own. */
async function addSignIn(scene: Scene): Promise<void> {
  const { device } = scene;
  const metadata = await device.parties.vault.metadata();
  const making = { ...device, random, onStep: ignoreStep };
  await walletOf(scene).use((entropy) => backUp(making, entropy, NEW_PIN, metadata));
}

/** At both servers, signed by the owner. */
async function signOutLost(scene: Scene): Promise<void> {
  const { account, device, lost } = scene;
  const { jkt } = lost.parties;
  const statement = signOutStatement({ accountId: account, jkt });
  const signature = walletOf(scene).use((entropy) => ownerKeyOf(entropy, account).sign(statement));
  const { vault, issuer } = device.parties;
  await Promise.all([vault.signOut({ jkt, signature }), issuer.signOut({ jkt, signature })]);
}

/** Every slot that was ever reserved, as the feed tells. */
async function slotsOf({ world, account }: Pick<Scene, 'world' | 'account'>): Promise<Uint8Array[]> {
  const entries = await world.vaultStore.feed(account, 0, 200);
  return entries.flatMap(({ fact }) => (fact.kind === 'reserved' ? [fact.slot] : []));
}

function walletOf({ wallet }: Scene): Secret {
  if (!wallet) throw new Error('this scene has no wallet yet');
  return wallet;
}

/** Runs on while servers die; what the user is told is a code of the closed list. */
export const endure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof WalletError ? error.code : 'died'),
  );

async function tryPin({ world, account }: Scene, pin: string): Promise<Uint8Array | string> {
  try {
    return bytesOf((await recover(await world.device(account), pin)).entropy);
  } catch (error) {
    if (error instanceof WalletError) return error.code;
    throw error;
  }
}

/** So many half days, with what the servers' own jobs do in them. */
async function pass({ world }: Scene, halfDays: number): Promise<void> {
  for (let round = 0; round < halfDays; round++) {
    world.nowMs += 12 * HOUR_MS;
    await world.vault.vault.sweep(1_000);
    await world.issuer.runDeletions();
  }
}

/** After two days the realms hold the slot of the active backup, and no other. */
async function expectOnlyCurrentRows(scene: Scene): Promise<void> {
  const { world, account, device } = scene;
  await pass(scene, 4);
  const { active } = await device.parties.vault.metadata();
  for (const slot of await slotsOf(scene)) {
    const isCurrent = active !== null && equalBytes(slot, active.slot);
    expect(await countRealmRows(world, account, slot)).toBe(isCurrent ? 3 : 0);
  }
}

async function expectOpens(scene: Scene): Promise<void> {
  expect(await tryPin(scene, PIN)).toEqual(bytesOf(walletOf(scene)));
  await expectOnlyCurrentRows(scene);
}

export const FLOWS: readonly Flow[] = [
  {
    name: 'create',
    touches: 'every server',
    begin: 'nothing',
    act: ({ device }) => create(device),
    settle: async (scene) => {
      const { device } = scene;
      const resumed = await resumeBackUp(device.parties, device.journal);
      const found = await tryPin(scene, PIN);
      if (resumed === 'activated') expect(found).toEqual(device.attempt.entropy);
      if (found === 'backup-not-found') await create(device);
      expect(await tryPin(scene, PIN)).toEqual(device.attempt.entropy);
      await expectOnlyCurrentRows(scene);
    },
  },
  {
    name: 'PIN reset',
    touches: 'every server',
    begin: 'a wallet',
    act: (scene) => rotate(scene.device, walletOf(scene), NEW_PIN),
    settle: async (scene) => {
      const { device } = scene;
      const wallet = bytesOf(walletOf(scene));
      await resumeBackUp(device.parties, device.journal);
      const found = [await tryPin(scene, PIN), await tryPin(scene, NEW_PIN)];
      expect(found.filter((one) => one instanceof Uint8Array)).toEqual([wallet]);
      expect(found).toContain('pin-wrong');
      await rotate(device, walletOf(scene), NEW_PIN);
      expect(await tryPin(scene, PIN)).toBe('pin-wrong');
      expect(await tryPin(scene, NEW_PIN)).toEqual(wallet);
      await expectOnlyCurrentRows(scene);
    },
  },
  {
    name: 'recover',
    touches: 'every server',
    begin: 'a wallet',
    act: async ({ world, account }) => recover(await world.device(account)),
    settle: expectOpens,
  },
  {
    name: 'drill',
    touches: 'every server',
    begin: 'a wallet',
    act: async ({ device }) => {
      const { entropy, backup } = await recover(device);
      entropy.use((bytes) => compareCodeOf(bytes, device.parties.accountId, backup.generation));
      entropy.wipe();
    },
    settle: expectOpens,
  },
  {
    name: 'delete',
    touches: 'the vault',
    begin: 'a wallet',
    act: (scene) => orderDeletion(scene.world, scene.device, walletOf(scene)),
    settle: async (scene) => {
      const { world, device } = scene;
      const { order } = await device.parties.vault.metadata();
      if (!order) expect(await orderDeletion(world, device, walletOf(scene))).toBe(200);
      expect(await tryPin(scene, PIN)).toEqual(bytesOf(walletOf(scene)));
      await pass(scene, 8);
      expect(await tryPin(scene, PIN)).toBe('backup-not-found');
      await expectOnlyCurrentRows(scene);
    },
  },
  {
    name: 'undo',
    touches: 'the vault',
    begin: 'a wallet that is to be deleted',
    act: (scene) => undoDeletion(scene.world, scene.device, walletOf(scene)),
    settle: async (scene) => {
      const { world, device } = scene;
      const { order } = await device.parties.vault.metadata();
      if (order) expect(await undoDeletion(world, device, walletOf(scene))).toBe(200);
      await pass(scene, 8);
      await expectOpens(scene);
    },
  },
  {
    name: 'sign a device out',
    touches: 'vault and issuer',
    begin: 'a wallet',
    act: signOutLost,
    settle: async (scene) => {
      const { vault, issuer } = scene.lost.parties;
      await signOutLost(scene);
      expect([await codeOf(vault.metadata()), await codeOf(issuer.witness())]).toEqual(
        Array(2).fill('sign-in-expired'),
      );
      await expectOpens(scene);
    },
  },
  {
    name: 'start over',
    touches: 'every server',
    begin: 'a backup without guesses',
    act: async (scene) => {
      const { world } = scene;
      await endure(askToStartOver(scene));
      world.nowMs += 7 * 24 * HOUR_MS;
      await world.issuer.runDeletions();
    },
    settle: async (scene) => {
      const { device, world } = scene;
      // Asked again where nothing came of it; the days begin anew then.
      await askToStartOver(scene);
      await pass(scene, 16);
      expect(await device.parties.vault.metadata()).toMatchObject({ active: null, order: null });
      await expectOnlyCurrentRows(scene);
      expect((await create(await world.device(scene.account))).backup.generation).toBeGreaterThan(2);
    },
  },
  {
    name: 'another sign-in',
    touches: 'every server',
    begin: 'a wallet of another account',
    act: addSignIn,
    settle: async (scene) => {
      const { device, first, world } = scene;
      await resumeBackUp(device.parties, device.journal);
      if ((await tryPin(scene, NEW_PIN)) === 'backup-not-found') await addSignIn(scene);
      const wallet = bytesOf(walletOf(scene));
      expect([await tryPin(scene, PIN), await tryPin(scene, NEW_PIN)]).toEqual(['pin-wrong', wallet]);
      await expectOnlyCurrentRows(scene);
      if (!first) throw new Error('this scene has no first account');
      const { accountId } = first.parties;
      const other = { ...scene, account: accountId, device: first };
      expect([await tryPin(other, NEW_PIN), await tryPin(other, PIN)]).toEqual(['pin-wrong', wallet]);
      expect(await slotsOf({ world, account: accountId })).toHaveLength(1);
    },
  },
  {
    name: 'the servers’ own jobs',
    touches: 'every server',
    byServers: true,
    begin: 'a wallet with a superseded backup',
    act: async ({ world }) => {
      await world.vault.vault.sweep(1_000);
      await world.issuer.runDeletions();
    },
    settle: expectOpens,
  },
];
