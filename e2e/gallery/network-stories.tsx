/** Networks and tokens. */
import type { ReactNode } from 'react';
import { AddTokenScreen, type AddTokenScreenProps } from '@/components/screens/add-token/Screen';
import { networkErrors } from '@/components/screens/network-form/network-errors';
import { NetworkFormScreen, type NetworkFormScreenProps } from '@/components/screens/network-form/Screen';
import { NetworkSheet } from '@/components/screens/networks/NetworkSheet';
import { NetworksScreen } from '@/components/screens/networks/Screen';
import type { Asset } from '@/components/screens/send/asset';
import { TokenScreen, type TokenScreenProps } from '@/components/screens/token/Screen';
import { TokensScreen, type TokensScreenProps } from '@/components/screens/tokens/Screen';
import type { NetworkFormInput, NetworkView, TokenOffer, TokenView } from '@/lib/bus/networks';
import type { ErrorDetails } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { NETWORK, NOW_MS, nothing } from './invented';

const HOUR_MS = 3_600_000;
const USDT = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const DAI = '0x6B175474E89094C44Da98b954EedeAC495271d0F';
const ACORN = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

/** What the account of the gallery has. */
export const ASSETS: readonly Asset[] = [
  { token: null, symbol: 'ETH', name: 'Ether', decimals: 18, units: 942_100_000_000_000_000n },
  { token: USDC, symbol: 'USDC', name: 'USD Coin', decimals: 6, units: 1_204_500_000n },
  { token: USDT, symbol: 'USDT', name: 'Tether USD', decimals: 6, units: 0n },
];
export const UNKNOWN_ASSETS: readonly Asset[] = ASSETS.map((asset) => ({ ...asset, units: null }));
/** One of the tokens gives no answer. */
export const SILENT_ASSETS: readonly Asset[] = ASSETS.map((asset) =>
  asset.token === USDT ? { ...asset, units: null } : asset,
);

const network = (chainId: number, name: string, symbol: string): NetworkView => ({ ...NETWORK, chainId, name, symbol });
const GNOSIS: NetworkView = { ...network(100, 'Gnosis', 'xDAI'), custom: true, rpcUrl: 'https://rpc.gnosis.example' };
const REPLACED: NetworkView = { ...NETWORK, rpcUrl: 'https://mine.example/rpc', replacedRpcUrl: NETWORK.rpcUrl };
const NETWORKS: readonly NetworkView[] = [
  NETWORK,
  network(8453, 'Base', 'ETH'),
  { ...network(42161, 'Arbitrum', 'ETH'), replacedRpcUrl: 'https://node.example' },
  network(10, 'Optimism', 'ETH'),
  network(137, 'Polygon', 'POL'),
  { ...network(56, 'BNB Smart Chain', 'BNB'), hidden: true },
  network(43114, 'Avalanche', 'AVAX'),
  { ...network(11155111, 'Sepolia', 'ETH'), test: true },
  GNOSIS,
];

const token = (address: string, symbol: string, name: string, decimals: number): TokenView => ({
  chainId: 1,
  address,
  symbol,
  name,
  decimals,
  listed: true,
  hidden: false,
});
const DOLLAR = token(USDC, 'USDC', 'USD Coin', 6);
const OWN = { ...token(ACORN, 'ACORN', 'Acorn', 18), listed: false };

const empty: NetworkFormInput = { name: '', rpcUrl: '', chainId: '', symbol: '', explorerUrl: '' };
const filled: NetworkFormInput = {
  name: 'Gnosis',
  rpcUrl: 'https://rpc.gnosis.example',
  chainId: '100',
  symbol: 'xDAI',
  explorerUrl: 'https://gnosisscan.example',
};
const form: NetworkFormScreenProps = {
  network: null,
  selected: false,
  draft: empty,
  errors: {},
  problem: null,
  asking: false,
  onDraft: nothing,
  onSave: nothing,
  onDefaultNode: nothing,
  onVisible: nothing,
  onRemove: nothing,
  onBack: nothing,
};
const draftOf = ({ name, rpcUrl, chainId, symbol, explorerUrl }: NetworkView): NetworkFormInput => ({
  name,
  rpcUrl,
  chainId: String(chainId),
  symbol,
  explorerUrl: explorerUrl ?? '',
});
const refused = (details: ErrorDetails): NetworkFormScreenProps => ({
  ...form,
  draft: filled,
  errors: networkErrors({ code: 'bad-network', details }, 'typed') ?? {},
});

const tokens: TokensScreenProps = {
  networkName: 'Ethereum',
  tokens: [
    token(USDT, 'USDT', 'Tether USD', 6),
    DOLLAR,
    { ...token(DAI, 'DAI', 'Dai Stablecoin', 18), hidden: true },
    OWN,
  ],
  order: 'held-first',
  error: null,
  onOrder: nothing,
  onVisible: nothing,
  onAdd: nothing,
  onBack: nothing,
};
const tokenPage: TokenScreenProps = {
  token: DOLLAR,
  network: NETWORK,
  units: 1_204_500_000n,
  asOfMs: NOW_MS - HOUR_MS,
  networkDown: false,
  prices: null,
  error: null,
  onSend: nothing,
  onReceive: nothing,
  onCopy: nothing,
  onHide: nothing,
  onBack: nothing,
};
const offer: TokenOffer = { chainId: 1, address: ACORN, symbol: 'ACORN', name: 'Acorn', decimals: 18, imitates: null };
const adding: AddTokenScreenProps = {
  networkName: 'Ethereum',
  address: '',
  refusal: undefined,
  problem: null,
  offer: null,
  busy: false,
  onAddress: nothing,
  onLook: nothing,
  onAdd: nothing,
  onBack: nothing,
};

export const NETWORK_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '15-networks': () => (
    <NetworksScreen networks={NETWORKS} selectedChainId={1} onNetwork={nothing} onAdd={nothing} onBack={nothing} />
  ),
  '15-networks-choose': () => (
    <NetworkSheet
      open
      networks={NETWORKS.slice(0, 5).concat(NETWORKS.slice(7, 8))}
      selectedChainId={1}
      error={null}
      onSelect={nothing}
      onManage={nothing}
      onClose={nothing}
    />
  ),
  '15-networks-choose-error': () => (
    <NetworkSheet
      open
      networks={NETWORKS.slice(0, 3)}
      selectedChainId={1}
      error={{ code: 'storage-failed', details: {} }}
      onSelect={nothing}
      onManage={nothing}
      onClose={nothing}
    />
  ),
  '15-network': () => <NetworkFormScreen {...form} network={NETWORK} selected draft={draftOf(NETWORK)} />,
  '15-network-own-node': () => <NetworkFormScreen {...form} network={REPLACED} draft={draftOf(REPLACED)} />,
  '15-network-custom': () => <NetworkFormScreen {...form} network={GNOSIS} draft={draftOf(GNOSIS)} />,
  '15-network-add': () => <NetworkFormScreen {...form} />,
  '15-network-add-asking': () => <NetworkFormScreen {...form} draft={filled} asking />,
  '15-network-add-denied': () => <NetworkFormScreen {...refused({ reason: 'chain-id-denied', chainId: 137 })} />,
  '15-network-add-taken': () => <NetworkFormScreen {...refused({ reason: 'chain-id-taken', party: 'Base' })} />,
  '15-network-add-unreachable': () => <NetworkFormScreen {...refused({ reason: 'rpc-unreachable' })} />,
  '15-network-add-insecure': () => <NetworkFormScreen {...refused({ reason: 'rpc-insecure' })} />,
  '15-network-add-in-use': () => (
    <NetworkFormScreen {...refused({ reason: 'in-use' })} network={GNOSIS} draft={draftOf(GNOSIS)} />
  ),
  '16-tokens': () => <TokensScreen {...tokens} />,
  '16-tokens-empty': () => <TokensScreen {...tokens} tokens={[]} />,
  '16-tokens-error': () => <TokensScreen {...tokens} error={{ code: 'storage-failed', details: {} }} />,
  '16-token': () => <TokenScreen {...tokenPage} />,
  '16-token-opening': () => <TokenScreen {...tokenPage} units={null} asOfMs={null} />,
  '16-token-offline': () => <TokenScreen {...tokenPage} networkDown />,
  '16-token-offline-unknown': () => <TokenScreen {...tokenPage} units={null} asOfMs={null} networkDown />,
  '16-token-own': () => <TokenScreen {...tokenPage} token={OWN} units={25n * 10n ** 18n} />,
  '16-token-add': () => <AddTokenScreen {...adding} />,
  '16-token-add-found': () => <AddTokenScreen {...adding} address={ACORN} offer={offer} />,
  '16-token-add-imitates': () => (
    <AddTokenScreen
      {...adding}
      address={ACORN}
      offer={{ ...offer, symbol: 'USDС', name: 'USD Coin', imitates: 'USDC' }}
    />
  ),
  '16-token-add-refused': () => <AddTokenScreen {...adding} address={ACORN} refusal={t('token.bad.not-a-token')} />,
  '16-token-add-offline': () => (
    <AddTokenScreen {...adding} address={ACORN} problem={{ code: 'chain-unreachable', details: {} }} />
  ),
};
