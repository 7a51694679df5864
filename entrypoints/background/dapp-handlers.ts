import { getAddress } from 'viem';
import type { DappMessage, WalletHandlers } from '@/lib/bus/protocol';
import type { Review } from '@/lib/bus/review';
import { WalletError } from '@/lib/errors';
import type { Wallet } from './compose';

/** Whose yes is a signature. */
const SIGNED: ReadonlySet<Review['kind']> = new Set(['transaction', 'message', 'sign-in', 'typed-data']);

/** What the wallet's own pages decide about sites. `use` is that of all handlers: an open wallet, and a new picture. */
export function dappHandlers(
  wallet: Wallet,
  use: <Output>(work: () => Promise<Output>) => Promise<Output>,
): Pick<WalletHandlers, DappMessage> {
  const { dapp, networks, keyring, signSoon } = wallet;
  const nothing = async (work: Promise<unknown>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  return {
    'requests.review': ({ key, wish }) =>
      use(async () => {
        const review = await dapp.review(key, wish);
        if (SIGNED.has(review.kind)) signSoon();
        return review;
      }),
    'requests.confirm': ({ key, digest, choice }) =>
      use(() =>
        nothing(
          dapp.confirm(
            key,
            digest,
            (choice.accounts ?? []).map((one) => getAddress(one)),
          ),
        ),
      ),
    // A locked wallet, too, can say no.
    'requests.reject': ({ key }) => nothing(wallet.start().then(() => dapp.reject(key))),
    'requests.reject-all': () => nothing(wallet.start().then(() => dapp.rejectAll())),
    'sites.set-accounts': ({ origin, accounts }) =>
      use(async () => {
        const own =
          (await keyring.profile())?.wallets.flatMap((one) => one.accounts.map(({ address }) => address)) ?? [];
        const chosen = accounts.map((one) => getAddress(one));
        if (!chosen.every((one) => own.includes(one))) throw new WalletError('bad-message', { reason: 'accounts' });
        await known(wallet, origin);
        return nothing(dapp.sites.connect(origin, chosen));
      }),
    'sites.set-chain': ({ origin, chainId }) =>
      use(async () => {
        const isKnown = (await networks.all()).some((one) => one.chainId === chainId);
        if (!isKnown) throw new WalletError('bad-message', { reason: 'chain' });
        await known(wallet, origin);
        return nothing(dapp.sites.setChain(origin, chainId));
      }),
    'sites.disconnect': ({ origin }) => use(() => nothing(dapp.disconnect(origin))),
    'sites.set-name': ({ origin, name }) =>
      use(async () => {
        await known(wallet, origin);
        return nothing(dapp.sites.setName(origin, name));
      }),
  };
}

/** @throws WalletError `bad-message` for a site that nothing is known of */
async function known({ dapp }: Wallet, origin: string): Promise<void> {
  if ((await dapp.sites.find(origin)) === null) throw new WalletError('bad-message', { reason: 'site' });
}
