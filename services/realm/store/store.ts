import type { RealmEvent, RealmRecord } from '../protocol/record';

export interface StoredRecord {
  record: RealmRecord;
  /** Changes with every write of a row and never comes back, also when the row is deleted and made again. */
  revision: string;
}

/** An event as it was written, under its id. */
export interface LoggedEvent extends RealmEvent {
  id: string;
}

/** Where records live. Reads are linearizable: they see every write that was answered before. */
export interface RealmStore {
  read(recordId: string): Promise<StoredRecord | null>;
  /**
   * Writes `record` (null deletes the row) and, in the same transaction, `event`, if the row is still as it was read
   * (null: there was none). A record that holds the very registration that was read changes the counters alone.
   * @returns true once the write is durable; false, with nothing written, if somebody else was faster.
   */
  compareAndSwap(
    recordId: string,
    expected: StoredRecord | null,
    record: RealmRecord | null,
    event: RealmEvent | null,
  ): Promise<boolean>;
  /** Ids of at most `limit` rows whose erasing is due, the oldest first. */
  listDue(nowMs: number, limit: number): Promise<string[]>;
  /** At most `limit` events of a tenant that nobody has acknowledged, the oldest first. */
  readEvents(tenant: string, limit: number): Promise<LoggedEvent[]>;
  /** Events of this tenant with these ids are read no more; other ids are ignored. They stay in the database. */
  acknowledgeEvents(tenant: string, ids: readonly string[], nowMs: number): Promise<void>;
}
