/**
 * What vault and issuer say of the backup without a sign-in (keyless protocol, section 5, Status): verified under the
 * owner key that this device stored, and only ever newer. Without an answer the last one stands, with its age.
 */
import { z } from 'zod';
import { type ErrorCode, WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { Parties, StatusSource, ToldBackup } from './ports';
import { type FoundBackup, judgeBackup } from './recover';
import type { Sessions } from './sessions';
import type { DeviceRecord, ForeignTries, Stored } from './stored';
import { accountEvent, type WitnessResponse } from './wire/issuer';
import { bytes, generationNumber, timeMs } from './wire/schema';

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
  readonly sessions: Pick<Sessions, 'status'>;
  readonly pins: Parties['pins'];
  readonly device: Stored<DeviceRecord>;
  readonly status: Stored<Status>;
  readonly foreignTries: Stored<ForeignTries>;
  /** When this device itself asked for a try last, ms since the epoch: it is nobody else's. */
  readonly ownTryAt: Stored<number>;
  readonly now: () => number;
}

export interface StatusWatch {
  /** Asks both servers. Never throws because of them: what they did not say is in the record. */
  poll(): Promise<void>;
  /** The owner has seen that another device changed the PIN. */
  noted(): Promise<void>;
}

const ALARMS: ReadonlySet<ErrorCode> = new Set(['unsigned-status', 'servers-disagree', 'update-the-app']);
/** How far the clocks of issuer and device may be apart for a try to count as this device's own. */
const TOLERANCE_MS = 60_000;

export function createStatusWatch(deps: StatusDependencies): StatusWatch {
  const exclusively = inTurn();

  const poll = async (): Promise<void> => {
    const known = await deps.device.read();
    if (!known) return;
    const source = await deps.sessions.status(known.accountId).catch(() => null);
    const told = await ask(source);
    const before = (await deps.status.read()) ?? unasked(deps.now());
    const asked = { ...before, askedAtMs: deps.now(), vault: told.vault.state, issuer: told.issuer.state };
    if (told.vault.said === null || told.issuer.said === null || source === null) return deps.status.write(asked);
    const judged = await judge(source, known, told.vault.said, told.issuer.said);
    if ('alarm' in judged) return deps.status.write({ ...asked, alarm: judged.alarm });
    await deps.status.write(await taken(asked, known, judged));
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

  const taken = async (asked: Status, known: DeviceRecord, { found, vault, issuer }: Sound): Promise<Status> => {
    const status = {
      ...asked,
      verifiedAtMs: asked.askedAtMs,
      alarm: null,
      gone: found === null,
      order: vault.order,
      events: [...issuer.events],
      generation: vault.lastNumber,
      triesToldAtMs: await tellTries(asked, issuer.tries),
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
  const tellTries = async (
    { triesToldAtMs }: Status,
    { sinceSuccess, lastAtMs }: WitnessResponse['tries'],
  ): Promise<number> => {
    if (sinceSuccess === 0 || lastAtMs === null || lastAtMs <= triesToldAtMs) return triesToldAtMs;
    const isOwn = lastAtMs <= ((await deps.ownTryAt.read()) ?? 0) + TOLERANCE_MS;
    if (!isOwn) await deps.foreignTries.write({ count: sinceSuccess, lastAtMs });
    return lastAtMs;
  };

  return {
    poll: () => exclusively(poll),
    noted: () =>
      exclusively(async () => {
        const status = await deps.status.read();
        if (status) await deps.status.write({ ...status, changedElsewhere: null });
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
  gone: false,
  order: null,
  events: [],
  triesToldAtMs: 0,
  generation: 0,
});

interface Told<Said> {
  readonly state: Status['vault'];
  readonly said: Said | null;
}

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
      const isExpired = error instanceof WalletError && error.code === 'sign-in-expired';
      return { state: isExpired ? 'expired' : 'down', said: null };
    },
  );
