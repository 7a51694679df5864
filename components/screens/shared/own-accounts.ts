import type { AccountRef, AccountView, Snapshot, WalletView } from '@/lib/bus/snapshot';

type Wallets = Pick<Snapshot, 'wallets'>;

/** All accounts of all wallets, in the user's order. */
export const accountsOf = ({ wallets }: Wallets): readonly AccountView[] => wallets.flatMap(({ accounts }) => accounts);

export const sameAccount = (one: AccountRef, other: AccountRef): boolean =>
  one.walletId === other.walletId && one.index === other.index;

export const refOf = ({ walletId, index }: AccountRef): AccountRef => ({ walletId, index });

export const accountAt = (wallets: Wallets, ref: AccountRef | null): AccountView | undefined =>
  ref === null ? undefined : accountsOf(wallets).find((account) => sameAccount(account, ref));

export const walletOf = ({ wallets }: Wallets, ref: AccountRef): WalletView | undefined =>
  wallets.find(({ id }) => id === ref.walletId);

/** The account in use; the first one where it is none of those that are there. */
export const accountInUse = (snapshot: Pick<Snapshot, 'wallets' | 'selected'>): AccountView | undefined =>
  accountAt(snapshot, snapshot.selected) ?? accountsOf(snapshot)[0];

/** The name of the own account with this address, whatever its spelling. */
export function nameIn(wallets: Wallets, address: string): string | undefined {
  return accountsOf(wallets).find((account) => account.address.toLowerCase() === address.toLowerCase())?.name;
}

/** Whether its key is here, not only its address. */
export const canSend = (wallets: Wallets, ref: AccountRef): boolean => walletOf(wallets, ref)?.type !== 'watch';

/** Whether a wallet can have accounts of Bitcoin and its relatives: with a seed here, or on a device that is asked for them. */
export const canHaveCoins = ({ type, device }: Pick<WalletView, 'type' | 'device'>): boolean =>
  type === 'keyless' || type === 'phrase' || (type === 'hardware' && device !== 'trezor');
