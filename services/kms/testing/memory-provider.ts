import { IV_BYTES, KEY_BYTES, open, refused, seal, TAG_BYTES } from '@/services/kms/aead';
import { type KeyAdmin, type KeyProvider, KmsError } from '@/services/kms/key-provider';

/** A key provider of a test: its versions live as long as the process. */
export function createMemoryProvider(random: (length: number) => Uint8Array): KeyProvider & KeyAdmin {
  const keys = new Map([['1', random(KEY_BYTES)]]);
  let current = '1';
  const keyOf = (version: string) => {
    const key = keys.get(version);
    if (key === undefined) throw new KmsError('key-missing', `There is no version ${version}.`);
    return key;
  };
  const wrap: KeyProvider['wrap'] = async (dek, aad) => {
    const { iv, ct, tag } = seal(keyOf(current), random(IV_BYTES), dek, aad);
    return { kid: 'memory', version: current, blob: new Uint8Array(Buffer.concat([iv, ct, tag])) };
  };
  const unwrap: KeyProvider['unwrap'] = async ({ kid, version, blob }, aad) => {
    if (kid !== 'memory' || blob.length !== IV_BYTES + KEY_BYTES + TAG_BYTES) throw refused();
    const [iv, ct] = [blob.subarray(0, IV_BYTES), blob.subarray(IV_BYTES, IV_BYTES + KEY_BYTES)];
    return open(keyOf(version), { iv, ct, tag: blob.subarray(IV_BYTES + KEY_BYTES) }, aad);
  };
  return {
    id: 'memory',
    wrap,
    unwrap,
    rewrap: async (wrapped, aad) => wrap(await unwrap(wrapped, aad), aad),
    currentVersion: async () => current,
    health: async () => undefined,
    addVersion: async () => {
      current = String(Number(current) + 1);
      keys.set(current, random(KEY_BYTES));
      return current;
    },
    retireVersion: async (version) => void keys.delete(version),
  };
}
