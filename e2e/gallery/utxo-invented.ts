/** Invented servers, accounts and payments; the addresses are those of the phrase "abandon … about". */
import type { UtxoSummary } from '@/lib/bus/snapshot';
import type { AccountView, CoinView, FeesView, HistoryItem, UtxoQuote, UtxoView } from '@/lib/bus/utxo/shapes';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';
import { NOW_MS } from './invented';

const HOUR_MS = 3_600_000;
const WALLET_ID = 'A'.repeat(22);

export const OWN = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu';
export const OWN_CHANGE = 'bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el';
export const OWN_TAPROOT = 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr';
export const THEIRS = '37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf';
export const OTHERS = '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA';
export const CASH = 'bitcoincash:qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6';

export const BITCOIN: CoinView = {
  coin: 'btc',
  name: 'Bitcoin',
  symbol: 'BTC',
  addressTypes: [
    { purpose: 84, type: 'native-segwit' },
    { purpose: 86, type: 'taproot' },
    { purpose: 49, type: 'nested-segwit' },
    { purpose: 44, type: 'legacy' },
  ],
  backendKinds: ['blockbook', 'esplora'],
  backend: {
    kind: 'blockbook',
    url: 'wss://bitcoin.example.org/websocket',
    own: false,
    error: null,
    askedAtMs: NOW_MS - 60_000,
    tipHeight: 958_212,
  },
  hasEarlierPaths: false,
  replaceable: true,
  active: true,
};

export const GOLD: CoinView = {
  ...BITCOIN,
  coin: 'btg',
  name: 'Bitcoin Gold',
  symbol: 'BTG',
  addressTypes: BITCOIN.addressTypes.filter(({ purpose }) => purpose !== 86),
  backendKinds: ['blockbook'],
  hasEarlierPaths: true,
  replaceable: false,
};

export const DOGECOIN: CoinView = {
  ...BITCOIN,
  coin: 'doge',
  name: 'Dogecoin',
  symbol: 'DOGE',
  addressTypes: [{ purpose: 44, type: 'legacy' }],
  backendKinds: ['blockbook'],
  replaceable: false,
};

export const account = (more: Partial<AccountView> = {}): AccountView => ({
  account: '84-0-0',
  purpose: 84,
  type: 'native-segwit',
  path: "m/84'/0'/0'",
  number: 0,
  beforeSplit: false,
  name: '',
  used: true,
  balance: { confirmed: '6543210', pending: '150000', spendable: '5043210' },
  ...more,
});

/** What home shows. */
export const BALANCES: UtxoSummary['balances'] = [
  {
    walletId: WALLET_ID,
    coin: 'btc',
    name: 'Bitcoin',
    symbol: 'BTC',
    confirmed: '6543210',
    pending: '150000',
    asOfMs: NOW_MS,
    error: null,
  },
  {
    walletId: WALLET_ID,
    coin: 'doge',
    name: 'Dogecoin',
    symbol: 'DOGE',
    confirmed: '0',
    pending: '0',
    asOfMs: null,
    error: { code: 'chain-unreachable', details: {} },
  },
];

export const ACCOUNTS: readonly AccountView[] = [
  account({ name: 'Savings' }),
  account({
    account: '86-0-0',
    purpose: 86,
    type: 'taproot',
    path: "m/86'/0'/0'",
    balance: { confirmed: '210000', pending: '0', spendable: '210000' },
  }),
  account({ account: '49-0-0', purpose: 49, type: 'nested-segwit', path: "m/49'/0'/0'", used: false, balance: null }),
  account({
    account: '44-0-0',
    purpose: 44,
    type: 'legacy',
    path: "m/44'/0'/0'",
    balance: { confirmed: '0', pending: '0', spendable: '0' },
  }),
];

const txid = (digit: string) => digit.repeat(64);

export const payment = (more: Partial<HistoryItem> = {}): HistoryItem => ({
  txid: txid('a'),
  account: '84-0-0',
  kind: 'sent',
  state: 'confirmed',
  height: 958_200,
  atMs: NOW_MS - 3 * HOUR_MS,
  net: '-251410',
  fee: '1410',
  outputs: [{ address: THEIRS, amount: '250000', isOwn: false }],
  label: '',
  canSpeedUp: false,
  replaces: null,
  ...more,
});

export const WAITING = payment({
  txid: txid('b'),
  state: 'pending',
  height: null,
  atMs: NOW_MS - 20 * 60_000,
  canSpeedUp: true,
});
export const ARRIVED = payment({
  txid: txid('c'),
  kind: 'received',
  net: '5000000',
  fee: null,
  outputs: [{ address: OWN, amount: '5000000', isOwn: true }],
  label: 'Rent, May',
  atMs: NOW_MS - 50 * HOUR_MS,
});

export const PAYMENTS: readonly HistoryItem[] = [
  WAITING,
  payment(),
  ARRIVED,
  payment({ txid: txid('d'), state: 'replaced', height: null, atMs: NOW_MS - 70 * HOUR_MS }),
  payment({
    txid: txid('e'),
    kind: 'self',
    net: '-900',
    fee: '900',
    outputs: [{ address: OWN_CHANGE, amount: '1200000', isOwn: true }],
    atMs: NOW_MS - 90 * HOUR_MS,
  }),
];

export const utxo = (digit: string, amount: string, more: Partial<UtxoView> = {}): UtxoView => ({
  outpoint: `${txid(digit)}:0`,
  amount,
  address: OWN,
  path: "m/84'/0'/0'/0/0",
  isChange: false,
  confirmations: 144,
  hold: null,
  isFrozen: false,
  label: '',
  ...more,
});

export const UTXOS: readonly UtxoView[] = [
  utxo('1', '4748590', { isChange: true, address: OWN_CHANGE }),
  utxo('2', '1500000', { label: 'Gift for Mira', hold: 'frozen', isFrozen: true }),
  utxo('3', '294620'),
  utxo('4', '150000', { hold: 'unconfirmed', confirmations: 0 }),
  utxo('5', '312500000', { hold: 'immature', confirmations: 20 }),
  utxo('6', '1000', { hold: 'token' }),
];

export const FEES: FeesView = {
  levels: { slow: '2100', normal: '5250', fast: '9400' },
  least: '1000',
  most: '2000000',
};

export const DRAFT: UtxoSendDraft = {
  walletId: WALLET_ID,
  coin: 'btc',
  account: '84-0-0',
  recipients: [{ to: '', amount: '', everything: false }],
  fee: 'normal',
  picked: null,
};

export const FILLED: UtxoSendDraft = {
  ...DRAFT,
  recipients: [{ to: THEIRS, amount: '0.0025', everything: false }],
};

export const QUOTE: UtxoQuote = {
  quoteId: 'quote',
  digest: 'f'.repeat(64),
  coin: 'btc',
  account: '84-0-0',
  kind: 'payment',
  recipients: [{ address: THEIRS, amount: '250000', isOwn: false }],
  change: [{ address: OWN_CHANGE, path: "m/84'/0'/0'/1/3", amount: '4497850' }],
  inputs: [{ outpoint: `${txid('1')}:0`, address: OWN, amount: '4748590' }],
  fee: '740',
  feeRate: '5250',
  surplus: '0',
  vsize: 141,
  total: '250740',
  levelFees: { slow: '297', normal: '740', fast: '1326' },
  replaces: null,
  onDevice: false,
};
