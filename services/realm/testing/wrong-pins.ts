/** A thousand wrong PINs at once, over 50 connections to PostgreSQL: each a guess of its own, with a token of its own. */
import { decode } from 'cborg';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createRealmApp } from '../app';
import type { SecretsRequest } from '../protocol/wire';
import { realmMigrations } from '../store/migrations';
import { createPostgresStore, type RealmSchema } from '../store/postgres-store';
import { encodeRequest, makeRegistration, random, randomPoint } from './device';
import { createTenant } from './tenant';

const REALM_ID = '0102030405060708090a0b0c0d0e0f10';
const CONNECTIONS = 50;
export const WRONG_PINS = 1_000;

export const openDatabaseOf50 = async (): Promise<Database<RealmSchema>> => {
  const database = await openDatabase<RealmSchema>({
    databaseUrl: await createTestDatabase(),
    maxConnections: CONNECTIONS,
  });
  await migrate(database.db, realmMigrations);
  return database;
};

/** What a realm did with them. */
export interface Spent {
  /** `guess_count` of each evaluation that was given away. */
  readonly counts: readonly number[];
  readonly refused: number;
  /** `guess_count` of each event that the realm wrote down. */
  readonly events: readonly number[];
}

/** @param time counts the runs on this database: each has a user and a moment of its own */
export async function sendWrongPins({ db }: Database<RealmSchema>, time: number): Promise<Spent> {
  const tenant = createTenant();
  const subject = `time ${time}`;
  const nowMs = 1_800_000_000_000 + time;
  const store = createPostgresStore(db, random);
  const app = createRealmApp({ realmId: REALM_ID, tenants: tenant.keys, store, now: () => nowMs, random });
  const send = async (operation: 'register' | 'recover', request: SecretsRequest) =>
    app.request('/req', {
      method: 'POST',
      body: new Uint8Array(encodeRequest(request)),
      headers: {
        authorization: `Bearer ${await tenant.sign({ realmId: REALM_ID, operation, subject, nowMs })}`,
        'x-juicebox-version': '0.3.7',
      },
    });
  const registration = makeRegistration(8);
  const { version } = registration;
  await send('register', { kind: 'Register2', registration });
  const guesses = Array.from({ length: WRONG_PINS }, () =>
    send('recover', { kind: 'Recover2', version, blindedInput: randomPoint() }),
  );
  const answers = await Promise.all((await Promise.all(guesses)).map(decoded));
  return {
    counts: answers.flatMap(({ Recover2 }) => (typeof Recover2 === 'object' ? (Recover2.Ok?.guess_count ?? []) : [])),
    refused: answers.filter(({ Recover2 }) => Recover2 === 'NoGuesses').length,
    events: await eventsAt(db, nowMs),
  };
}

interface Answer {
  readonly Recover2?: string | { readonly Ok?: { readonly guess_count: number } };
}

const decoded = async (response: Response): Promise<Answer> =>
  response.status === 200 ? decode(new Uint8Array(await response.arrayBuffer())) : {};

async function eventsAt(db: Database<RealmSchema>['db'], nowMs: number): Promise<number[]> {
  const rows = await db
    .selectFrom('realm_event')
    .select('guess_count')
    .where('event', '=', 'guess_used')
    .where('at_ms', '=', nowMs)
    .execute();
  return rows.map((row) => Number(row.guess_count));
}
