/**
 * Storage with a version and a shape. An area is one of the browser's (`areas.ts`) or a map in a test;
 * a cell is one key of it, parsed at every reading.
 */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';

/** One storage area. Values are JSON. */
export interface Area {
  /** The whole area, or the named keys of it; a key that is not there is not in the answer. */
  get(keys: readonly string[] | null): Promise<Record<string, unknown>>;
  /** All or nothing. @throws WalletError `storage-failed` */
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

/** One stored value. */
export interface Cell<T> {
  /** Null if nothing is stored. @throws WalletError `storage-failed` with the key as reason if it has another shape */
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** A cell of `area`. A schema with codecs stores what they encode to, bytes as text for example. */
export function cell<Schema extends z.ZodType>(area: Area, key: string, schema: Schema): Cell<z.output<Schema>> {
  return {
    read: async () => {
      const value = (await area.get([key]))[key];
      if (value === undefined) return null;
      const parsed = schema.safeParse(value);
      if (!parsed.success) throw new WalletError('storage-failed', { reason: key });
      return parsed.data;
    },
    write: (value) => area.set({ [key]: z.encode(schema, value) }),
    remove: () => area.remove([key]),
  };
}

/** From the content of one schema version to that of the next. */
export type Migration = (items: Readonly<Record<string, unknown>>) => Record<string, unknown>;

const VERSION_KEY = 'schemaVersion';

/**
 * Brings an area to the newest version; does nothing when it is there. An interrupted migration starts over.
 * @param migrations the one at index n leads from version n + 1 to n + 2; version 1 is the first ever shipped
 * @throws WalletError `update-the-app` if a newer build has written here, `storage-failed` if the version is no number
 */
export async function migrate(area: Area, migrations: readonly Migration[]): Promise<void> {
  const newest = migrations.length + 1;
  const { [VERSION_KEY]: stored, ...items } = await area.get(null);
  const version = stored === undefined ? (Object.keys(items).length === 0 ? newest : 1) : stored;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new WalletError('storage-failed', { reason: VERSION_KEY });
  if (version > newest) throw new WalletError('update-the-app', { reason: VERSION_KEY });
  if (version === newest && stored !== undefined) return;

  const migrated = migrations.slice(version - 1).reduce((before, step) => step(before), items);
  await area.set({ ...migrated, [VERSION_KEY]: newest });
  await area.remove(Object.keys(items).filter((key) => !Object.hasOwn(migrated, key)));
}
