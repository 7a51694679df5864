/** What a device remembers of its wallets between unlocks: names and addresses, no secret. */
import { z } from 'zod';
import { type AccountRef, accountRef } from '@/lib/chains/account-ref';
import { WalletError } from '@/lib/errors';

const isAddress = (value: unknown) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value);
const address = z.custom<`0x${string}`>(isAddress);

/** How many pictures an account can choose from; 0 is the one of its address. */
export const AVATARS = 12;

const account = z.object({
  index: accountRef.shape.index,
  name: z.string(),
  address,
  avatar: z
    .int()
    .min(0)
    .max(AVATARS - 1)
    .exactOptional(),
});

/** Where the keys of a hardware wallet are. */
const device = z.object({
  kind: z.enum(['onekey-mini', 'trezor']),
  /** At m/44'/60'/0'/0/0: tells which device with which passphrase, also where that account is not listed. */
  first: address,
});

const wallet = z.object({
  id: accountRef.shape.walletId,
  /**
   * `keyless`: entropy from a keyless backup, at most one in a profile; `phrase`: BIP-39; `hardware`: keys on a device;
   * these have accounts at m/44'/60'/0'/0/index. `private-key` and `watch` have one account, with index 0.
   */
  type: z.enum(['keyless', 'phrase', 'private-key', 'watch', 'hardware']),
  /** Of `hardware`, and of no other. */
  device: device.exactOptional(),
  /** As the user has named it; empty until then. */
  name: z.string(),
  /** At least one, in the user's order. */
  accounts: z.array(account).min(1),
});

/** How this device opens its wallets. */
export const unlockMethod = z.enum(['password', 'passkey', 'pin']);

export const profile = z.object({
  /** In the user's order. Empty between the choice of a password and the first wallet. */
  wallets: z.array(wallet),
  selected: accountRef.nullable(),
  /**
   * Any of these opens it. `pin` stands alone: nothing is kept, each unlock is a full recovery of the keyless wallet.
   * Empty: not chosen yet.
   */
  unlock: z.array(unlockMethod),
});

export type Account = z.output<typeof account>;
export type Wallet = z.output<typeof wallet>;
export type WalletType = Wallet['type'];
export type Profile = z.output<typeof profile>;
export type Device = z.output<typeof device>;

/** Whether this device keeps a secret of such a wallet. */
export const hasSecret = (type: WalletType): boolean => type !== 'watch' && type !== 'hardware';

export const keylessOf = (profile: Profile | null): Wallet | undefined =>
  profile?.wallets.find(({ type }) => type === 'keyless');

/** A name that no account has yet. */
export function freshName({ wallets }: Profile): string {
  const taken = new Set(wallets.flatMap(({ accounts }) => accounts.map(({ name }) => name)));
  let place = wallets.reduce((sum, { accounts }) => sum + accounts.length, 1);
  while (taken.has(`Account ${place}`)) place += 1;
  return `Account ${place}`;
}

/** Every address once, watched ones too. */
export const addressesOf = (profile: Profile | null): ReadonlyArray<`0x${string}`> => [
  ...new Set(profile?.wallets.flatMap(({ accounts }) => accounts.map((one) => one.address)) ?? []),
];

/** Whether what opens the device is kept on it, sealed. */
export const isSealed = ({ unlock }: Profile): boolean => unlock.includes('password') || unlock.includes('passkey');

/** @throws WalletError `bad-message` if there is none */
export function walletAt(profile: Profile, walletId: string): Wallet {
  const found = profile.wallets.find(({ id }) => id === walletId);
  if (!found) throw new WalletError('bad-message', { reason: 'wallet' });
  return found;
}

/** @throws WalletError `bad-message` if there is none */
export function accountAt(profile: Profile, { walletId, index }: AccountRef): Account {
  const found = walletAt(profile, walletId).accounts.find((one) => one.index === index);
  if (!found) throw new WalletError('bad-message', { reason: 'account' });
  return found;
}

/** The wallet that has this address, whatever its spelling. */
export function walletOfAddress({ wallets }: Profile, searched: string): Wallet | undefined {
  const same = searched.toLowerCase();
  return wallets.find(({ accounts }) => accounts.some((one) => one.address.toLowerCase() === same));
}

/** @throws WalletError `wallet-duplicate` with the type of the wallet that has it */
export function refuseDuplicate(profile: Profile, address: `0x${string}`): void {
  const other = walletOfAddress(profile, address);
  if (other) throw new WalletError('wallet-duplicate', { reason: other.type });
}

/** Of a new wallet. */
export const firstAccount = (profile: Profile, address: `0x${string}`): Account => ({
  index: 0,
  name: freshName(profile),
  address,
});

const withAccounts = (profile: Profile, walletId: string, change: (accounts: Account[]) => Account[]): Profile => ({
  ...profile,
  wallets: profile.wallets.map((one) => (one.id === walletId ? { ...one, accounts: change(one.accounts) } : one)),
});

export const withWallet = (profile: Profile, added: Wallet): Profile => ({
  ...profile,
  wallets: [...profile.wallets, added],
  selected: { walletId: added.id, index: added.accounts[0]?.index ?? 0 },
});

/** Without a wallet; if it was the one in use, the first of the others is. */
export function withoutWallet(profile: Profile, walletId: string): Profile {
  const wallets = profile.wallets.filter(({ id }) => id !== walletId);
  const [first] = wallets;
  const next = first ? { walletId: first.id, index: first.accounts[0]?.index ?? 0 } : null;
  return { ...profile, wallets, selected: profile.selected?.walletId === walletId ? next : profile.selected };
}

export const withWalletName = (profile: Profile, walletId: string, name: string): Profile => ({
  ...profile,
  wallets: profile.wallets.map((one) => (one.id === walletId ? { ...one, name } : one)),
});

export function withAccount(profile: Profile, walletId: string, added: Account): Profile {
  const grown = withAccounts(profile, walletId, (accounts) => [...accounts, added]);
  return { ...grown, selected: { walletId, index: added.index } };
}

/** @throws WalletError `bad-message` */
export function withChangedAccount(profile: Profile, at: AccountRef, change: Partial<Account>): Profile {
  const changed = { ...accountAt(profile, at), ...change };
  return withAccounts(profile, at.walletId, (all) => all.map((one) => (one.index === at.index ? changed : one)));
}

/** @param place where it stands afterwards in its wallet, from 0; past the end is the end. @throws WalletError `bad-message` */
export function withMovedAccount(profile: Profile, at: AccountRef, place: number): Profile {
  const moved = accountAt(profile, at);
  return withAccounts(profile, at.walletId, (accounts) => {
    const others = accounts.filter(({ index }) => index !== at.index);
    return [...others.slice(0, place), moved, ...others.slice(place)];
  });
}
