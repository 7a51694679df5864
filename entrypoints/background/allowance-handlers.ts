import type { AllowanceMessage, WalletHandlers } from '@/lib/bus/protocol';
import type { AccountRef } from '@/lib/chains/account-ref';
import { revocation } from '@/lib/dapp/allowances/read-allowances';
import { placeOf } from '@/lib/dapp/allowances/show-allowances';
import { WalletError } from '@/lib/errors';
import { accountAt } from '@/lib/keyring/wallets';
import type { Wallet } from './compose';

/** What others may take, and the end of it. `use` is that of all handlers: an open wallet, and a new picture. */
export function allowanceHandlers(
  { dapp, sending, keyring }: Wallet,
  use: <Output>(work: () => Promise<Output>) => Promise<Output>,
): Pick<WalletHandlers, AllowanceMessage> {
  const addressOf = async (account: AccountRef) => {
    const profile = await keyring.profile();
    if (!profile) throw new WalletError('locked');
    return accountAt(profile, account).address;
  };
  return {
    'allowances.list': ({ account, chainId }) =>
      use(async () => ({ allowances: await dapp.listAllowances(await addressOf(account), chainId) })),
    'allowances.revoke': ({ account, place, fee }) =>
      use(async () => {
        const from = await addressOf(account);
        const call = revocation(placeOf(place, from));
        return sending.prepareCall({ chainId: place.chainId, fee, account, from, call });
      }),
  };
}
