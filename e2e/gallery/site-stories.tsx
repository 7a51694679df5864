import type { ReactNode } from 'react';
import { RevokeSheet, type RevokeSheetProps } from '@/components/screens/allowances/RevokeSheet';
import { AllowancesScreen, type AllowancesScreenProps, keyOf } from '@/components/screens/allowances/Screen';
import { SitesScreen } from '@/components/screens/sites/Screen';
import { SiteScreen, type SiteScreenProps } from '@/components/screens/sites/SiteScreen';
import type { AllowanceView } from '@/lib/bus/allowances';
import type { SiteView } from '@/lib/bus/sites';
import { EVERYDAY, MADE_AT_MS, MIRA, NETWORK, nothing, SAVINGS } from './invented';

const SWAP: SiteView = {
  origin: 'https://swap.example',
  accounts: [EVERYDAY.address, SAVINGS.address],
  chainId: 1,
  connectedAtMs: MADE_AT_MS,
  asMetaMask: false,
};
const GAME: SiteView = { ...SWAP, origin: 'https://a-rather-long-name.of-a-game.example', accounts: [SAVINGS.address] };
const LOOKING: SiteView = { ...SWAP, origin: 'https://charts.example', accounts: [] };

const list = { networkName: () => 'Ethereum', onSite: nothing, onAllowances: nothing, onBack: nothing };
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

const DOLLAR = {
  standard: 'erc20',
  address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
  symbol: 'USDC',
  decimals: 6,
  tokenId: null,
  told: 'listed',
} as const;
const ROUTER = {
  address: '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45',
  name: 'Uniswap router',
  known: 'contract',
  code: 'contract',
  delegate: null,
} as const;
const STRANGER = { ...ROUTER, address: MIRA, name: null, known: 'no' } as const;
const at = { chainId: 1, contract: DOLLAR.address, spender: ROUTER.address, tokenId: null };
const granted = { origin: SWAP.origin, atMs: MADE_AT_MS };

const UNLIMITED: AllowanceView = {
  place: { ...at, kind: 'token' },
  amount: { asset: DOLLAR, units: '500000000', bound: 'unlimited' },
  spender: ROUTER,
  untilMs: null,
  granted,
};
const LIMITED: AllowanceView = {
  place: { ...at, kind: 'permit2', spender: MIRA },
  amount: { asset: DOLLAR, units: '1250500000', bound: 'at-most' },
  spender: STRANGER,
  untilMs: MADE_AT_MS + 400 * 86_400_000,
  granted: null,
};
const PICTURES: AllowanceView = {
  place: { ...at, kind: 'collection', contract: MIRA },
  amount: {
    asset: { ...DOLLAR, standard: 'erc721', symbol: 'PICTURES', decimals: null, told: 'read' },
    units: '0',
    bound: 'exact',
  },
  spender: { ...ROUTER, name: 'Seaport 1.6' },
  untilMs: null,
  granted: { ...granted, origin: GAME.origin },
};
const ETHEREUM = { chainId: 1, name: 'Ethereum' };
const allowances: AllowancesScreenProps = {
  accountName: EVERYDAY.name,
  networks: [
    { ...ETHEREUM, answer: [UNLIMITED, LIMITED, PICTURES] },
    { chainId: 10, name: 'Optimism', answer: 'unreachable' },
    { chainId: 137, name: 'Polygon', answer: [] },
    { chainId: 8453, name: 'Base', answer: 'asking' },
  ],
  ending: new Set([keyOf(PICTURES)]),
  onAllowance: nothing,
  onAgain: nothing,
  onBack: nothing,
};
const revoke: RevokeSheetProps = {
  allowance: UNLIMITED,
  network: NETWORK,
  fee: 'normal',
  quote: {
    feeWei: '640000000000000',
    levelFeesWei: { slow: '510000000000000', normal: '640000000000000', fast: '890000000000000' },
    offer: { kind: 'eip1559', gas: '46000', priceWei: '14000000000', tipWei: '1000000000', waits: false },
  },
  ready: true,
  sending: false,
  error: null,
  onFee: nothing,
  onConfirm: nothing,
  onClose: nothing,
};

export const SITE_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '31-sites': () => <SitesScreen {...list} sites={[SWAP, GAME, LOOKING]} />,
  '31-sites-empty': () => <SitesScreen {...list} sites={[]} />,
  '31-allowances': () => <AllowancesScreen {...allowances} />,
  '31-allowances-watched': () => <AllowancesScreen {...allowances} onAllowance={null} />,
  '31-allowances-empty': () => <AllowancesScreen {...allowances} networks={[{ ...ETHEREUM, answer: [] }]} />,
  '31-allowance-revoke': () => <RevokeSheet {...revoke} />,
  '31-allowance-revoke-asking': () => <RevokeSheet {...revoke} quote={null} ready={false} />,
  '31-allowance-revoke-refused': () => (
    <RevokeSheet
      {...revoke}
      quote={null}
      ready={false}
      error={{ code: 'insufficient-funds', details: { reason: 'fee' } }}
    />
  ),
  '31-site': () => <SiteScreen {...page} />,
  '31-site-one-account': () => <SiteScreen {...page} site={{ ...GAME, asMetaMask: true }} />,
  '31-site-not-allowed': () => <SiteScreen {...page} error={{ code: 'site-not-allowed', details: {} }} />,
};
