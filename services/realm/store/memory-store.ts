import type { RealmEvent } from '../protocol/record';
import type { LoggedEvent, RealmStore, StoredRecord } from './store';

/** A store that lives as long as the process. For tests and for realms within one process. */
export interface MemoryStore extends RealmStore {
  /** Every event written, in order. */
  readonly events: readonly RealmEvent[];
}

export function createMemoryStore(): MemoryStore {
  const rows = new Map<string, StoredRecord>();
  const events: RealmEvent[] = [];
  let unread: LoggedEvent[] = [];
  let writes = 0;
  return {
    events,
    read: async (recordId) => structuredClone(rows.get(recordId) ?? null),
    compareAndSwap: async (recordId, expected, record, event) => {
      if (rows.get(recordId)?.revision !== expected?.revision) return false;
      writes += 1;
      if (record === null) rows.delete(recordId);
      else rows.set(recordId, { record: structuredClone(record), revision: String(writes) });
      if (event !== null) {
        events.push(event);
        unread.push({ id: String(writes), ...event });
      }
      return true;
    },
    readEvents: async (tenant, limit) =>
      unread
        .filter((event) => event.tenant === tenant)
        .sort((a, b) => a.atMs - b.atMs)
        .slice(0, limit),
    acknowledgeEvents: async (tenant, ids) => {
      unread = unread.filter((event) => event.tenant !== tenant || !ids.includes(event.id));
    },
    listDue: async (nowMs, limit) => {
      const due: { recordId: string; eraseAtMs: number }[] = [];
      for (const [recordId, { record }] of rows) {
        const eraseAtMs = record.state === 'registered' ? record.eraseAtMs : null;
        if (eraseAtMs !== null && eraseAtMs <= nowMs) due.push({ recordId, eraseAtMs });
      }
      due.sort((a, b) => a.eraseAtMs - b.eraseAtMs);
      return due.slice(0, limit).map(({ recordId }) => recordId);
    },
  };
}
