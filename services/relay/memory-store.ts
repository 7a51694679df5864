import { equalBytes, toHex } from '@/lib/bytes';
import type { Handoff, Notice, RelayStore } from './store';

/** A store that lives as long as the process. For tests and for a relay within one process. */
export function createMemoryStore(): RelayStore {
  const handoffs = new Map<string, Handoff>();
  const notices = new Map<string, Notice>();
  const once = new Map<string, number>();
  return {
    async insertOnce(key, expiresAtMs) {
      if (once.has(key)) return false;
      once.set(key, expiresAtMs);
      return true;
    },
    async putHandoff(handoff) {
      handoffs.set(toHex(handoff.handleHash), structuredClone(handoff));
    },
    async takeHandoff({ handleHash, challenge, thumbprint }, nowMs) {
      const found = handoffs.get(toHex(handleHash));
      const isTheirs =
        found !== undefined &&
        found.expiresAtMs > nowMs &&
        equalBytes(found.challenge, challenge) &&
        equalBytes(found.thumbprint, thumbprint);
      if (!isTheirs) return null;
      handoffs.delete(toHex(handleHash));
      return found;
    },
    async addNotice(notice) {
      if (!notices.has(notice.id)) notices.set(notice.id, { ...notice });
    },
    async listDueNotices(nowMs, limit) {
      const due = [...notices.values()].filter(({ dueAtMs, expiresAtMs }) => dueAtMs <= nowMs && expiresAtMs > nowMs);
      return due.sort((a, b) => a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    async postponeNotice(id, next) {
      const known = notices.get(id);
      if (known) notices.set(id, { ...known, ...next });
    },
    async removeNotice(id) {
      notices.delete(id);
    },
    async removeExpired(nowMs) {
      for (const [key, expiresAtMs] of once) if (expiresAtMs <= nowMs) once.delete(key);
      for (const [name, { expiresAtMs }] of handoffs) if (expiresAtMs <= nowMs) handoffs.delete(name);
      const expired = [...notices.values()].filter(({ expiresAtMs }) => expiresAtMs <= nowMs);
      for (const { id } of expired) notices.delete(id);
      return expired.length;
    },
  };
}
