import type { ColumnType, Insertable, Kysely, Selectable } from 'kysely';
import { fromHex, toHex } from '@/lib/bytes';
import { retryEach } from '@/services/http/database/retry';
import type { Random } from '../protocol/oprf';
import type { CountedGuess, RealmEvent, RealmRecord, RegisteredRecord } from '../protocol/record';
import type { RealmStore, StoredRecord } from './store';

/** Tables of a realm. */
export interface RealmSchema {
  realm_record: RecordTable;
  realm_event: EventTable;
  realm_mark: MarkTable;
}

/** Key material stands in columns of its own; all of them are null once a row is locked for good. */
interface RecordTable {
  record_id: string;
  revision: string;
  state: 'registered' | 'no-guesses';
  version: Uint8Array | null;
  oprf_private_key: Uint8Array | null;
  oprf_public_key: Uint8Array | null;
  oprf_verifying_key: Uint8Array | null;
  oprf_key_signature: Uint8Array | null;
  unlock_key_commitment: Uint8Array | null;
  unlock_key_tag: Uint8Array | null;
  encryption_key_scalar_share: Uint8Array | null;
  encrypted_secret: Uint8Array | null;
  encrypted_secret_commitment: Uint8Array | null;
  num_guesses: number | null;
  guess_count: number | null;
  recent_guesses: ColumnType<StoredGuess[] | null, string | null, string | null>;
  erase_at_ms: number | null;
  /** Name of the user in the event log, so that the log can be applied again after a restore. */
  user_id: string | null;
  /** When an operator said that this row came from a backup, whose counter may be behind. */
  restored_at_ms: number | null;
}

interface StoredGuess {
  tokenId: string;
  /** Hex. */
  blindedInput: string;
  tokenExpiresAtMs: number;
}

interface EventTable {
  id: string;
  tenant: string;
  user_id: string;
  at_ms: number;
  event: RealmEvent['event'];
  num_guesses: number | null;
  guess_count: number | null;
  acked_at_ms: number | null;
}

/** One row that only ever counts up: see `mark.ts`. */
interface MarkTable {
  id: number;
  number: number;
}

type RecordColumns = Required<Omit<Insertable<RecordTable>, 'record_id' | 'revision' | 'user_id' | 'restored_at_ms'>>;
type CounterColumns = Pick<RecordColumns, 'guess_count' | 'recent_guesses' | 'erase_at_ms'>;

const REVISION_BYTES = 16;

/**
 * Records in PostgreSQL, or in PGlite by the same statements. A swap and its event are one conditional
 * statement, which has been committed when it returns. The database must run with `synchronous_commit` on.
 */
export function createPostgresStore(db: Kysely<RealmSchema>, random: Random): RealmStore {
  const fresh = () => toHex(random(REVISION_BYTES));
  return retryEach<RealmStore>({
    read: async (recordId) => {
      const row = await db.selectFrom('realm_record').selectAll().where('record_id', '=', recordId).executeTakeFirst();
      return row === undefined ? null : { record: fromRow(row), revision: row.revision };
    },
    compareAndSwap: async (recordId, expected, record, event) => {
      if (expected === null && record === null) return false;
      const written = { revision: fresh(), ...(event && { user_id: event.userId }) };
      const swapped = swap(db, recordId, expected, record, written);
      const rows = await (event === null ? swapped : withEvent(db, swapped, fresh(), event)).execute();
      return rows.length === 1;
    },
    listDue: async (nowMs, limit) => {
      const rows = await db
        .selectFrom('realm_record')
        .select('record_id')
        .where('erase_at_ms', '<=', nowMs)
        .orderBy('erase_at_ms')
        .limit(limit)
        .execute();
      return rows.map((row) => row.record_id);
    },
    readEvents: async (tenant, limit) => {
      const rows = await db
        .selectFrom('realm_event')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('acked_at_ms', 'is', null)
        .orderBy('at_ms')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ id: row.id, ...eventOf(row) }));
    },
    acknowledgeEvents: async (tenant, ids, nowMs) => {
      if (ids.length === 0) return;
      await db
        .updateTable('realm_event')
        .set({ acked_at_ms: nowMs })
        .where('tenant', '=', tenant)
        .where('id', 'in', [...ids])
        .where('acked_at_ms', 'is', null)
        .execute();
    },
  });
}

/** The event of a row of the log. */
export function eventOf(row: Selectable<EventTable>): RealmEvent {
  return {
    tenant: row.tenant,
    userId: row.user_id,
    atMs: row.at_ms,
    event: row.event,
    numGuesses: row.num_guesses,
    guessCount: row.guess_count,
  };
}

/** Gives the id of the row back if the row was still as `expected`, and nothing otherwise. */
function swap(
  db: Kysely<RealmSchema>,
  recordId: string,
  expected: StoredRecord | null,
  record: RealmRecord | null,
  written: { revision: string; user_id?: string },
) {
  const revision = expected?.revision ?? null;
  if (record === null)
    return db
      .deleteFrom('realm_record')
      .where('record_id', '=', recordId)
      .where('revision', '=', revision)
      .returning('record_id');
  if (expected === null)
    return db
      .insertInto('realm_record')
      .values({ record_id: recordId, ...toColumns(record), ...written })
      .onConflict((conflict) => conflict.column('record_id').doNothing())
      .returning('record_id');
  return db
    .updateTable('realm_record')
    .set({ ...changedColumns(expected.record, record), ...written })
    .where('record_id', '=', recordId)
    .where('revision', '=', revision)
    .returning('record_id');
}

/** The same and its event as one statement: a transaction of its own, and one way to the database instead of four. */
function withEvent(db: Kysely<RealmSchema>, swapped: ReturnType<typeof swap>, id: string, event: RealmEvent) {
  const row = {
    id,
    tenant: event.tenant,
    user_id: event.userId,
    at_ms: event.atMs,
    event: event.event,
    num_guesses: event.numGuesses,
    guess_count: event.guessCount,
  };
  const names = Object.keys(row) as (keyof typeof row)[];
  return db
    .with('swapped', () => swapped)
    .insertInto('realm_event')
    .columns(names)
    .expression((of) => of.selectFrom('swapped').select(names.map((name) => of.val(row[name]).as(name))))
    .returning('id');
}

/** What a row keeps that is locked for good. */
export const ERASED_COLUMNS: RecordColumns = {
  state: 'no-guesses',
  version: null,
  oprf_private_key: null,
  oprf_public_key: null,
  oprf_verifying_key: null,
  oprf_key_signature: null,
  unlock_key_commitment: null,
  unlock_key_tag: null,
  encryption_key_scalar_share: null,
  encrypted_secret: null,
  encrypted_secret_commitment: null,
  num_guesses: null,
  guess_count: null,
  recent_guesses: null,
  erase_at_ms: null,
};

/** Most changes are counted guesses: the key material, most of the row, is not written again. */
function changedColumns(before: RealmRecord, after: RealmRecord): CounterColumns | RecordColumns {
  if (before.state !== 'registered' || after.state !== 'registered') return toColumns(after);
  return before.registration === after.registration ? countersOf(after) : toColumns(after);
}

function countersOf({ guessCount, recentGuesses, eraseAtMs }: RegisteredRecord): CounterColumns {
  return { guess_count: guessCount, recent_guesses: guessesToJson(recentGuesses), erase_at_ms: eraseAtMs };
}

function toColumns(record: RealmRecord): RecordColumns {
  if (record.state === 'no-guesses') return ERASED_COLUMNS;
  const { registration } = record;
  return {
    state: 'registered',
    version: registration.version,
    oprf_private_key: registration.oprfPrivateKey,
    oprf_public_key: registration.oprfSignedPublicKey.publicKey,
    oprf_verifying_key: registration.oprfSignedPublicKey.verifyingKey,
    oprf_key_signature: registration.oprfSignedPublicKey.signature,
    unlock_key_commitment: registration.unlockKeyCommitment,
    unlock_key_tag: registration.unlockKeyTag,
    encryption_key_scalar_share: registration.encryptionKeyScalarShare,
    encrypted_secret: registration.encryptedSecret,
    encrypted_secret_commitment: registration.encryptedSecretCommitment,
    num_guesses: registration.numGuesses,
    ...countersOf(record),
  };
}

/** @throws Error when a registered row lacks a column: somebody else wrote into this table. */
function fromRow(row: Selectable<RecordTable>): RealmRecord {
  if (row.state === 'no-guesses') return { state: 'no-guesses' };
  return {
    state: 'registered',
    registration: {
      version: present(row.version),
      oprfPrivateKey: present(row.oprf_private_key),
      oprfSignedPublicKey: {
        publicKey: present(row.oprf_public_key),
        verifyingKey: present(row.oprf_verifying_key),
        signature: present(row.oprf_key_signature),
      },
      unlockKeyCommitment: present(row.unlock_key_commitment),
      unlockKeyTag: present(row.unlock_key_tag),
      encryptionKeyScalarShare: present(row.encryption_key_scalar_share),
      encryptedSecret: present(row.encrypted_secret),
      encryptedSecretCommitment: present(row.encrypted_secret_commitment),
      numGuesses: present(row.num_guesses),
    },
    guessCount: present(row.guess_count),
    recentGuesses: guessesFromStored(present(row.recent_guesses)),
    eraseAtMs: row.erase_at_ms,
  };
}

function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('A registered row lacks a column.');
  return value;
}

function guessesToJson(guesses: readonly CountedGuess[]): string {
  const stored: StoredGuess[] = guesses.map(({ tokenId, blindedInput, tokenExpiresAtMs }) => ({
    tokenId,
    blindedInput: toHex(blindedInput),
    tokenExpiresAtMs,
  }));
  return JSON.stringify(stored);
}

function guessesFromStored(guesses: readonly StoredGuess[]): CountedGuess[] {
  return guesses.map((guess) => ({ ...guess, blindedInput: fromHex(guess.blindedInput) }));
}
