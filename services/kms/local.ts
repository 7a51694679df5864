import { IV_BYTES, KEY_BYTES, open, refused, seal, TAG_BYTES } from '@/services/kms/aead';
import { type KeyAdmin, type KeyProvider, KmsError, type WrappedKey } from '@/services/kms/key-provider';
import { addKey, readKeyRing, retireKey } from '@/services/kms/key-ring';

const BLOB_BYTES = IV_BYTES + KEY_BYTES + TAG_BYTES;

export interface LocalProviderOptions {
  /** Folder of `{version}.key` files. */
  folder: string;
  mode: 'development' | 'production';
  /** In production somebody must have said that keys on the machine's own disk are meant. */
  acknowledged: 'yes' | 'no';
  random: (length: number) => Uint8Array;
}

/** Other processes, and the operator, may have added a key meanwhile. */
const RING_FRESH_MS = 60_000;

/**
 * Wraps data keys with AES-256-GCM under keys in files. Blob: iv 12, wrapped key 32, tag 16. A retired version is renamed,
 * `N.key.retired`; renaming it back undoes that.
 * @throws KmsError `misconfigured` when the folder is not usable, or in production without acknowledgement.
 */
export async function openLocalProvider(options: LocalProviderOptions): Promise<KeyProvider & KeyAdmin> {
  const { folder, mode, acknowledged, random } = options;
  if (mode === 'production' && acknowledged !== 'yes') {
    throw new KmsError('misconfigured', 'Keys in local files need VAULT_KMS_LOCAL_ACKNOWLEDGED=yes in production.');
  }
  let ring = await readKeyRing(folder);
  let readAtMs = performance.now();
  const id = `local:${ring.id}`;
  const readAgain = async () => {
    const found = await readKeyRing(folder);
    if (found.id !== ring.id) throw new KmsError('misconfigured', `${folder} holds another ring than at the start.`);
    [ring, readAtMs] = [found, performance.now()];
  };
  const currentKey = async () => {
    if (performance.now() - readAtMs > RING_FRESH_MS) await readAgain().catch(notNow);
    return { version: ring.current, key: await keyOf(ring.current) };
  };
  const keyOf = async (version: number) => {
    if (!ring.keys.has(version)) await readAgain().catch(notNow);
    const key = ring.keys.get(version);
    if (key === undefined) throw new KmsError('key-missing', `The key ring has no version ${version}.`);
    return key;
  };

  const wrap = async (dek: Uint8Array, aad: Uint8Array): Promise<WrappedKey> => {
    const { version, key } = await currentKey();
    const { iv, ct, tag } = seal(key, random(IV_BYTES), dek, aad);
    return { kid: id, version: String(version), blob: new Uint8Array(Buffer.concat([iv, ct, tag])) };
  };
  const unwrap = async ({ kid, version, blob }: WrappedKey, aad: Uint8Array): Promise<Uint8Array> => {
    if (kid !== id || !/^[1-9][0-9]{0,8}$/.test(version) || blob.length !== BLOB_BYTES) throw refused();
    const iv = blob.subarray(0, IV_BYTES);
    const ct = blob.subarray(IV_BYTES, IV_BYTES + KEY_BYTES);
    return open(await keyOf(Number(version)), { iv, ct, tag: blob.subarray(IV_BYTES + KEY_BYTES) }, aad);
  };
  return {
    id,
    wrap,
    unwrap,
    async rewrap(wrapped, aad) {
      const dek = await unwrap(wrapped, aad);
      try {
        return await wrap(dek, aad);
      } finally {
        dek.fill(0);
      }
    },
    currentVersion: async () => String((await currentKey()).version),
    health: readAgain,
    addVersion: async () => {
      const version = await addKey(folder);
      await readAgain();
      return String(version);
    },
    retireVersion: async (version) => {
      await retireKey(folder, version);
      await readAgain();
    },
  };
}

function notNow(cause: unknown): never {
  throw new KmsError('unavailable', 'The key ring cannot be read now.', cause);
}
