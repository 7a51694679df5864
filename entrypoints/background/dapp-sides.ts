import { fromHex } from '@/lib/bytes';
import { sameAddress } from '@/lib/chains/look-alike';
import { type SendOnceDeps, sendOnce } from '@/lib/chains/send-once';
import { deviceWorkOf } from '@/lib/dapp/device-work';
import type { ChainSide, OwnAccount, WalletSide } from '@/lib/dapp/types';
import { bundledNetworks } from './bundled';
import type { DappParts } from './dapp-parts';
import { environment } from './environment';

export function walletSide({ keyring, device, activity, follow }: DappParts): WalletSide {
  const { now } = environment;
  return {
    isUnlocked: keyring.isUnlocked,
    accounts: async () =>
      ((await keyring.profile())?.wallets ?? [])
        .filter(({ type }) => type !== 'watch')
        .flatMap(({ id, accounts }) => accounts.map((one): OwnAccount => ownAccount(id, one))),
    signDigest: async (at, digest, { key, asked }) => {
      const onDevice = await device.onDevice(at);
      if (onDevice === null) return keyring.signDigest(at, fromHex(digest.slice(2)));
      const work = deviceWorkOf(asked);
      return device.sign({ purpose: key, account: at, address: onDevice, work, payment: null });
    },
    send: async ({ at, address }, transaction, feeWei, purpose) => {
      const fixed = { account: at, from: address, transaction, feeWei };
      const sign: SendOnceDeps['sign'] = (account, unsigned) => device.signForSite(account, unsigned, purpose);
      const hash = await sendOnce({ activity, sign, now }, fixed);
      follow();
      return hash;
    },
    isReplaced: async (hash) => (await activity.list()).some((one) => one.hash === hash && one.state === 'replaced'),
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
