/**
 * Vault, issuer, realm, relay and their PostgreSQL, each killed by SIGKILL at random while accounts write and people sign
 * in, and started again: nothing that was acknowledged is lost, no counter goes back, and nobody is signed in as another.
 */
import pg from 'pg';
import { expect } from 'vitest';
import { eventUserId } from '@/services/realm/protocol/record';
import { createRelayed } from './relayed';
import { ALL_SERVERS, type Servers, startServers } from './servers';
import { createWriter, type Ground, type Writer } from './writer';

export interface KillingPlan {
  readonly writers: number;
  /** Of each writer. */
  readonly backups: number;
  /** People who sign in through the relay. */
  readonly people: number;
  /** Of each. */
  readonly signIns: number;
  /** Between two kills, at most. */
  readonly writesBetween: number;
  /** For the order of victims, all five in each round, and for the moments. */
  readonly seed: number;
}

export interface Killed {
  readonly writes: number;
  readonly signIns: number;
  readonly kills: Readonly<Record<string, number>>;
}

const VICTIMS = [...ALL_SERVERS, 'postgres'] as const;
/** A kill falls into the middle of what was just sent. */
const LATEST_MS = 12;

/** Park and Miller's generator: the same story for the same seed, as far as the machine lets it. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

export async function killWhileWriting(plan: KillingPlan): Promise<Killed> {
  const servers = await startServers();
  try {
    const killer = createKiller(servers, plan);
    const names = Array.from({ length: plan.writers }, (_, index) => `writer ${index}`);
    const writers = await Promise.all(names.map((name) => createWriter(name, killer.ground)));
    const people = Array.from({ length: plan.people }, (_, index) => createRelayed(`person ${index}`, killer.ground));
    killer.begin();
    await Promise.all([
      ...writers.map(async (writer) => {
        for (let made = 0; made < plan.backups; made += 1) {
          await writer.writeBackup();
          await writer.check();
        }
      }),
      ...people.map(async (person) => {
        for (let made = 0; made < plan.signIns; made += 1) await person.signIn();
        await person.withdraw();
      }),
    ]);
    const kills = await killer.end();
    for (const writer of writers) await writer.check();
    for (const person of people) await person.expectSignedOut();
    await expectEventsOf(servers, writers);
    const writes = writers.reduce((sum, writer) => sum + writer.writes(), 0);
    return { writes, signIns: people.reduce((sum, person) => sum + person.signIns(), 0), kills };
  } finally {
    await servers.stop();
  }
}

interface Killer {
  readonly ground: Ground;
  begin(): void;
  /** Lets the last victim come back. @returns how often each was killed */
  end(): Promise<Record<string, number>>;
}

function createKiller(servers: Servers, { writesBetween, seed }: KillingPlan): Killer {
  const dice = createDice(seed);
  const kills = Object.fromEntries(VICTIMS.map((name) => [name, 0]));
  const waiting = { writes: Number.POSITIVE_INFINITY };
  let next: string[] = [];
  let revival: Promise<void> = Promise.resolve();

  const killOne = async () => {
    if (next.length === 0) next = [...VICTIMS];
    const [victim = ''] = next.splice(dice(next.length), 1);
    await new Promise((resolve) => setTimeout(resolve, dice(LATEST_MS)));
    const name = ALL_SERVERS.find((server) => server === victim);
    await (name ? servers.kill(name) : servers.postgres.kill());
    await (name ? servers.start(name) : servers.postgres.start());
    kills[victim] = (kills[victim] ?? 0) + 1;
    waiting.writes = 1 + dice(writesBetween);
  };
  const onWrite = () => {
    waiting.writes -= 1;
    if (waiting.writes > 0) return;
    waiting.writes = Number.POSITIVE_INFINITY;
    revival = killOne();
  };
  return {
    ground: { servers, onWrite, standing: () => revival },
    begin: () => {
      waiting.writes = 1;
    },
    end: async () => {
      waiting.writes = Number.POSITIVE_INFINITY;
      await revival;
      waiting.writes = Number.POSITIVE_INFINITY;
      return kills;
    },
  };
}

/** The log of the realm has each change that was acknowledged, once: it is written with the change. */
async function expectEventsOf({ databaseUrls }: Servers, writers: readonly Writer[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrls.realm });
  await client.connect();
  const { rows } = await client.query<{ user_id: string; event: string; count: number }>(
    'SELECT user_id, event, count(*)::int AS count FROM realm_event GROUP BY user_id, event',
  );
  await client.end();
  const countOf = (userId: string, event: string) =>
    rows.find((row) => row.user_id === userId && row.event === event)?.count ?? 0;
  for (const { guessesOf } of writers) {
    for (const [user, guesses] of guessesOf) {
      const userId = eventUserId('halfkey', user);
      expect([user, countOf(userId, 'registered')]).toEqual([user, 1]);
      expect([user, countOf(userId, 'guess_used')]).toEqual([user, guesses]);
    }
  }
}
