import type { ReactNode } from 'react';
import { SitesScreen } from '@/components/screens/sites/Screen';
import { SiteScreen, type SiteScreenProps } from '@/components/screens/sites/SiteScreen';
import type { SiteView } from '@/lib/bus/sites';
import { EVERYDAY, MADE_AT_MS, NETWORK, nothing, SAVINGS } from './invented';

const SWAP: SiteView = {
  origin: 'https://swap.example',
  accounts: [EVERYDAY.address, SAVINGS.address],
  chainId: 1,
  connectedAtMs: MADE_AT_MS,
  asMetaMask: false,
};
const GAME: SiteView = { ...SWAP, origin: 'https://a-rather-long-name.of-a-game.example', accounts: [SAVINGS.address] };
const LOOKING: SiteView = { ...SWAP, origin: 'https://charts.example', accounts: [] };

const list = { networkName: () => 'Ethereum', onSite: nothing, onBack: nothing };
const page: SiteScreenProps = {
  site: SWAP,
  accounts: [EVERYDAY, SAVINGS],
  networks: [NETWORK, { ...NETWORK, chainId: 10, name: 'Optimism' }],
  error: null,
  onUse: nothing,
  onShown: nothing,
  onNetwork: nothing,
  onName: nothing,
  onDisconnect: nothing,
  onBack: nothing,
};

export const SITE_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '31-sites': () => <SitesScreen {...list} sites={[SWAP, GAME, LOOKING]} />,
  '31-sites-empty': () => <SitesScreen {...list} sites={[]} />,
  '31-site': () => <SiteScreen {...page} />,
  '31-site-one-account': () => <SiteScreen {...page} site={{ ...GAME, asMetaMask: true }} />,
  '31-site-not-allowed': () => <SiteScreen {...page} error={{ code: 'site-not-allowed', details: {} }} />,
};
