/** What is sealed on this device, opened and written. It knows keys and records, and nothing of profiles and sessions. */
import { fromBase64url, toBase64url } from '@/lib/bytes';
import { Secret } from '@/lib/crypto/secret';
import { WalletError } from '@/lib/errors';
import type { Contents } from './contents';
import { passwordWeakness } from './password';
import { newKeyringKey, openContents, sealContents, undamaged, withWraps } from './sealed';
import { createSealedStore, isWhole, type SealedPlace } from './sealed-store';
import { isVersion1, openVersion1 } from './sealed-v1';
import { methodsOf, type NewUnlock, type UnlockSecret, unwrap, type WrapDeps, type Wraps, withWrap } from './wraps';

export interface SafeDeps extends WrapDeps {
  /** In `storage.local`. */
  readonly sealed: SealedPlace;
  /** In `storage.local`: where a new record stands until it was read back. */
  readonly sealedNext: SealedPlace;
}

/** Keys are 32 bytes in base64url, as the session keeps them. */
export interface Safe {
  /** @throws WalletError `password-wrong`, `passkey-wrong`, `keyring-damaged`, `wallet-not-found` */
  open(unlock: UnlockSecret, keylessId: string | null): Promise<{ key: string | null; contents: Contents }>;
  /**
   * A record of these contents with one more way to unlock; under a new key, and with that way only, if there is none yet.
   * @throws WalletError `password-weak`
   */
  seal(contents: Contents, key: string | null, unlock: NewUnlock): Promise<{ key: string; wraps: Wraps }>;
  /** Other contents under the same key and wraps. */
  reseal(contents: Contents, key: string): Promise<void>;
  /** @throws WalletError `password-wrong`, `passkey-wrong`, `password-weak` */
  rewrap(old: UnlockSecret, next: NewUnlock): Promise<void>;
  /** Takes one way to unlock away. */
  unwrap(method: 'password' | 'passkey'): Promise<void>;
  /** The ways to unlock that the record has; none if it is of version 1 or damaged. */
  methods(): Promise<readonly ('password' | 'passkey')[]>;
  /** Whether there is a record, not damaged. What the storage cannot say is no answer. */
  isWhole(): Promise<boolean>;
  passkey(): Promise<{ readonly credentialId: string; readonly prfSalt: string } | null>;
  remove(): Promise<void>;
}

export function createSafe(deps: SafeDeps): Safe {
  const store = createSealedStore(deps.sealed, deps.sealedNext);

  const stored = async () => {
    const record = await store.read();
    if (record === null) throw new WalletError('wallet-not-found');
    return record;
  };

  /** None if the record is damaged: what is sealed anew then rescues what is open. */
  const wrapsThatAreThere = async (): Promise<Wraps> => {
    try {
      return undamaged(await stored()).wraps;
    } catch {
      return {};
    }
  };

  const seal: Safe['seal'] = async (contents, key, unlock) => {
    refuseWeak(unlock);
    const secret = key === null ? newKeyringKey(deps.random) : new Secret(fromBase64url(key));
    try {
      const before = key === null ? {} : await wrapsThatAreThere();
      const wraps = await withWrap(before, secret, unlock, deps);
      await store.replace(sealContents(contents, secret, wraps, deps.random));
      return { key: secret.use(toBase64url), wraps };
    } finally {
      secret.wipe();
    }
  };

  /** Under today's form at once; if that fails the old record is still there, and opens as it did. */
  const openOld = async (record: unknown, password: Uint8Array, keylessId: string) => {
    const entropy = await openVersion1(record, password);
    const contents: Contents = { [keylessId]: { type: 'keyless', entropy: entropy.use(toBase64url) } };
    entropy.wipe();
    const sealed = await seal(contents, null, { method: 'password', password }).catch(() => null);
    return { key: sealed?.key ?? null, contents };
  };

  return {
    seal,
    open: async (unlock, keylessId) => {
      const record = await stored();
      if (isVersion1(record) && unlock.method === 'password' && keylessId !== null)
        return openOld(record, unlock.password, keylessId);
      const whole = undamaged(record);
      const key = await unwrap(whole.wraps, unlock);
      try {
        return { key: key.use(toBase64url), contents: openContents(whole, key) };
      } finally {
        key.wipe();
      }
    },
    reseal: async (contents, key) => {
      const { wraps } = undamaged(await stored());
      const secret = new Secret(fromBase64url(key));
      try {
        await store.replace(sealContents(contents, secret, wraps, deps.random));
      } finally {
        secret.wipe();
      }
    },
    rewrap: async (old, next) => {
      const record = undamaged(await stored());
      const key = await unwrap(record.wraps, old);
      try {
        refuseWeak(next);
        await store.replace(withWraps(record, await withWrap(record.wraps, key, next, deps)));
      } finally {
        key.wipe();
      }
    },
    unwrap: async (method) => {
      const record = undamaged(await stored());
      const { [method]: _, ...wraps } = record.wraps;
      await store.replace(withWraps(record, wraps));
    },
    methods: async () => methodsOf(await wrapsThatAreThere()),
    isWhole: async () => {
      const record = await store.read();
      return record !== null && (isVersion1(record) || isWhole(record));
    },
    passkey: async () => {
      const record = await store.read();
      const wrap = record === null || isVersion1(record) ? undefined : undamaged(record).wraps.passkey;
      return wrap ? { credentialId: wrap.credentialId, prfSalt: wrap.prfSalt } : null;
    },
    remove: store.remove,
  };
}

function refuseWeak(unlock: NewUnlock): void {
  if (unlock.method !== 'password') return;
  const weakness = passwordWeakness(new TextDecoder().decode(unlock.password));
  if (weakness) throw new WalletError('password-weak', { reason: weakness });
}
