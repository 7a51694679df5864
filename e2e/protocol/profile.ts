/** A browser profile on the parties of a test world: what it stores outlives every background that works on it. */
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { type ErrorCode, WalletError } from '@/lib/errors';
import { createStatusWatch, type Status, type StatusWatch, statusRecord } from '@/lib/keyless/backup/status';
import { flowRecord } from '@/lib/keyless/onboarding/flow';
import { createOnboarding, type Onboarding } from '@/lib/keyless/onboarding/onboarding';
import { type Confirmation, createConfirmation } from '@/lib/keyless/pin/confirmation';
import { reminderRecord } from '@/lib/keyless/pin/reminder';
import type { Sessions } from '@/lib/keyless/sign-in/sessions';
import {
  attemptRecord,
  type DeviceRecord,
  deviceRecord,
  foreignTriesRecord,
  journalRecord,
  ownRecoveriesRecord,
  type SecondSignIn,
  type Stored,
  secondSignInsRecord,
} from '@/lib/keyless/stored';
import { type TaskRecord, taskRecord } from '@/lib/keyless/upkeep/task';
import { createUpkeep, type Upkeep } from '@/lib/keyless/upkeep/upkeep';
import { openKeyring } from '@/lib/keyring/contents';
import { createKeyring, type Keyring } from '@/lib/keyring/keyring';
import { createSlowDown, OF_PINS, slowDownRecord } from '@/lib/keyring/slow-down';
import { keylessOf, profile } from '@/lib/keyring/wallets';
import { memoryArea } from '@/lib/platform/memory-area';
import { type Area, cell } from '@/lib/platform/storage';
import { type Device, PIN, random, type World } from './world';

export const WRONG_PIN = '739164';
export const PASSWORD = new TextEncoder().encode('correct horse battery');

export interface Background extends Onboarding {
  readonly keyring: Keyring;
  /** The stage, once nothing runs. */
  stage(): Promise<string>;
  foreignTries(): Promise<unknown>;
  /** What is done with the backup that stands. */
  readonly upkeep: Upkeep;
  readonly confirmation: Confirmation;
  drilledAt(): Promise<number | null>;
  readonly statusWatch: StatusWatch;
  status(): Promise<Status | null>;
  secondSignIns(): Promise<SecondSignIn[] | null>;
  /** What is under way there, once nothing runs. */
  task(): Promise<TaskRecord | null>;
  device(): Promise<DeviceRecord | null>;
}

/** Who signs in at a window. */
export interface SecondIdentity {
  account: Uint8Array;
  device: Device;
  /** Every sign-in fails with this. */
  refuse: ErrorCode | null;
}

interface Identity extends SecondIdentity {
  /** Real ones; by default whoever says who he is is believed. */
  sessions?: Sessions;
  /** Of another account beside it. */
  second?: SecondIdentity;
}

/** Sessions that need no provider: whoever is named is signed in. */
function sessionsOf(who: () => SecondIdentity, signedOut: Stored<true>): Sessions {
  const signIn = async (expected: Uint8Array | null) => {
    const { refuse, account, device } = who();
    if (refuse) throw new WalletError(refuse);
    if (expected && toHex(expected) !== toHex(account)) throw new WalletError('other-account');
    return device.parties;
  };
  const refuseBarred = async () => {
    if (await signedOut.read()) throw new WalletError('sign-in-expired');
  };
  return {
    open: async (_, mode, expected) => {
      if (mode === 'silent') await refuseBarred();
      const parties = await signIn(expected);
      await signedOut.remove();
      return parties;
    },
    resume: async (_, expected) => {
      await refuseBarred();
      return signIn(expected);
    },
    status: async () => (who().refuse ? null : who().device.status),
    barred: () => signedOut.write(true),
    end: async () => {},
    wipe: signedOut.remove,
  };
}

/** @param bend what a test puts between a background and its storage */
export async function createProfile(
  world: World,
  account: Uint8Array,
  bend: (area: Area) => Area = (area) => area,
  openSessions?: (local: Area, session: Area) => Sessions,
) {
  const [local, session] = [memoryArea(), memoryArea()];
  const identity: Identity = {
    account,
    device: await world.device(account),
    refuse: null,
    ...(openSessions && { sessions: openSessions(local, session) }),
  };
  const start = () => startBackground(world, bend(local), bend(session), identity);
  return { identity, start, local, session };
}

function startBackground(world: World, local: Area, session: Area, identity: Identity): Background {
  const keyring = createKeyring({
    profile: cell(local, 'profile', profile),
    sealed: cell(local, 'sealed', z.unknown()),
    sealedNext: cell(local, 'sealedNext', z.unknown()),
    session: cell(session, 'keyring', openKeyring),
    stretching: { memoryKiB: 8, passes: 1, lanes: 1 },
    random,
  });
  const sessions = identity.sessions ?? sessionsOf(() => identity, cell(local, 'signedOut', z.literal(true)));
  const secondSessions = sessionsOf(
    () => identity.second ?? identity,
    cell(session, 'secondSignedOut', z.literal(true)),
  );
  const journal = cell(local, 'journal', journalRecord);
  const attempt = cell(session, 'attempt', attemptRecord);
  const foreignTries = cell(local, 'foreignTries', foreignTriesRecord);
  const shared = {
    sessions,
    journal: { read: journal.read, write: journal.write, clear: journal.remove },
    device: cell(local, 'device', deviceRecord),
    ownRecoveries: cell(local, 'ownRecoveries', ownRecoveriesRecord),
    random,
    now: () => world.nowMs,
  };
  const secondJournal = cell(local, 'secondJournal', journalRecord);
  const secondSignIns = cell(local, 'secondSignIns', secondSignInsRecord);
  const drilledAt = cell(local, 'drilledAt', z.number());
  const ownTryAt = cell(local, 'ownTryAt', z.number());
  const status = cell(local, 'status', statusRecord);
  const statusWatch = createStatusWatch({
    ...shared,
    pins: identity.device.parties.pins,
    status,
    foreignTries,
    ownTryAt,
    ownRecoveries: shared.ownRecoveries,
  });
  const confirmation = createConfirmation({
    ...shared,
    wallet: keyring,
    reminder: cell(local, 'reminder', reminderRecord),
    slowDown: createSlowDown({
      record: cell(local, 'pinSlowDown', slowDownRecord),
      now: shared.now,
      codes: OF_PINS,
    }),
  });
  const upkeep = createUpkeep({
    ...shared,
    wallet: keyring,
    confirmation,
    drilledAt,
    ownTryAt,
    task: cell(session, 'task', taskRecord),
    second: {
      sessions: secondSessions,
      journal: { read: secondJournal.read, write: secondJournal.write, clear: secondJournal.remove },
      signIns: secondSignIns,
    },
    onChange: () => {},
    onSignedIn: () => {},
  });
  const onboarding = createOnboarding({
    ...shared,
    attempt: { read: attempt.read, write: attempt.write, clear: attempt.remove },
    foreignTries,
    wallet: {
      exists: async () => (await keyring.profile()) !== null,
      hasKeyless: async () => keylessOf(await keyring.profile()) !== undefined,
      isUnlocked: keyring.isUnlocked,
      hasUnlockMethod: keyring.hasUnlockMethod,
      adopt: keyring.adopt,
      lock: async () => {
        await keyring.lock();
        await upkeep.onLock();
      },
      wipe: keyring.wipe,
    },
    flow: cell(session, 'flow', flowRecord),
    onChange: () => {},
    onSignedIn: () => {},
  });
  const stage = async () => {
    await onboarding.flow();
    await onboarding.settled();
    return (await onboarding.flow()).stage;
  };
  const task = async () => {
    await upkeep.task();
    await upkeep.settled();
    return upkeep.task();
  };
  return {
    ...onboarding,
    keyring,
    stage,
    foreignTries: foreignTries.read,
    upkeep,
    task,
    device: shared.device.read,
    confirmation,
    drilledAt: drilledAt.read,
    statusWatch,
    status: status.read,
    secondSignIns: secondSignIns.read,
  };
}

export async function signedIn(background: Background): Promise<string> {
  await background.signIn('google');
  return background.stage();
}

/** A wallet that was just created: its backup is verified, how the device unlocks is not chosen yet. */
export async function createWallet(world: World, account: Uint8Array, bend?: (area: Area) => Area) {
  const { start, ...rest } = await createProfile(world, account, bend);
  const background = start();
  await signedIn(background);
  await background.choosePin(PIN);
  const stage = await background.stage();
  if (stage !== 'backup-verified') throw new Error(`creation ended at ${stage}`);
  return { background, start, account, ...rest };
}

/** A wallet at home, opened by a password. */
export async function createHome(world: World, account: Uint8Array = random(32), bend?: (area: Area) => Area) {
  const created = await createWallet(world, account, bend);
  await created.background.proceed();
  await created.background.open('device-unlock', () => created.background.keyring.setPassword(PASSWORD));
  return created;
}

/** From home to the question for the new PIN, and its answer; ends where nothing runs any more. */
export async function resetPin(background: Background, pin: string): Promise<TaskRecord | null> {
  await background.upkeep.begin('pin-reset');
  const asked = await background.task();
  if (asked?.stage !== 'new-pin') return asked;
  await background.upkeep.chooseNewPin(pin);
  return background.task();
}

/** From home to the question for the PIN, and its answer; ends where nothing runs any more. */
export async function practise(background: Background, pin: string): Promise<TaskRecord | null> {
  await background.upkeep.begin('drill');
  const asked = await background.task();
  if (asked?.stage !== 'drill-pin') return asked;
  await background.upkeep.drill(pin);
  return background.task();
}

export const addressOf = async ({ keyring }: Background) => keylessOf(await keyring.profile())?.accounts[0]?.address;

/** Requests to `path` never come back, as if the background had been stopped while it waited. */
export function stopRequests(world: World, path: RegExp): Promise<void> {
  return new Promise((reached) => {
    world.intercept = (request, send) => {
      if (!path.test(new URL(request.url).pathname)) return send(request);
      reached();
      return new Promise(() => {});
    };
  });
}

export function refuseRequests(world: World, path: RegExp): void {
  world.intercept = (request, send) =>
    path.test(new URL(request.url).pathname) ? Promise.reject(new TypeError('unreachable')) : send(request);
}

export function passRequests(world: World): void {
  world.intercept = (request, send) => send(request);
}
