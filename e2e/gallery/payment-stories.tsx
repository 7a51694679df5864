/** Sending, activity, the address book, receiving. */
import type { ReactNode } from 'react';
import type { ActivityItem, SentPayment } from '@/components/screens/activity/items';
import { ActivityList, type ActivityListProps } from '@/components/screens/activity/List';
import { ReplaceSheet } from '@/components/screens/activity/ReplaceSheet';
import { ReceivedScreen, SentPaymentScreen } from '@/components/screens/activity/Screen';
import { ContactForm, ContactsScreen } from '@/components/screens/contacts/Screen';
import { ReceiveScreen, RequestSheet } from '@/components/screens/receive/Screen';
import type { Asset } from '@/components/screens/send/asset';
import { AdvancedSheet } from '@/components/screens/send/FeePart';
import { PeopleSheet } from '@/components/screens/send/PeopleSheet';
import type { CheckedRecipient } from '@/components/screens/send/RecipientPart';
import { ReviewSheet, type ReviewSheetProps } from '@/components/screens/send/Review';
import { SendScreen, type SendScreenProps } from '@/components/screens/send/Screen';
import { SentScreen } from '@/components/screens/send/Sent';
import { exactUnit } from '@/components/wallet/units';
import type { SendQuote } from '@/lib/bus/protocol';
import type { ActivityView, ErrorFacts, ReceivedView } from '@/lib/bus/snapshot';
import { paymentUri } from '@/lib/chains/payment-uri';
import type { ErrorCode } from '@/lib/errors';
import { statedAmount, t } from '@/lib/i18n';
import { EVERYDAY, MIRA, NETWORK, NOW_MS, nothing, SAVINGS } from './invented';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const STRANGER = '0x90F8bf6A479f320ead074411a4B0e7944Ea810Ee';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
/** The same ends as Mira's. */
const MIRA_LIKE = '0x71C765019b3fA4c2D7738E6029c1A5b4e2d8976F';
const ACCOUNT = { walletId: 'A'.repeat(22), index: 0 };

const problem = (code: ErrorCode): ErrorFacts => ({ code, details: {} });
const hash = (digit: string) => `0x${digit.repeat(64)}`;

const ETHER: Asset = { token: null, symbol: 'ETH', name: 'Ether', decimals: 18, units: 942_100_000_000_000_000n };
const DOLLAR: Asset = { token: USDC, symbol: 'USDC', name: 'USD Coin', decimals: 6, units: 1_204_500_000n };

const QUOTE: SendQuote = {
  quoteId: 'invented',
  account: ACCOUNT,
  chainId: 1,
  token: null,
  to: MIRA,
  valueWei: '250000000000000000',
  feeWei: '210000000000000',
  totalWei: '250210000000000000',
  nonce: 41,
  offer: { kind: 'eip1559', gas: '21000', priceWei: '10000000000', tipWei: '1000000000', waits: false },
  levelFeesWei: { slow: '152000000000000', normal: '210000000000000', fast: '318000000000000' },
  replaces: null,
};
const TOKEN_QUOTE: SendQuote = {
  ...QUOTE,
  token: USDC,
  valueWei: '120000000',
  feeWei: '640000000000000',
  totalWei: '640000000000000',
};

const mira: CheckedRecipient = { address: MIRA, name: null, who: { kind: 'contact', name: 'Mira' }, risk: null };
const stranger: CheckedRecipient = { address: STRANGER, name: null, who: { kind: 'new' }, risk: null };
const alike: CheckedRecipient = {
  address: MIRA_LIKE,
  name: null,
  who: { kind: 'new' },
  risk: { kind: 'look-alike', address: MIRA, name: 'Mira' },
};
const contacts = [
  { name: 'Jonas', address: JONAS },
  { name: 'Mira', address: MIRA },
];

const people: SendScreenProps['people'] = {
  recent: [{ address: STRANGER, name: null }],
  contacts,
  accounts: [{ name: SAVINGS.name, address: SAVINGS.address }],
};
const sending: SendScreenProps = {
  network: NETWORK,
  assets: [ETHER, DOLLAR],
  asset: ETHER,
  people,
  draft: { to: '', amount: '', everything: false, token: null, fee: 'normal' },
  recipient: null,
  looking: false,
  errors: {},
  feeProblem: null,
  problem: null,
  quote: null,
  fees: null,
  watchOnly: false,
  checking: false,
  onDraft: nothing,
  onLeave: nothing,
  onContacts: nothing,
  onScan: nothing,
  onReview: nothing,
  onBack: nothing,
};
const filled: SendScreenProps = {
  ...sending,
  draft: { ...sending.draft, to: MIRA, amount: '0.25' },
  recipient: mira,
  quote: QUOTE,
  fees: QUOTE,
};
const withToken: SendScreenProps = {
  ...filled,
  asset: DOLLAR,
  draft: { ...filled.draft, amount: '120', token: USDC },
  quote: TOKEN_QUOTE,
  fees: TOKEN_QUOTE,
};
const slowly: SendQuote = { ...QUOTE, offer: { ...QUOTE.offer, waits: true } };
const review: Omit<ReviewSheetProps, 'recipient'> = {
  open: true,
  quote: QUOTE,
  asset: ETHER,
  network: NETWORK,
  sending: false,
  error: null,
  onSend: nothing,
  onClose: nothing,
};
const reviewed = (recipient: CheckedRecipient, more: Partial<ReviewSheetProps> = {}) => (
  <>
    <SendScreen {...filled} recipient={recipient} />
    <ReviewSheet {...review} quote={{ ...QUOTE, to: recipient.address }} recipient={recipient} {...more} />
  </>
);

const part = (more: Partial<ActivityView>): ActivityView => ({
  hash: hash('a'),
  account: ACCOUNT,
  chainId: 1,
  token: null,
  to: MIRA,
  valueWei: '250000000000000000',
  feeWei: '210000000000000',
  state: 'pending',
  atMs: NOW_MS - MINUTE_MS / 2,
  from: EVERYDAY.address,
  nonce: 41,
  replaces: null,
  ...more,
});
const payment = (state: SentPayment['state'], more: Partial<ActivityView> = {}): SentPayment => {
  const wanted = part(more);
  return { wanted, current: wanted, state, cancelledTooLate: false };
};
const received = (more: Partial<ReceivedView> = {}): ReceivedView => ({
  id: '1 0xd 3',
  chainId: 1,
  owner: EVERYDAY.address,
  token: USDC,
  units: '120000000',
  from: JONAS,
  hash: hash('d'),
  atMs: NOW_MS - 170 * MINUTE_MS,
  ...more,
});
const ether = { symbol: 'ETH', decimals: 18 };
const dollar = { symbol: 'USDC', decimals: 6 };
const sent = (id: string, one: SentPayment): ActivityItem => ({ kind: 'sent', id, unit: ether, payment: one });

const ITEMS: readonly ActivityItem[] = [
  sent('1', payment('pending')),
  sent('2', payment('cancelling', { to: JONAS, atMs: NOW_MS - 4 * MINUTE_MS })),
  { kind: 'received', id: '3', unit: dollar, received: received() },
  {
    kind: 'received',
    id: '4',
    unit: ether,
    received: received({ token: null, units: '50000000000000000', from: null, hash: null, atMs: NOW_MS - DAY_MS }),
  },
  sent('5', payment('confirmed', { to: SAVINGS.address, valueWei: '1200000000000000000', atMs: NOW_MS - DAY_MS })),
  sent('6', payment('failed', { to: STRANGER, valueWei: '50000000000000000', atMs: NOW_MS - 2 * DAY_MS })),
  sent('7', payment('cancelled', { to: STRANGER, atMs: NOW_MS - 3 * DAY_MS })),
];

/** What stands in the activity tab of home. */
export const ACTIVITY: ActivityListProps = {
  items: ITEMS,
  answer: 'given',
  network: NETWORK,
  tokensMissing: false,
  nameOf: (address) => [...contacts, SAVINGS].find((one) => one.address === address)?.name,
  onItem: nothing,
  onAgain: nothing,
};

const list = (more: Partial<ActivityListProps>) => (
  <div className="px-gutter">
    <ActivityList {...ACTIVITY} {...more} />
  </div>
);

const common = {
  unit: ether,
  network: NETWORK,
  explorerUrl: 'https://explorer.example/tx/0xa',
  onCopyHash: nothing,
  onBack: nothing,
};
const paid = (one: SentPayment, more: { readonly waitsLong?: boolean; readonly over?: boolean } = {}) => (
  <SentPaymentScreen
    {...common}
    payment={one}
    fromName="Everyday"
    toName="Mira"
    waitsLong={more.waitsLong ?? false}
    onReplace={more.over ? null : nothing}
  />
);
const replacing = { feeBeforeWei: 210_000_000_000_000n, network: NETWORK, onConfirm: nothing, onClose: nothing };
const form = {
  looksLike: null,
  problem: null,
  saving: false,
  onDraft: nothing,
  onSave: nothing,
  onRemove: nothing,
  onBack: nothing,
};
const receiving = {
  account: EVERYDAY,
  network: NETWORK,
  uri: paymentUri({ chainId: 1, address: EVERYDAY.address, token: null, amount: null }),
  request: null,
  onCopy: nothing,
  onAsk: nothing,
  onClear: nothing,
  onCheck: null,
  onBack: nothing,
};
const asking = { open: true, token: USDC, onToken: nothing, onAmount: nothing, onShow: nothing, onClose: nothing };

export const PAYMENT_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '05-activity-list': () => list({}),
  '05-activity-none': () => list({ items: [], tokensMissing: true }),
  '05-activity-loading': () => list({ items: [], answer: 'awaited' }),
  '05-activity-offline': () => list({ items: [], answer: 'failed' }),
  '05-activity': () => paid(payment('confirmed', { to: MIRA, atMs: NOW_MS - 170 * MINUTE_MS }), { over: true }),
  '05-activity-failed': () => paid(payment('failed'), { over: true }),
  '05-activity-pending': () => paid(payment('pending', { atMs: NOW_MS - 9 * MINUTE_MS }), { waitsLong: true }),
  '05-activity-cancelling': () => paid(payment('cancelling')),
  '05-activity-too-late': () => paid({ ...payment('confirmed'), cancelledTooLate: true }, { over: true }),
  '05-activity-received': () => (
    <ReceivedScreen {...common} unit={dollar} received={received()} fromName="Jonas" suspicious={false} />
  ),
  '05-activity-received-suspicious': () => (
    <ReceivedScreen
      {...common}
      unit={dollar}
      received={received({ from: MIRA_LIKE, units: '100' })}
      fromName={undefined}
      suspicious
    />
  ),
  '05-activity-received-balance': () => (
    <ReceivedScreen
      {...common}
      explorerUrl={null}
      received={received({ token: null, units: '50000000000000000', from: null, hash: null })}
      fromName={undefined}
      suspicious={false}
    />
  ),
  '05-speed-up': () => (
    <>
      {paid(payment('pending'))}
      <ReplaceSheet {...replacing} how="speed-up" quote={{ feeWei: '318000000000000' }} sending={false} error={null} />
    </>
  ),
  '05-cancel-late': () => (
    <>
      {paid(payment('pending'))}
      <ReplaceSheet {...replacing} how="cancel" quote={null} sending={false} error={problem('already-mined')} />
    </>
  ),
  '06-send-empty': () => <SendScreen {...sending} />,
  '06-send': () => <SendScreen {...filled} />,
  '06-send-name': () => <SendScreen {...filled} recipient={{ ...stranger, name: 'jonas.eth' }} />,
  '06-send-token': () => <SendScreen {...withToken} />,
  '06-send-everything': () => (
    <SendScreen {...filled} draft={{ ...filled.draft, amount: '', everything: true }} recipient={stranger} />
  ),
  '06-send-refused': () => (
    <SendScreen
      {...sending}
      draft={{ ...sending.draft, to: '0x71C7656E', amount: '25' }}
      errors={{ to: t('send.address.short'), amount: t('send.amount.more') }}
    />
  ),
  '06-send-request-elsewhere': () => (
    <SendScreen
      {...sending}
      draft={{ ...sending.draft, to: `ethereum:${MIRA}@8453?value=1e17`, amount: '0.1234567' }}
      asset={DOLLAR}
      errors={{
        to: t('send.request.other-network', { name: 'Base', chainId: 8453 }),
        amount: t('send.amount.decimals', DOLLAR),
      }}
    />
  ),
  '06-send-look-alike': () => <SendScreen {...filled} recipient={alike} quote={{ ...QUOTE, to: MIRA_LIKE }} />,
  '06-send-to-contract': () => (
    <SendScreen
      {...withToken}
      recipient={{ ...stranger, address: USDC, risk: { kind: 'token-contract', symbol: 'USDC' } }}
    />
  ),
  '06-send-to-self': () => (
    <SendScreen
      {...filled}
      recipient={{
        address: EVERYDAY.address,
        name: null,
        who: { kind: 'own', name: 'Everyday' },
        risk: { kind: 'self' },
      }}
    />
  ),
  '06-send-slow': () => (
    <SendScreen
      {...filled}
      draft={{ ...filled.draft, fee: { price: '1', tip: '0', gas: '21000' } }}
      quote={slowly}
      fees={slowly}
    />
  ),
  '06-send-watched': () => <SendScreen {...sending} watchOnly />,
  '06-send-offline': () => <SendScreen {...filled} quote={null} problem={problem('chain-unreachable')} />,
  '06-send-advanced': () => (
    <>
      <SendScreen {...filled} />
      <AdvancedSheet
        fee={{ price: '1', tip: '2', gas: '21000' }}
        offer={QUOTE.offer}
        problem={{ field: 'tip', text: t('send.fee.problem.tip-above-price') }}
        onFee={nothing}
        onClose={nothing}
      />
    </>
  ),
  '06-send-people': () => (
    <>
      <SendScreen {...sending} />
      <PeopleSheet open people={people} onPick={nothing} onContacts={nothing} onClose={nothing} />
    </>
  ),
  '06-send-people-nobody': () => (
    <>
      <SendScreen {...sending} />
      <PeopleSheet
        open
        people={{ recent: [], contacts: [], accounts: [] }}
        onPick={nothing}
        onContacts={nothing}
        onClose={nothing}
      />
    </>
  ),
  '06-send-review': () => reviewed(mira),
  '06-send-review-new': () => reviewed({ ...stranger, name: 'jonas.eth' }, { error: problem('transaction-refused') }),
  '06-send-review-look-alike': () => reviewed(alike),
  '06-send-review-token': () => (
    <>
      <SendScreen {...withToken} />
      <ReviewSheet {...review} quote={TOKEN_QUOTE} asset={DOLLAR} recipient={mira} />
    </>
  ),
  '06-sent-pending': () => (
    <SentScreen state="pending" quote={QUOTE} asset={ETHER} onSaveContact={nothing} onDone={nothing} />
  ),
  '06-sent-confirmed': () => (
    <SentScreen state="confirmed" quote={QUOTE} asset={ETHER} onSaveContact={null} onDone={nothing} />
  ),
  '06-sent-failed': () => (
    <SentScreen state="failed" quote={TOKEN_QUOTE} asset={DOLLAR} onSaveContact={null} onDone={nothing} />
  ),
  '06-contacts': () => <ContactsScreen contacts={contacts} onAdd={nothing} onEdit={nothing} onBack={nothing} />,
  '06-contacts-none': () => <ContactsScreen contacts={[]} onAdd={nothing} onEdit={nothing} onBack={nothing} />,
  '06-contact-new': () => (
    <ContactForm
      {...form}
      editing={null}
      draft={{ name: '', address: MIRA_LIKE }}
      errors={{ name: t('contacts.problem.name-empty') }}
      looksLike="Mira"
    />
  ),
  '06-contact-edit': () => (
    <ContactForm
      {...form}
      editing={{ name: 'Mira', address: MIRA }}
      draft={{ name: 'Mira', address: MIRA }}
      errors={{}}
    />
  ),
  '07-receive': () => <ReceiveScreen {...receiving} />,
  '07-receive-device': () => <ReceiveScreen {...receiving} onCheck={nothing} />,
  '07-receive-test': () => <ReceiveScreen {...receiving} network={{ ...NETWORK, name: 'Sepolia', test: true }} />,
  '07-receive-request': () => (
    <ReceiveScreen
      {...receiving}
      uri={paymentUri({ chainId: 1, address: EVERYDAY.address, token: USDC, amount: 25_500_000n })}
      request={{ amount: statedAmount(25_500_000n, 'USDC', exactUnit(6)), symbol: 'USDC' }}
    />
  ),
  '07-receive-ask': () => (
    <>
      <ReceiveScreen {...receiving} />
      <RequestSheet
        {...asking}
        assets={[ETHER, DOLLAR]}
        amount="0.0000001"
        error={t('send.amount.decimals', { symbol: 'USDC', decimals: 6 })}
      />
    </>
  ),
};
