/** Accounts whose keys are on a device: addresses by their place, no secret. */
import type { AccountRef } from '@/lib/chains/account-ref';
import { WalletError } from '@/lib/errors';
import { type Device, freshName, type Profile, refuseDuplicate, withAccount, withWallet } from './wallets';

/** What a device has shown. `accounts` are at m/44'/60'/0'/0/index, one at least. */
export interface FoundHardware {
  readonly device: Device;
  readonly accounts: ReadonlyArray<{ readonly index: number; readonly address: `0x${string}` }>;
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** @throws WalletError `wallet-duplicate`; `bad-message` where the first address contradicts itself */
export function withHardware(
  profile: Profile,
  { device, accounts }: FoundHardware,
  newId: string,
): { readonly profile: Profile; readonly added: AccountRef } {
  const [chosen] = accounts;
  const indexes = new Set(accounts.map(({ index }) => index));
  const contradicts = accounts.some(({ index, address }) => (index === 0) !== same(address, device.first));
  if (chosen === undefined || indexes.size !== accounts.length || contradicts)
    throw new WalletError('bad-message', { reason: 'accounts' });
  const known = profile.wallets.find((one) => one.device?.kind === device.kind && same(one.device.first, device.first));
  const fresh = accounts.filter(({ index }) => known?.accounts.every((one) => one.index !== index) ?? true);
  for (const { address } of fresh) refuseDuplicate(profile, address);
  const [first, ...rest] = fresh;
  if (first === undefined) throw new WalletError('wallet-duplicate', { reason: 'hardware' });
  const named = (now: Profile, account: typeof first) => ({ ...account, name: freshName(now) });
  const begun =
    known === undefined
      ? withWallet(profile, { id: newId, type: 'hardware', device, name: '', accounts: [named(profile, first)] })
      : withAccount(profile, known.id, named(profile, first));
  const walletId = known?.id ?? newId;
  const grown = rest.reduce((now, account) => withAccount(now, walletId, named(now, account)), begun);
  const added = { walletId, index: first.index };
  return { profile: { ...grown, selected: added }, added };
}
