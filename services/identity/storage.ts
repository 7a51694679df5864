import { readFile } from 'node:fs/promises';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { writeAtomically } from '@/services/identity/files';

/** What must outlive a restart, so that a browser stays signed in; everything else lives minutes, in memory. */
const KEPT_MODELS = new Set(['Session', 'Grant']);

interface Entry {
  payload: AdapterPayload;
  expiresAtMs: number;
}

/** The provider's storage: in memory, with sessions and grants written to one file. */
export async function openStorage(path: string): Promise<AdapterFactory> {
  const entries = new Map<string, Entry>(JSON.parse(await readFile(path, 'utf8').catch(() => '[]')));
  let writing = Promise.resolve();
  const save = (model: string) => {
    if (!KEPT_MODELS.has(model)) return writing;
    writing = writing.then(() => {
      const kept = [...entries].filter(([key, entry]) => KEPT_MODELS.has(key.split(':')[0] ?? '') && isAlive(entry));
      return writeAtomically(path, JSON.stringify(kept));
    });
    return writing;
  };
  return (model) => modelStorage(model, entries, save);
}

function modelStorage(model: string, entries: Map<string, Entry>, save: (model: string) => Promise<void>): Adapter {
  const find = (id: string) => {
    const entry = entries.get(`${model}:${id}`);
    return entry && isAlive(entry) ? entry.payload : undefined;
  };
  const findBy = (member: 'uid' | 'userCode', value: string) =>
    [...entries].find(
      ([key, entry]) => key.startsWith(`${model}:`) && entry.payload[member] === value && isAlive(entry),
    );
  return {
    async upsert(id, payload, expiresInS) {
      const expiresAtMs = expiresInS ? Date.now() + expiresInS * 1000 : Number.MAX_SAFE_INTEGER;
      entries.set(`${model}:${id}`, { payload, expiresAtMs });
      await save(model);
    },
    find: async (id) => find(id),
    findByUid: async (uid) => findBy('uid', uid)?.[1].payload,
    findByUserCode: async (userCode) => findBy('userCode', userCode)?.[1].payload,
    async consume(id) {
      const payload = find(id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
      await save(model);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  };
}

function isAlive({ expiresAtMs }: Entry): boolean {
  return expiresAtMs > Date.now();
}
