/**
 * What vault and issuer say of the backup without a sign-in (keyless protocol, section 5, Status): verified under the
 * owner key that this device stored, and only ever newer. Without an answer the last one stands, with its age.
 */
import { z } from 'zod';
import { verifySignature } from '@/lib/crypto/signature';
import { type ErrorCode, WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { SignedOut } from '../parties/party-client';
import { NO_WRONG_TRIES, type WrongTries } from '../pin/guesses';
import type { Parties, StatusSource, ToldBackup } from '../ports';
import type { Sessions } from '../sign-in/sessions';
import type { DeviceRecord, ForeignTries, Stored } from '../stored';
import { accountEvent, type GuessesResponse, type WitnessResponse } from '../wire/issuer';
import { bytes, generationNumber, timeMs } from '../wire/schema';
import { signOutStatement } from '../wire/statement';
import { listedDevice, mergeDevices } from './devices';
import { type FoundBackup, judgeBackup, wrongIn } from './recover';

/** `expired`: it wants another sign-in. */
const answer = z.enum(['up', 'down', 'expired']);

/** `storage.local`. */
export const statusRecord = z.object({
  askedAtMs: timeMs,
  /** When both answered last; null: never yet. */
  verifiedAtMs: timeMs.nullable(),
  vault: answer,
  issuer: answer,
  /** What the answers were refused for; it stands until they are right again. */
  alarm: z.enum(['unsigned-status', 'servers-disagree', 'update-the-app']).nullable(),
  /** Another device has changed the PIN; null once its owner has taken note. */
  changedElsewhere: z.object({ atMs: timeMs, deviceName: z.string().nullable() }).nullable(),
  /** The wallet was recovered on another device; null once its owner has taken note. */
  recoveredElsewhere: z.object({ atMs: timeMs, deviceName: z.string().nullable() }).nullable().default(null),
  /** Recoveries up to then were told; 0 before the first answer. */
  recoveriesToldAtMs: timeMs.default(0),
  /** The owner signed this device out, on another one; it stands until both servers answer again. */
  signedOut: z.boolean().default(false),
  /** Who has a session; null before both servers said it. */
  devices: z.array(listedDevice).nullable().default(null),
  /** The backup was deleted or started over. */
  gone: z.boolean(),
  order: z
    .object({ order: z.enum(['delete', 'start-over', 'unknown']), orderId: bytes(16), deadlineMs: timeMs })
    .nullable(),
  /** Newest first. */
  events: z.array(accountEvent).max(50),
  /** Tries up to then were told. */
  triesToldAtMs: timeMs,
  generation: generationNumber,
});
export type Status = z.output<typeof statusRecord>;

export interface StatusDependencies {
  readonly sessions: Pick<Sessions, 'status' | 'barred'>;
  readonly pins: Parties['pins'];
  readonly device: Stored<DeviceRecord>;
  readonly status: Stored<Status>;
  readonly foreignTries: Stored<ForeignTries>;
  /** When this device itself asked for a try last, ms since the epoch: it is nobody else's. */
  readonly ownTryAt: Stored<number>;
  /** When this device itself recovered, newest first, ms since the epoch. */
  readonly ownRecoveries: Stored<number[]>;
  readonly now: () => number;
}

export interface StatusWatch {
  /** Asks both servers. Never throws because of them: what they did not say is in the record. */
  poll(): Promise<void>;
  /** The owner has seen what another device did. */
  noted(): Promise<void>;
}

const ALARMS: ReadonlySet<ErrorCode> = new Set(['unsigned-status', 'servers-disagree', 'update-the-app']);
/** How far the clocks of issuer and device may be apart for a try to count as this device's own. */
const TOLERANCE_MS = 60_000;
/** So young a try may still turn out to be right: its success is noted, and its realms' logs are read, after it. */
const UNDECIDED_MS = 60_000;

export function createStatusWatch(deps: StatusDependencies): StatusWatch {
  const exclusively = inTurn();

  const poll = async (): Promise<void> => {
    const known = await deps.device.read();
    if (!known) return;
    const source = await deps.sessions.status(known.accountId).catch(() => null);
    const told = await ask(source);
    const before = (await deps.status.read()) ?? unasked(deps.now());
    const asked = { ...before, askedAtMs: deps.now(), vault: told.vault.state, issuer: told.issuer.state };
    if (told.vault.said === null || told.issuer.said === null || source === null) {
      const signedOut = before.signedOut || (source !== null && isSignedOut(known, source, told));
      if (signedOut && !before.signedOut) await deps.sessions.barred();
      return deps.status.write({ ...asked, signedOut });
    }
    // An issuer that does not tell of the realms' logs stops nobody.
    const guesses = source.guesses().catch(() => null);
    const [judged, devices] = await Promise.all([
      judge(source, known, told.vault.said, told.issuer.said),
      devicesOf(source),
    ]);
    const answered = { ...asked, signedOut: false, devices: devices ?? before.devices };
    if ('alarm' in judged) return deps.status.write({ ...answered, alarm: judged.alarm });
    await deps.status.write(await taken(answered, known, judged, await guesses));
  };

  /** A change between the two answers looks like a disagreement: it counts when it is there twice. */
  const judge = async (source: StatusSource, known: DeviceRecord, vault: ToldBackup, issuer: WitnessResponse) => {
    const once = judgeOnce(known, vault, issuer);
    if (!('alarm' in once) || once.alarm !== 'servers-disagree') return once;
    const again = await ask(source);
    if (again.vault.said === null || again.issuer.said === null) return once;
    return judgeOnce(known, again.vault.said, again.issuer.said);
  };
  const judgeOnce = (known: DeviceRecord, vault: ToldBackup, issuer: WitnessResponse): Judged => {
    try {
      return {
        found: judgeBackup({ accountId: known.accountId, pins: deps.pins }, vault, issuer, known),
        vault,
        issuer,
      };
    } catch (error) {
      if (error instanceof WalletError && ALARMS.has(error.code)) return { alarm: error.code as Alarm };
      throw error;
    }
  };

  const taken = async (
    asked: Status,
    known: DeviceRecord,
    { found, vault, issuer }: Sound,
    guesses: GuessesResponse | null,
  ): Promise<Status> => {
    const recoveries = await tellRecoveries(asked, issuer);
    const status = {
      ...asked,
      verifiedAtMs: asked.askedAtMs,
      alarm: null,
      gone: found === null,
      order: vault.order,
      events: [...issuer.events],
      generation: vault.lastNumber,
      ...recoveries,
      triesToldAtMs: await tellTries(asked, found ? wrongIn(found, guesses) : NO_WRONG_TRIES),
    };
    if (found === null || found.active.generation <= known.generation) return status;
    const { generation, statement, createdAtMs } = found.active;
    await deps.device.write({ ...known, generation, statement, createdAtMs, pinCheck: null });
    const event = issuer.events.find(({ kind }) => kind === 'activated');
    return {
      ...status,
      changedElsewhere: { atMs: event?.atMs ?? createdAtMs, deviceName: event?.deviceName ?? null },
    };
  };

  /** @returns up to when tries are told now */
  const tellTries = async ({ triesToldAtMs }: Status, { count, lastAtMs }: WrongTries): Promise<number> => {
    if (count === 0 || lastAtMs === null || lastAtMs <= triesToldAtMs) return triesToldAtMs;
    if (Math.abs(deps.now() - lastAtMs) < UNDECIDED_MS) return triesToldAtMs;
    const isOwn = lastAtMs <= ((await deps.ownTryAt.read()) ?? 0) + TOLERANCE_MS;
    if (!isOwn) await deps.foreignTries.write({ count, lastAtMs });
    return lastAtMs;
  };

  /** Of those that were not told yet, the last one that this device did not make itself. */
  const tellRecoveries = async (
    { recoveredElsewhere, recoveriesToldAtMs }: Status,
    { events }: WitnessResponse,
  ): Promise<Pick<Status, 'recoveredElsewhere' | 'recoveriesToldAtMs'>> => {
    const recovered = events.filter(({ kind }) => kind === 'recovered');
    const own = (await deps.ownRecoveries.read()) ?? [];
    const isOwn = (atMs: number) => own.some((ownMs) => Math.abs(ownMs - atMs) <= TOLERANCE_MS);
    // What was before this device asked for the first time is no news to it.
    const isFirst = recoveriesToldAtMs === 0;
    const foreign = recovered.find(({ atMs }) => !isFirst && atMs > recoveriesToldAtMs && !isOwn(atMs));
    const newest = Math.max(recoveriesToldAtMs, 1, ...recovered.map(({ atMs }) => atMs));
    return {
      recoveredElsewhere: foreign ? { atMs: foreign.atMs, deviceName: foreign.deviceName } : recoveredElsewhere,
      recoveriesToldAtMs: newest,
    };
  };

  return {
    poll: () => exclusively(poll),
    noted: () =>
      exclusively(async () => {
        const status = await deps.status.read();
        if (status) await deps.status.write({ ...status, changedElsewhere: null, recoveredElsewhere: null });
      }),
  };
}

type Alarm = NonNullable<Status['alarm']>;
interface Sound {
  readonly found: FoundBackup | null;
  readonly vault: ToldBackup;
  readonly issuer: WitnessResponse;
}
type Judged = Sound | { readonly alarm: Alarm };

const unasked = (nowMs: number): Status => ({
  askedAtMs: nowMs,
  verifiedAtMs: null,
  vault: 'down',
  issuer: 'down',
  alarm: null,
  changedElsewhere: null,
  recoveredElsewhere: null,
  recoveriesToldAtMs: 0,
  signedOut: false,
  devices: null,
  gone: false,
  order: null,
  events: [],
  triesToldAtMs: 0,
  generation: 0,
});

interface Told<Said> {
  readonly state: Status['vault'];
  readonly said: Said | null;
  /** The signature under "this device was signed out", unverified. */
  readonly signedOutBy?: Uint8Array;
}

/** What a server says alone is not enough: the owner's key has signed it. */
const isSignedOut = (
  { accountId, ownerPub }: DeviceRecord,
  { jkt }: StatusSource,
  told: { readonly vault: Told<unknown>; readonly issuer: Told<unknown> },
): boolean =>
  [told.vault, told.issuer].some(
    ({ signedOutBy }) =>
      signedOutBy !== undefined && verifySignature(ownerPub, signOutStatement({ accountId, jkt }), signedOutBy),
  );

/** Null where a server does not tell. */
const devicesOf = (source: StatusSource) =>
  Promise.all([source.devices('vault'), source.devices('issuer')]).then(
    (lists) => mergeDevices(lists, source.jkt),
    () => null,
  );

async function ask(source: StatusSource | null): Promise<{ vault: Told<ToldBackup>; issuer: Told<WitnessResponse> }> {
  if (source === null) {
    const expired = { state: 'expired', said: null } as const;
    return { vault: expired, issuer: expired };
  }
  const [vault, issuer] = await Promise.all([answerOf(source.vault()), answerOf(source.issuer())]);
  return { vault, issuer };
}

const answerOf = <Said>(asking: Promise<Said>): Promise<Told<Said>> =>
  asking.then(
    (said) => ({ state: 'up', said }),
    (error: unknown) => {
      if (error instanceof SignedOut) return { state: 'expired', said: null, signedOutBy: error.signature };
      const isExpired = error instanceof WalletError && error.code === 'sign-in-expired';
      return { state: isExpired ? 'expired' : 'down', said: null };
    },
  );
