/**
 * The wallets of this profile: locked or unlocked, their accounts, their signatures.
 * While unlocked the secrets stand in `storage.session`, so that a background that was stopped goes on where it was; at
 * rest they are sealed, or nowhere at all. Every change of what is sealed is stored before it is shown.
 */
import { fromBase64url, toBase64url } from '@/lib/bytes';
import type { AccountRef } from '@/lib/chains/account-ref';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { Contents, OpenKeyring, WalletSecret } from './contents';
import { withHardware } from './hardware';
import { createSafe } from './safe';
import { signDigest, signTransaction } from './sign';
import { createSigners, openWallet } from './signers';
import type { ImportedSecret, Keyring, KeyringDeps } from './types';
import {
  accountAt,
  firstAccount,
  freshName,
  hasSecret,
  isSealed,
  keylessOf,
  type Profile,
  refuseDuplicate,
  type Wallet,
  type WalletType,
  walletAt,
  withAccount,
  withChangedAccount,
  withMovedAccount,
  withoutWallet,
  withWallet,
  withWalletName,
} from './wallets';
import { methodsOf, type NewUnlock, type UnlockSecret } from './wraps';

export type { ImportedSecret, Keyring } from './types';

const WALLET_ID_BYTES = 16;

export function createKeyring(deps: KeyringDeps): Keyring {
  const exclusively = inTurn();
  const safe = createSafe(deps);
  const signers = createSigners(deps.session.read);

  const existing = async (): Promise<Profile> => {
    const profile = await deps.profile.read();
    if (!profile) throw new WalletError('wallet-not-found');
    return profile;
  };
  const opened = async (): Promise<OpenKeyring> => {
    const session = await deps.session.read();
    if (session === null) throw new WalletError('locked');
    return session;
  };
  const change = (edit: (profile: Profile) => Profile): Promise<void> =>
    exclusively(async () => deps.profile.write(edit(await existing())));

  const close = async (): Promise<void> => {
    signers.forget();
    await deps.session.remove();
    signers.forget();
  };

  /** The secrets of wallets that are still there. */
  const kept = (contents: Contents, { wallets }: Profile): Contents =>
    Object.fromEntries(Object.entries(contents).filter(([id]) => wallets.some((one) => one.id === id)));

  /** Seals, opens and lists one wallet more, in this order: a stop in between leaves no wallet without its secret. */
  const bring = async (profile: Profile, type: WalletType, secret: WalletSecret, first: `0x${string}`) => {
    const id = toBase64url(deps.random(WALLET_ID_BYTES));
    const session = await opened();
    const contents = { ...kept(session.contents, profile), [id]: secret };
    if (session.key !== null) await safe.reseal(contents, session.key);
    await deps.session.write({ ...session, contents });
    return list(profile, { id, type, name: '', accounts: [firstAccount(profile, first)] });
  };
  const list = async (profile: Profile, wallet: Wallet): Promise<Wallet> => {
    await deps.profile.write(withWallet(profile, wallet));
    return wallet;
  };

  const adopt = async (entropy: Uint8Array): Promise<void> => {
    const secret: WalletSecret = { type: 'keyless', entropy: toBase64url(entropy) };
    const first = await firstAddress(secret);
    const profile = (await deps.profile.read()) ?? NO_WALLET;
    const known = keylessOf(profile);
    if (known && !known.accounts.some(({ index, address }) => index === 0 && address === first))
      throw new WalletError('wallet-exists');
    const session = await deps.session.read();
    signers.forget();
    if (known) {
      const before = session ?? { key: null, contents: {} };
      return deps.session.write({ ...before, contents: { ...before.contents, [known.id]: secret } });
    }
    if (session === null && (isSealed(profile) || profile.wallets.length > 0)) throw new WalletError('locked');
    if (session !== null) return void (await bring(profile, 'keyless', secret, first));
    const id = toBase64url(deps.random(WALLET_ID_BYTES));
    await list(profile, { id, type: 'keyless', name: '', accounts: [firstAccount(profile, first)] });
    await deps.session.write({ key: null, contents: { [id]: secret } });
  };

  /** Not chosen yet means the PIN, too: stopped on the way, nobody is asked for a password that opens nothing. */
  const forgetSealed = async (profile: Profile): Promise<void> => {
    await deps.profile.write({ ...profile, unlock: [] });
    await safe.remove();
  };

  const seal = async (session: OpenKeyring, profile: Profile, unlock: NewUnlock): Promise<void> => {
    const needsOthers = profile.wallets.some(({ id, type }) => hasSecret(type) && !session.contents[id]);
    if (needsOthers) throw new WalletError('locked', { reason: 'other-wallets' });
    const { key, wraps } = await safe.seal(kept(session.contents, profile), session.key, unlock);
    await deps.session.write({ ...session, key });
    await deps.profile.write({ ...profile, unlock: methodsOf(wraps) });
  };

  const begin = async (unlock: NewUnlock): Promise<void> => {
    await safe.remove();
    const { key, wraps } = await safe.seal({}, null, unlock);
    await deps.session.write({ key, contents: {} });
    await deps.profile.write({ ...NO_WALLET, unlock: methodsOf(wraps) });
  };

  const unlockWith = async (unlock: UnlockSecret): Promise<void> => {
    const profile = await existing();
    const { key, contents } = await safe.open(unlock, keylessOf(profile)?.id ?? null);
    signers.forget();
    await deps.session.write({ key, contents: kept(contents, profile) });
    await forgetUnlisted(profile, unlock.method);
  };

  /** What a stopped background has taken away from the profile only, or has sealed without saying so, opens no longer. */
  const forgetUnlisted = async ({ unlock }: Profile, used: UnlockSecret['method']): Promise<void> => {
    if (!unlock.includes(used)) return;
    for (const method of await safe.methods())
      if (!unlock.includes(method)) await safe.unwrap(method).catch(() => undefined);
  };

  /** What only a profile may have that is sealed on this device. @throws WalletError `locked`, `device-unlock-needed` */
  const existingSealed = async (): Promise<Profile> => {
    const [profile, session] = [await existing(), await opened()];
    if (!isSealed(profile) || session.key === null) throw new WalletError('device-unlock-needed');
    return profile;
  };

  const addWallet = async (secret: ImportedSecret): Promise<Wallet> => {
    const profile = await existingSealed();
    const first = await firstAddress(secret);
    refuseDuplicate(profile, first);
    return bring(profile, secret.type, secret, first);
  };

  const removeWallet = async (walletId: string): Promise<void> => {
    const [profile, session] = [await existing(), await opened()];
    if (walletAt(profile, walletId).type === 'keyless') throw new WalletError('bad-message', { reason: 'wallet' });
    const left = withoutWallet(profile, walletId);
    await deps.profile.write(left);
    signers.forget();
    const contents = kept(session.contents, left);
    await deps.session.write({ ...session, contents });
    if (session.key !== null) await safe.reseal(contents, session.key);
  };

  const withKey = async <Result>(at: AccountRef, work: (key: Uint8Array) => Result): Promise<Result> => {
    const profile = await existing();
    accountAt(profile, at);
    if (!hasSecret(walletAt(profile, at.walletId).type)) throw new WalletError('bad-message', { reason: 'wallet' });
    const branch = await signers.of(at.walletId);
    return branch.withKey(at.index, work);
  };

  const addUnlock = (unlock: NewUnlock) =>
    exclusively(async () => {
      const profile = await deps.profile.read();
      return profile ? seal(await opened(), profile, unlock) : begin(unlock);
    });

  return {
    profile: () => deps.profile.read(),
    isUnlocked: async () => (await deps.session.read()) !== null,
    hasUnlockMethod: async () => {
      const methods = (await deps.profile.read())?.unlock ?? [];
      return methods.includes('pin') || (methods.length > 0 && (await deps.session.read())?.key !== null);
    },
    adopt: (entropy) => exclusively(() => adopt(entropy)),
    addUnlock,
    setPassword: (password) => addUnlock({ method: 'password', password }),
    changePassword: (old, next) =>
      exclusively(() => safe.rewrap({ method: 'password', password: old }, { method: 'password', password: next })),
    removeUnlock: (method) =>
      exclusively(async () => {
        const profile = await existing();
        const unlock = profile.unlock.filter((one) => one !== method);
        if (!isSealed({ ...profile, unlock })) throw new WalletError('bad-message', { reason: 'unlock-method' });
        await deps.profile.write({ ...profile, unlock });
        await safe.unwrap(method);
      }),
    usePin: () =>
      exclusively(async () => {
        const session = await opened();
        const profile = await existing();
        const alone = profile.wallets.every(({ type }) => type === 'keyless' || type === 'watch');
        if (!alone || !keylessOf(profile)) throw new WalletError('device-unlock-needed');
        await forgetSealed(profile);
        await deps.session.write({ ...session, key: null });
        await deps.profile.write({ ...profile, unlock: ['pin'] });
      }),
    passkey: safe.passkey,
    unlockWith: (unlock) => exclusively(() => unlockWith(unlock)),
    unlock: (password) => exclusively(() => unlockWith({ method: 'password', password })),
    lock: async () => {
      await close();
      // And after whatever was opening it.
      await exclusively(close);
    },
    addWallet: (secret) => exclusively(() => addWallet(secret)),
    addHardware: (found) =>
      exclusively(async () => {
        const { profile, added } = withHardware(
          await existingSealed(),
          found,
          toBase64url(deps.random(WALLET_ID_BYTES)),
        );
        await deps.profile.write(profile);
        return added;
      }),
    watch: (address) =>
      exclusively(async () => {
        await opened();
        const profile = await existing();
        refuseDuplicate(profile, address);
        const id = toBase64url(deps.random(WALLET_ID_BYTES));
        return list(profile, { id, type: 'watch', name: '', accounts: [firstAccount(profile, address)] });
      }),
    renameWallet: (walletId, name) =>
      change((profile) => withWalletName(profile, walletAt(profile, walletId).id, name)),
    removeWallet: (walletId) => exclusively(() => removeWallet(walletId)),
    reveal: async (walletId, unlock) => {
      const profile = await existing();
      const { contents } = await safe.open(unlock, keylessOf(profile)?.id ?? null);
      const secret = contents[walletAt(profile, walletId).id];
      if (!secret) throw new WalletError('bad-message', { reason: 'wallet' });
      return secret.type === 'keyless' ? { type: 'phrase', entropy: secret.entropy, passphrase: '' } : secret;
    },
    prove: async (unlock) => void (await safe.open(unlock, keylessOf(await existing())?.id ?? null)),
    canProve: async () => {
      const profile = await deps.profile.read();
      return profile !== null && isSealed(profile) && (await safe.isWhole());
    },
    lendEntropy: async (work) => {
      const id = keylessOf(await existing())?.id;
      const secret = id === undefined ? undefined : (await opened()).contents[id];
      if (secret?.type !== 'keyless') throw new WalletError('locked');
      const entropy = fromBase64url(secret.entropy);
      return work(entropy).finally(() => entropy.fill(0));
    },
    addAccount: (walletId, name) =>
      exclusively(async () => {
        const profile = await existing();
        const { type, accounts } = walletAt(profile, walletId);
        if (type !== 'keyless' && type !== 'phrase') throw new WalletError('bad-message', { reason: 'wallet' });
        const branch = await signers.of(walletId);
        const index = Math.max(...accounts.map((one) => one.index)) + 1;
        const account = { index, name: name ?? freshName(profile), address: branch.address(index) };
        await deps.profile.write(withAccount(await existing(), walletId, account));
        return account;
      }),
    renameAccount: (at, name) => change((profile) => withChangedAccount(profile, at, { name })),
    setAvatar: (at, avatar) => change((profile) => withChangedAccount(profile, at, { avatar })),
    moveAccount: (at, place) => change((profile) => withMovedAccount(profile, at, place)),
    selectAccount: (at) =>
      change((profile) => ({
        ...profile,
        selected: { walletId: at.walletId, index: accountAt(profile, at).index },
      })),
    sign: (at, transaction) => withKey(at, (key) => signTransaction(transaction, key)),
    signDigest: (at, digest) => withKey(at, (key) => signDigest(digest, key)),
    wipe: async () => {
      await close();
      await exclusively(async () => {
        await close();
        const profile = await deps.profile.read().catch(() => null);
        if (profile) await forgetSealed(profile);
        await safe.remove();
        await deps.profile.remove();
      });
    },
  };
}

const NO_WALLET: Profile = { wallets: [], selected: null, unlock: [] };

async function firstAddress(secret: WalletSecret): Promise<`0x${string}`> {
  const branch = await openWallet(secret);
  const address = branch.address(0);
  branch.wipe();
  return address;
}
