/**
 * The sealed record in two places. A new one is written beside the old one and read back before it takes its place, so
 * that at every moment, whatever stops, one whole record is there.
 */
import { WalletError } from '@/lib/errors';
import { type SealedKeyring, undamaged } from './sealed';
import { isVersion1 } from './sealed-v1';

/** One place in `storage.local`; read as it is, so that a damaged record is told from a missing one. */
export interface SealedPlace {
  read(): Promise<unknown>;
  write(record: SealedKeyring): Promise<void>;
  remove(): Promise<void>;
}

export interface SealedStore {
  /** The record, of whatever version and shape; null if there is none. */
  read(): Promise<unknown>;
  /** @throws WalletError `storage-failed` if it does not come back as it was written; the old one is there then */
  replace(record: SealedKeyring): Promise<void>;
  remove(): Promise<void>;
}

export function createSealedStore(place: SealedPlace, next: SealedPlace): SealedStore {
  const put = async (where: SealedPlace, record: SealedKeyring) => {
    await where.write(record);
    const back = await where.read();
    if (!isWhole(back) || undamaged(back).checksum !== record.checksum)
      throw new WalletError('storage-failed', { reason: 'sealed' });
  };
  return {
    read: async () => {
      const stored = await place.read();
      if (isWhole(stored) || isVersion1(stored)) return stored;
      const other = await next.read();
      return isWhole(other) ? other : stored;
    },
    replace: async (record) => {
      await put(next, record);
      await put(place, record);
      // It is what stands in the first place now: left behind it does no harm.
      await next.remove().catch(() => undefined);
    },
    remove: async () => {
      // The older one last: what is stopped here leaves what opened it before.
      await next.remove();
      await place.remove();
    },
  };
}

/** Whether it is a record of today's version, not damaged. */
export function isWhole(stored: unknown): boolean {
  try {
    undamaged(stored);
    return true;
  } catch {
    return false;
  }
}
