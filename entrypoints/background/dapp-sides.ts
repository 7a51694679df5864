import { fromHex } from '@/lib/bytes';
import { sameAddress } from '@/lib/chains/look-alike';
import { sendOnce } from '@/lib/chains/send-once';
import type { ChainSide, OwnAccount, WalletSide } from '@/lib/dapp/types';
import { bundledNetworks } from './bundled';
import type { DappParts } from './dapp-parts';
import { environment } from './environment';

export function walletSide({ keyring, activity, follow }: DappParts): WalletSide {
  const { now } = environment;
  return {
    isUnlocked: keyring.isUnlocked,
    accounts: async () =>
      ((await keyring.profile())?.wallets ?? [])
        .filter(({ type }) => type !== 'watch')
        .flatMap(({ id, accounts }) => accounts.map((one): OwnAccount => ownAccount(id, one))),
    signDigest: (at, digest) => keyring.signDigest(at, fromHex(digest.slice(2))),
    send: async ({ at, address }, transaction, feeWei) => {
      const fixed = { account: at, from: address, transaction, feeWei };
      const hash = await sendOnce({ activity, sign: keyring.sign, now }, fixed);
      follow();
      return hash;
    },
    nextNonce: activity.nonceAfterPending,
  };
}

const ownAccount = (
  walletId: string,
  { index, address }: { readonly index: number; readonly address: `0x${string}` },
): OwnAccount => ({ at: { walletId, index }, address });

export function chainSide({ networks, registry, tokens, changed }: DappParts): ChainSide {
  const [first] = bundledNetworks;
  if (!first) throw new Error('no network');
  return {
    firstChainId: async () => first.chainId,
    isKnown: async (chainId) => (await networks.all()).some((one) => one.chainId === chainId),
    request: async (chainId, method, params) => (await registry.get(chainId)).request(method, params),
    add: async ({ chainId, explorerUrl, ...rest }) => {
      await networks.add({ ...rest, chainId: String(chainId), explorerUrl: explorerUrl ?? '' });
      changed();
    },
    addToken: async (chainId, address) => {
      const known = (await tokens.all()).find((one) => one.chainId === chainId && sameAddress(one.address, address));
      // One that is shown already stays as it is.
      if (known === undefined || known.hidden) await tokens.add(chainId, address);
      changed();
    },
  };
}
