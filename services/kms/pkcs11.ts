import type { Handle } from 'pkcs11js';
import { IV_BYTES, KEY_BYTES, refused, TAG_BYTES } from '@/services/kms/aead';
import { type KeyAdmin, type KeyProvider, KmsError, type WrappedKey } from '@/services/kms/key-provider';
import { openToken, type Pkcs11Session, type TokenOptions } from '@/services/kms/pkcs11-token';

export interface Pkcs11ProviderOptions extends TokenOptions {
  /** `CKA_LABEL` of the keys; `CKA_ID` is their version in decimal. */
  readonly label: string;
  readonly random: (length: number) => Uint8Array;
}

/** A retired version is renamed, `label retired`; renaming it back undoes that. */
export interface Pkcs11Provider extends KeyProvider, KeyAdmin {
  /** Ends the sessions at the token. */
  close(): void;
}

const BLOB_BYTES = IV_BYTES + KEY_BYTES + TAG_BYTES;
const VERSION = /^[1-9][0-9]{0,8}$/;
/** Other processes may have rotated the keys meanwhile. */
const KEYS_FRESH_MS = 60_000;

interface Keys {
  readonly handles: ReadonlyMap<string, Handle>;
  readonly current: string;
  readonly readAtMs: number;
}

/**
 * Wraps data keys with AES-256-GCM inside a PKCS#11 token (PKCS#11 2.40, CKM_AES_GCM): the wrapping key never leaves it.
 * Blob as of the local driver: iv 12, wrapped key 32, tag 16. The initialization vector is drawn here, not by the token.
 * @throws KmsError `misconfigured` when module, token, PIN or keys are not there.
 */
export async function openPkcs11Provider(options: Pkcs11ProviderOptions): Promise<Pkcs11Provider> {
  const { label, random } = options;
  const token = await openToken(options);
  const id = `pkcs11:${label}`;
  let keys: Keys | null = null;

  const readKeys = () =>
    token.use(async (session) => {
      const handles = findKeys(session, label);
      const current = [...handles.keys()]
        .map(Number)
        .sort((a, b) => a - b)
        .at(-1);
      if (current === undefined)
        throw new KmsError('misconfigured', `The token has no key labelled ${label}; make one with: kms rotate`);
      return { handles, current: String(current), readAtMs: performance.now() };
    });
  const freshKeys = async (): Promise<Keys> => {
    if (keys === null || performance.now() - keys.readAtMs > KEYS_FRESH_MS) keys = await readKeys();
    return keys;
  };
  const handleOf = async (version: string): Promise<Handle> => {
    const known = (await freshKeys()).handles.get(version);
    if (known !== undefined) return known;
    keys = await readKeys();
    const found = keys.handles.get(version);
    if (found === undefined) throw new KmsError('key-missing', `The token has no version ${version} of ${label}.`);
    return found;
  };
  const wrap = async (dek: Uint8Array, aad: Uint8Array): Promise<WrappedKey> => {
    const { current } = await freshKeys();
    const iv = random(IV_BYTES);
    const key = await handleOf(current);
    const sealed = await token.use((session) => session.encrypt(key, { iv, aad }, dek));
    return { kid: id, version: current, blob: new Uint8Array(Buffer.concat([iv, sealed])) };
  };
  const unwrap = async ({ kid, version, blob }: WrappedKey, aad: Uint8Array): Promise<Uint8Array> => {
    if (kid !== id || !VERSION.test(version) || blob.length !== BLOB_BYTES) throw refused();
    const key = await handleOf(version);
    return token.use((session) =>
      session.decrypt(key, { iv: blob.subarray(0, IV_BYTES), aad }, blob.subarray(IV_BYTES)),
    );
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
    currentVersion: async () => (await freshKeys()).current,
    health: async () => {
      keys = await readKeys();
    },
    addVersion: async () => {
      const version = await token.use(async (session) => addKey(session, label));
      keys = null;
      return version;
    },
    retireVersion: async (version) => {
      const key = await handleOf(version);
      await token.use(async (session) => session.rename(key, `${label} retired`));
      keys = null;
    },
    close: () => token.close(),
  };
}

function findKeys(session: Pkcs11Session, label: string): Map<string, Handle> {
  const named = session.find(label).map(({ id, handle }) => [id, handle] as const);
  return new Map(named.filter(([version]) => VERSION.test(version)));
}

function addKey(session: Pkcs11Session, label: string): string {
  const taken = [label, `${label} retired`].flatMap((name) => [...findKeys(session, name).keys()].map(Number));
  const version = String(Math.max(0, ...taken) + 1);
  session.generate(label, version);
  return version;
}
