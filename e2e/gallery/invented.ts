/** Invented accounts, amounts and times; nothing of it exists. */
import type { BackupView } from '@/lib/bus/backup';
import type { NetworkView } from '@/lib/bus/networks';
import type { AccountView, PricesView, ProviderView, SettingsView } from '@/lib/bus/snapshot';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The gallery's clock: the present day of the browser, at 12:04. */
export const NOW_MS = new Date().setHours(12, 4, 0, 0);
/** The third of May before the gallery's day. */
export const MADE_AT_MS = (() => {
  const now = new Date(NOW_MS);
  const thisYear = new Date(now.getFullYear(), 4, 3, 8, 2).getTime();
  return thisYear < NOW_MS ? thisYear : new Date(now.getFullYear() - 1, 4, 3, 8, 2).getTime();
})();

export const GOOGLE: ProviderView = { id: 'google', label: 'Google', kind: 'google', local: false };
export const LOCAL_GOOGLE: ProviderView = { id: 'local', label: 'Google', kind: 'google', local: true };
export const APPLE: ProviderView = { id: 'apple', label: 'Apple', kind: 'apple', local: false };
export const LOCAL_APPLE: ProviderView = { ...APPLE, local: true };
export const OWN_PROVIDER: ProviderView = { id: 'own', label: 'id.example.org', kind: 'oidc', local: false };

export const NETWORK: NetworkView = {
  chainId: 1,
  name: 'Ethereum',
  symbol: 'ETH',
  decimals: 18,
  explorerUrl: 'https://explorer.example',
  test: false,
  custom: false,
  hidden: false,
  rpcUrl: 'https://node.example',
  replacedRpcUrl: null,
};

export const EVERYDAY: AccountView = {
  walletId: 'A'.repeat(22),
  index: 0,
  name: 'Everyday',
  address: '0x3D9a4bE1c07F52a86E1bD93f0C24a7715eB8F20c',
  balance: { wei: '942100000000000000', asOfMs: NOW_MS - 4 * MINUTE_MS },
};

export const SAVINGS: AccountView = {
  walletId: 'A'.repeat(22),
  index: 1,
  name: 'Savings',
  address: '0xB4c1D27e63A9F08d5C6b1E4a97D20fB5863390aE',
  balance: { wei: '6310000000000000000', asOfMs: NOW_MS - 4 * MINUTE_MS },
};

export const UNKNOWN_BALANCE: AccountView = { ...EVERYDAY, balance: null };
export const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

export const SETTINGS: SettingsView = {
  idleLockMinutes: 15,
  theme: 'light',
  language: 'system',
  hideAmounts: false,
  fiatCurrency: null,
  notifications: false,
  pinReminders: true,
};
export const BACKUP: BackupView = {
  providerId: 'google',
  generation: 2,
  createdAtMs: MADE_AT_MS,
  verifiedAtMs: NOW_MS - DAY_MS,
  drilledAtMs: NOW_MS - 40 * DAY_MS,
  drillOffered: false,
  pin: {
    confirmedAtMs: NOW_MS - 9 * DAY_MS,
    dueAtMs: NOW_MS + 5 * DAY_MS,
    due: false,
    mayPutOff: true,
    check: 'here',
  },
  secondSignIns: [],
  health: {
    askedAtMs: NOW_MS - 2 * MINUTE_MS,
    verifiedAtMs: NOW_MS - 2 * MINUTE_MS,
    vault: 'up',
    issuer: 'up',
    realms: ['realm-1.example', 'realm-2.example', 'realm-3.example'].map((host) => ({ host, up: true })),
    alarm: null,
    changedElsewhere: null,
    recoveredElsewhere: null,
    signedOut: false,
    devices: [
      { jkt: 'A'.repeat(43), name: 'Chromium on Linux', lastSeenAtMs: NOW_MS - 2 * MINUTE_MS, isThis: true },
      { jkt: 'B'.repeat(43), name: 'Firefox on Linux', lastSeenAtMs: NOW_MS - 5 * 60 * MINUTE_MS, isThis: false },
      { jkt: 'C'.repeat(43), name: 'Chromium on Windows', lastSeenAtMs: NOW_MS - 20 * DAY_MS, isThis: false },
    ],
    gone: false,
    order: null,
    events: [
      { kind: 'try-granted', atMs: NOW_MS - 20 * DAY_MS, deviceName: 'Chromium on Windows' },
      { kind: 'recovered', atMs: NOW_MS - 40 * DAY_MS, deviceName: 'Firefox on Linux' },
      { kind: 'activated', atMs: NOW_MS - 90 * DAY_MS, deviceName: null },
    ],
  },
};
export const PRICES: PricesView = {
  currency: 'eur',
  asOfMs: NOW_MS - 26 * 60 * MINUTE_MS,
  stale: false,
  perUnit: { '1': '2815.4' },
};
export const nothing = () => undefined;
