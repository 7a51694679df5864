/** What a keyring can do, and what it is handed. */
import type { AccountRef } from '@/lib/chains/account-ref';
import type { UnsignedTransaction } from '@/lib/chains/types';
import type { OpenKeyring, WalletSecret } from './contents';
import type { FoundHardware } from './hardware';
import type { SafeDeps } from './safe';
import type { SignedTransaction } from './sign';
import type { Account, Profile, Wallet } from './wallets';
import type { NewUnlock, UnlockSecret } from './wraps';

/** One stored value; `lib/platform` makes them. */
interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

export interface KeyringDeps extends SafeDeps {
  /** In `storage.local`. */
  readonly profile: Stored<Profile>;
  /** In `storage.session`. */
  readonly session: Stored<OpenKeyring>;
}

/** A secret that brings a wallet. */
export type ImportedSecret = Exclude<WalletSecret, { type: 'keyless' }>;

export interface Keyring {
  profile(): Promise<Profile | null>;
  isUnlocked(): Promise<boolean>;
  /**
   * Whether the way to unlock is chosen. After a recovery beside a sealed record, whose password is forgotten, it is
   * not: what is open has to be sealed anew, or not at all.
   */
  hasUnlockMethod(): Promise<boolean>;
  /**
   * Unlocks the keyless wallet with entropy that was just created or recovered; makes it, with its first account, if the
   * profile has none yet.
   * @throws WalletError `wallet-exists` if the entropy is not that of the profile's keyless wallet; `locked` if it would
   *   have to be sealed beside others that are locked
   */
  adopt(entropy: Uint8Array): Promise<void>;
  /**
   * Seals what is open under one more way to unlock, or in place of that of the same method. Where there is no profile,
   * one without a wallet is made, unlocked.
   * @throws WalletError `password-weak` with a reason; `locked`, with reason `other-wallets` if some wallets are sealed
   *   under a way to unlock that was not used: they would be lost
   */
  addUnlock(unlock: NewUnlock): Promise<void>;
  /** The same for a password. */
  setPassword(password: Uint8Array): Promise<void>;
  /** Wraps the key anew, the secrets stay as they are. @throws WalletError `password-wrong`, `password-weak` */
  changePassword(old: Uint8Array, next: Uint8Array): Promise<void>;
  /** @throws WalletError `bad-message` if it is the only one: that is what `usePin` is for */
  removeUnlock(method: 'password' | 'passkey'): Promise<void>;
  /**
   * PIN every time: nothing stays on the device.
   * @throws WalletError `locked`: without the entropy in hand nothing is thrown away; `device-unlock-needed` if there is
   *   a wallet that no PIN brings back
   */
  usePin(): Promise<void>;
  /** What an authenticator must be asked for; null if no passkey opens this profile. */
  passkey(): Promise<{ readonly credentialId: string; readonly prfSalt: string } | null>;
  /** @throws WalletError `password-wrong`, `passkey-wrong`, `keyring-damaged`, `wallet-not-found` */
  unlockWith(unlock: UnlockSecret): Promise<void>;
  /** The same by password. */
  unlock(password: Uint8Array): Promise<void>;
  lock(): Promise<void>;
  /**
   * @throws WalletError `locked`; `device-unlock-needed` if nothing seals it on this device; `wallet-duplicate` with the
   *   type of the wallet that has its first account
   */
  addWallet(secret: ImportedSecret): Promise<Wallet>;
  /**
   * Lists accounts of a device: of a wallet that is here already, or as a new one. The first of them is selected.
   * @throws WalletError `locked`; `device-unlock-needed`; `wallet-duplicate` with the type of the wallet that has one
   */
  addHardware(found: FoundHardware): Promise<AccountRef>;
  /** An address without a key. @throws WalletError `locked`, `wallet-duplicate` */
  watch(address: `0x${string}`): Promise<Wallet>;
  renameWallet(walletId: string, name: string): Promise<void>;
  /** Forgets a wallet and its secret. @throws WalletError `locked`; `bad-message` for the keyless one */
  removeWallet(walletId: string): Promise<void>;
  /**
   * The secret of a wallet, opened anew: the open wallet is not enough. A keyless one gives the phrase of its entropy,
   * which opens the same accounts in any wallet.
   * @throws WalletError `password-wrong`, `passkey-wrong`, `keyring-damaged`; `bad-message` for a wallet without one
   */
  reveal(walletId: string, unlock: UnlockSecret): Promise<ImportedSecret>;
  /**
   * Opens what is sealed with what unlocks this device, and keeps nothing of it: proves who sits here.
   * @throws WalletError `password-wrong`, `passkey-wrong`, `keyring-damaged`, `wallet-not-found`
   */
  prove(unlock: UnlockSecret): Promise<void>;
  /**
   * Whether there is something to prove by: a password or a passkey of this profile, and a record that is whole. What is
   * open beside a damaged one is rescued by sealing it anew.
   */
  canProve(): Promise<boolean>;
  /**
   * Lends the entropy of the keyless wallet; the bytes are wiped when `work` has ended.
   * @throws WalletError `locked`, also if there is no keyless wallet
   */
  lendEntropy<Result>(work: (entropy: Uint8Array) => Promise<Result>): Promise<Result>;
  /** @throws WalletError `locked`; `bad-message` for a wallet that has one account only */
  addAccount(walletId: string, name?: string): Promise<Account>;
  renameAccount(at: AccountRef, name: string): Promise<void>;
  setAvatar(at: AccountRef, avatar: number): Promise<void>;
  /** @param place from 0, in its wallet */
  moveAccount(at: AccountRef, place: number): Promise<void>;
  selectAccount(at: AccountRef): Promise<void>;
  /** @throws WalletError `locked`, `bad-message` for a watched address */
  sign(at: AccountRef, transaction: UnsignedTransaction): Promise<SignedTransaction>;
  /** @param digest 32 bytes, of a message. @returns r, s, v in hex. @throws WalletError as `sign` */
  signDigest(at: AccountRef, digest: Uint8Array): Promise<`0x${string}`>;
  /** Forgets everything. */
  wipe(): Promise<void>;
}
