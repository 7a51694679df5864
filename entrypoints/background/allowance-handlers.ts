import type { AllowanceMessage, WalletHandlers } from '@/lib/bus/protocol';
import { revocation } from '@/lib/dapp/allowances/read-allowances';
import { placeOf } from '@/lib/dapp/allowances/show-allowances';
import { addressOf } from './address-of';
import type { Wallet } from './compose';

/** What others may take, and the end of it. `use` is that of all handlers: an open wallet, and a new picture. */
export function allowanceHandlers(
  { dapp, sending, keyring }: Wallet,
  use: <Output>(work: () => Promise<Output>) => Promise<Output>,
): Pick<WalletHandlers, AllowanceMessage> {
  return {
    'allowances.list': ({ account, chainId }) =>
      use(async () => ({ allowances: await dapp.listAllowances(await addressOf(keyring, account), chainId) })),
    'allowances.revoke': ({ account, place, fee }) =>
      use(async () => {
        const from = await addressOf(keyring, account);
        const call = revocation(placeOf(place, from));
        return sending.prepareCall({ chainId: place.chainId, fee, account, from, call });
      }),
  };
}
