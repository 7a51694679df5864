/** A storage area in memory, for tests; values cross as JSON, as they do in the browser. */
import { WalletError } from '@/lib/errors';
import type { Area } from './storage';

/** @param quotaBytes more than this of JSON is refused as a full disk would */
export function memoryArea(quotaBytes = Number.POSITIVE_INFINITY): Area {
  const items = new Map<string, string>();
  const jsonOf = (value: unknown) => JSON.stringify(value);
  return {
    get: async (keys) => {
      const wanted = keys ?? [...items.keys()];
      return Object.fromEntries(
        wanted.flatMap((key) => {
          const json = items.get(key);
          return json === undefined ? [] : [[key, JSON.parse(json)]];
        }),
      );
    },
    set: async (values) => {
      if (jsonOf(values).length > quotaBytes) throw new WalletError('storage-failed', { reason: 'quota' });
      for (const [key, value] of Object.entries(values)) items.set(key, jsonOf(value));
    },
    remove: async (keys) => {
      for (const key of keys) items.delete(key);
    },
    clear: async () => items.clear(),
  };
}
