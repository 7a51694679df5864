import type { ReactNode } from 'react';
import { CoinAccountScreen, type CoinAccountScreenProps } from '@/components/screens/utxo/account/Screen';
import { ToolsSheet } from '@/components/screens/utxo/account/ToolsSheet';
import { FindingScreen } from '@/components/screens/utxo/accounts/Finding';
import { AddCoinAccountSheet, CoinAccountsScreen } from '@/components/screens/utxo/accounts/Screen';
import { type CoinRow, CoinsScreen } from '@/components/screens/utxo/coins/Screen';
import { CoinPaymentScreen } from '@/components/screens/utxo/history/Screen';
import { SpeedUpSheet } from '@/components/screens/utxo/history/SpeedUpSheet';
import { LabelsScreen, type LabelsScreenProps } from '@/components/screens/utxo/labels/Screen';
import { AddressListSheet, CoinReceiveScreen, LabelSheet } from '@/components/screens/utxo/receive/Screen';
import { ServerScreen, type ServerScreenProps } from '@/components/screens/utxo/server/Screen';
import { UtxoList } from '@/components/screens/utxo/utxos/Screen';
import { labelsProblem, serverProblem } from '@/components/screens/utxo/words';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { COIN_IDS, COINS } from '@/lib/chains/utxo/coins';
import { requestUri } from '@/lib/chains/utxo/payment-request';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { NOW_MS, nothing } from './invented';
import { UTXO_DEVICE_STORIES } from './utxo-device-stories';
import {
  ACCOUNTS,
  ARRIVED,
  account,
  BITCOIN,
  CASH,
  DOGECOIN,
  FEES,
  GOLD,
  OWN,
  OWN_TAPROOT,
  PAYMENTS,
  payment,
  QUOTE,
  UTXOS,
  WAITING,
} from './utxo-invented';
import { UTXO_SEND_STORIES } from './utxo-send-stories';

const problem = (code: ErrorCode, details: ErrorDetails = {}): ErrorFacts => ({ code, details });

const rows: readonly CoinRow[] = COIN_IDS.map((coin, place) => {
  const { name, symbol } = COINS[coin];
  const error = [null, null, problem('chain-unreachable'), problem('party-misbehaved', { reason: 'other-fork' })][
    place
  ];
  const backend = error === undefined || BITCOIN.backend === null ? null : { ...BITCOIN.backend, error };
  return { coin, name, symbol, backend, units: ['6693210', null, '120000000', '0'][place] ?? null };
});
const coins = { walletName: 'Keyless wallet', error: null, onCoin: nothing, onBack: nothing };

const server: ServerScreenProps = {
  coin: BITCOIN,
  used: null,
  draft: { kind: 'blockbook', url: '', own: false },
  offered: [
    { kind: 'esplora', url: 'https://mempool.space/api', own: false },
    { kind: 'esplora', url: 'https://blockstream.info/api', own: false },
  ],
  error: undefined,
  problem: null,
  asking: false,
  onDraft: nothing,
  onSave: nothing,
  onClear: nothing,
  onBack: nothing,
};
const refusedServer = (reason: string, url = 'wss://blockbook.example/websocket') => (
  <ServerScreen {...server} draft={{ kind: 'blockbook', url, own: false }} error={serverProblem({ reason }, 'btc')} />
);

const labels: LabelsScreenProps = {
  text: '',
  error: undefined,
  problem: null,
  saving: false,
  reading: false,
  taken: null,
  onSave: nothing,
  onText: nothing,
  onFile: nothing,
  onRead: nothing,
  onBack: nothing,
};

const accounts = {
  coin: BITCOIN,
  walletName: 'Keyless wallet',
  accounts: ACCOUNTS,
  selected: '84-0-0',
  error: null,
  silent: false,
  onDevice: false,
  onSelect: nothing,
  onAdd: nothing,
  onFind: nothing,
  onBeforeSplit: null,
  onBack: nothing,
};

const history = {
  coin: 'btc',
  payments: PAYMENTS,
  silent: false,
  onMore: nothing,
  onPayment: nothing,
  onAgain: nothing,
} as const;
const utxos = { symbol: 'BTC', utxos: UTXOS, silent: false, onUtxo: nothing, onAgain: nothing };
const shown: CoinAccountScreenProps = {
  coin: BITCOIN,
  name: 'Savings',
  balance: account().balance,
  asOfMs: NOW_MS - 7_200_000,
  silent: false,
  lie: null,
  error: null,
  history,
  utxos,
  onSend: nothing,
  onReceive: nothing,
  onAccounts: nothing,
  onTools: nothing,
  onServer: nothing,
  onBack: nothing,
};

const receiving = {
  coin: 'btc',
  accountName: 'Account 1, Native SegWit',
  shown: { address: { address: OWN, path: "m/84'/0'/0'/0/0", index: 0, label: '' }, used: false },
  uri: requestUri(COINS.btc, { address: OWN, amount: null }),
  amount: null,
  error: null,
  onCopy: nothing,
  onAsk: nothing,
  onClear: nothing,
  onList: nothing,
  onFresh: nothing,
  onLabel: nothing,
  onCheck: null,
  onBack: nothing,
} as const;
const used = [
  { address: OWN, path: "m/84'/0'/0'/0/3", index: 3, label: 'Rent, May' },
  { address: OWN_TAPROOT, path: "m/84'/0'/0'/0/2", index: 2, label: '' },
];

const paid = {
  coin: 'btc',
  label: '',
  error: null,
  onLabel: nothing,
  onSaveLabel: nothing,
  onCopyTxid: nothing,
  onSpeedUp: null,
  onBack: nothing,
} as const;
const faster = {
  coin: 'btc',
  symbol: 'BTC',
  feeBefore: '740',
  fee: 'fast',
  fees: FEES,
  feeError: undefined,
  quote: { ...QUOTE, kind: 'replacement', fee: '1326', feeRate: '9400' },
  sending: false,
  error: null,
  onFee: nothing,
  onConfirm: nothing,
  onClose: nothing,
} as const;

/** Bitcoin and its relatives, in every state. */
export const UTXO_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '40-coins': () => <CoinsScreen {...coins} coins={rows} />,
  '40-coins-loading': () => <CoinsScreen {...coins} coins={null} />,
  '40-coins-none': () => <CoinsScreen {...coins} coins={[]} />,
  '40-coins-failed': () => <CoinsScreen {...coins} coins={null} error={problem('interrupted')} />,
  '40-server': () => <ServerScreen {...server} />,
  '40-server-public': () => (
    <ServerScreen {...server} draft={{ kind: 'esplora', url: 'https://mempool.space/api', own: false }} asking />
  ),
  '40-server-own': () => (
    <ServerScreen {...server} draft={{ kind: 'blockbook', url: 'wss://bitcoin.example.org', own: true }} />
  ),
  '40-server-gold': () => <ServerScreen {...server} coin={GOLD} offered={[]} used={GOLD.backend} />,
  '40-server-other-fork': () => refusedServer('other-fork'),
  '40-server-silent': () => refusedServer('silent'),
  '40-server-insecure': () => refusedServer('insecure', 'ws://blockbook.example'),
  '40-accounts': () => <CoinAccountsScreen {...accounts} />,
  '40-accounts-before-split': () => (
    <CoinAccountsScreen
      {...accounts}
      coin={GOLD}
      accounts={[
        account({ account: '49-156-0', purpose: 49, type: 'nested-segwit' }),
        account({ account: '44-0-0', purpose: 44, type: 'legacy', beforeSplit: true }),
      ]}
      selected="49-156-0"
      onBeforeSplit={nothing}
    />
  ),
  '40-accounts-offline': () => (
    <CoinAccountsScreen {...accounts} accounts={ACCOUNTS.slice(2, 3)} silent error={problem('chain-unreachable')} />
  ),
  '40-accounts-device': () => (
    <CoinAccountsScreen {...accounts} coin={DOGECOIN} walletName="OneKey Mini" accounts={[]} selected={null} onDevice />
  ),
  '40-accounts-rich': () => (
    <CoinAccountsScreen
      {...accounts}
      coin={DOGECOIN}
      accounts={[
        account({
          account: '44-3-0',
          purpose: 44,
          type: 'legacy',
          balance: { confirmed: '12345678912345678', pending: '0', spendable: '0' },
        }),
      ]}
    />
  ),
  '40-accounts-lie': () => (
    <CoinAccountsScreen
      {...accounts}
      accounts={ACCOUNTS.slice(2, 3)}
      error={problem('party-misbehaved', { reason: 'endless' })}
    />
  ),
  '40-accounts-finding': () => (
    <FindingScreen name="Bitcoin" sync={{ asked: 124, found: 3 }} onStop={nothing} onBack={nothing} />
  ),
  '40-accounts-add': () => (
    <>
      <CoinAccountsScreen {...accounts} />
      <AddCoinAccountSheet coin={BITCOIN} adding={false} error={null} onAdd={nothing} onClose={nothing} />
    </>
  ),
  '40-accounts-add-refused': () => (
    <>
      <CoinAccountsScreen {...accounts} coin={GOLD} />
      <AddCoinAccountSheet
        coin={GOLD}
        adding={false}
        error={problem('bad-account', { reason: 'previous-unused' })}
        onAdd={nothing}
        onClose={nothing}
      />
    </>
  ),
  '40-account': () => <CoinAccountScreen {...shown} />,
  '40-account-covered': () => <CoinAccountScreen {...shown} />,
  '40-account-coins': () => (
    <div className="px-gutter">
      <UtxoList {...utxos} />
    </div>
  ),
  '40-account-empty': () => (
    <CoinAccountScreen
      {...shown}
      balance={{ confirmed: '0', pending: '0', spendable: '0' }}
      history={{ ...history, payments: [], onMore: null }}
      utxos={{ ...utxos, utxos: [] }}
    />
  ),
  '40-account-loading': () => (
    <CoinAccountScreen
      {...shown}
      balance={null}
      asOfMs={null}
      history={{ ...history, payments: null }}
      utxos={{ ...utxos, utxos: null }}
    />
  ),
  '40-account-offline': () => <CoinAccountScreen {...shown} silent />,
  '40-account-offline-unknown': () => (
    <CoinAccountScreen
      {...shown}
      silent
      balance={null}
      asOfMs={null}
      history={{ ...history, payments: null, silent: true }}
      utxos={{ ...utxos, utxos: null, silent: true }}
    />
  ),
  '40-account-lie': () => (
    <CoinAccountScreen {...shown} lie={problem('party-misbehaved', { reason: 'wrong-amount' })} />
  ),
  '40-account-watched': () => <CoinAccountScreen {...shown} onSend={null} />,
  '40-account-more': () => (
    <>
      <CoinAccountScreen {...shown} />
      <ToolsSheet psbt server="bitcoin.example.org" saving={false} error={null} onTool={nothing} onClose={nothing} />
    </>
  ),
  '40-labels': () => <LabelsScreen {...labels} />,
  '40-labels-taken': () => <LabelsScreen {...labels} taken={{ labels: 12, frozen: 2, allowed: 1, others: 3 }} />,
  '40-labels-refused': () => (
    <LabelsScreen {...labels} text="label,ref" error={labelsProblem({ reason: 'malformed', place: 0 })} />
  ),
  '40-receive': () => <CoinReceiveScreen {...receiving} />,
  '40-receive-request': () => (
    <CoinReceiveScreen
      {...receiving}
      uri={requestUri(COINS.btc, { address: OWN, amount: 250_000n })}
      amount="0.0025 BTC"
    />
  ),
  '40-receive-used': () => (
    <CoinReceiveScreen
      {...receiving}
      coin="bch"
      accountName="Account 1, Legacy"
      uri={CASH}
      shown={{ address: { address: CASH, path: "m/44'/145'/0'/0/0", index: 0, label: 'Rent, May' }, used: true }}
      onCheck={nothing}
    />
  ),
  '40-receive-taproot': () => (
    <CoinReceiveScreen
      {...receiving}
      uri={requestUri(COINS.btc, { address: OWN_TAPROOT, amount: null })}
      shown={{ address: { address: OWN_TAPROOT, path: "m/86'/0'/0'/0/0", index: 0, label: '' }, used: false }}
    />
  ),
  '40-receive-failed': () => <CoinReceiveScreen {...receiving} shown={null} error={problem('interrupted')} />,
  '40-receive-list': () => (
    <>
      <CoinReceiveScreen {...receiving} />
      <AddressListSheet addresses={used} onAddress={nothing} onClose={nothing} />
    </>
  ),
  '40-receive-list-empty': () => (
    <>
      <CoinReceiveScreen {...receiving} />
      <AddressListSheet addresses={[]} onAddress={nothing} onClose={nothing} />
    </>
  ),
  '40-receive-label': () => (
    <>
      <CoinReceiveScreen {...receiving} />
      <LabelSheet label="Rent, May" error={null} onLabel={nothing} onSave={nothing} onClose={nothing} />
    </>
  ),
  '40-payment': () => <CoinPaymentScreen {...paid} payment={payment()} />,
  '40-payment-waiting': () => <CoinPaymentScreen {...paid} payment={WAITING} onSpeedUp={nothing} />,
  '40-payment-arrived': () => <CoinPaymentScreen {...paid} payment={ARRIVED} label="Rent, May" />,
  '40-payment-self': () => (
    <CoinPaymentScreen
      {...paid}
      payment={payment({ kind: 'self', outputs: [{ address: OWN_TAPROOT, amount: '250000', isOwn: true }] })}
    />
  ),
  '40-payment-partly-self': () => (
    <CoinPaymentScreen
      {...paid}
      payment={payment({ outputs: [...payment().outputs, { address: OWN, amount: '100000', isOwn: true }] })}
    />
  ),
  '40-payment-replaced': () => (
    <CoinPaymentScreen {...paid} payment={payment({ state: 'replaced', height: null, replaces: 'b'.repeat(64) })} />
  ),
  '40-speed-up': () => (
    <>
      <CoinPaymentScreen {...paid} payment={WAITING} onSpeedUp={nothing} />
      <SpeedUpSheet {...faster} />
    </>
  ),
  '40-speed-up-late': () => (
    <>
      <CoinPaymentScreen {...paid} payment={WAITING} onSpeedUp={nothing} />
      <SpeedUpSheet {...faster} quote={null} error={problem('already-mined')} />
    </>
  ),
  ...UTXO_SEND_STORIES,
  ...UTXO_DEVICE_STORIES,
};
