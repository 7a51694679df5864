/**
 * The device's DPoP keys: P-256, not extractable, in IndexedDB, one an account (keyless protocol, section 2).
 * Losing one means "new device", never "no wallet".
 */
import { WalletError } from '@/lib/errors';

const DATABASE = 'halfkey';
const STORE = 'device-keys';

export interface DeviceKeys {
  get(name: string): Promise<CryptoKeyPair | null>;
  /** Stores a key pair under `name`, in place of what stood there. */
  put(name: string, pair: CryptoKeyPair): Promise<void>;
  clear(): Promise<void>;
}

/** @param factory `indexedDB` of the background */
export function openDeviceKeys(factory: IDBFactory): DeviceKeys {
  return {
    get: (name) => inStore(factory, 'readonly', async (store) => asKeyPair(await done(store.get(name)))),
    put: (name, pair) =>
      inStore(factory, 'readwrite', async (store) => {
        await done(store.put(pair, name));
      }),
    clear: () => inStore(factory, 'readwrite', (store) => done(store.clear())),
  };
}

function asKeyPair(value: unknown): CryptoKeyPair | null {
  if (typeof value !== 'object' || value === null || !('privateKey' in value) || !('publicKey' in value)) return null;
  const { privateKey, publicKey } = value;
  return privateKey instanceof CryptoKey && publicKey instanceof CryptoKey ? { privateKey, publicKey } : null;
}

/** One transaction; the database is opened and closed around it, so that nothing holds it when it is to be deleted. */
async function inStore<T>(
  factory: IDBFactory,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const opening = factory.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  let database: IDBDatabase | undefined;
  try {
    database = await done(opening);
    const transaction = database.transaction(STORE, mode);
    const result = await work(transaction.objectStore(STORE));
    await completed(transaction);
    return result;
  } catch {
    throw new WalletError('storage-failed', { reason: STORE });
  } finally {
    database?.close();
  }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
