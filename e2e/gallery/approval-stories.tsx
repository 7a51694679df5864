/** What sites ask for. */
import type { ReactNode } from 'react';
import { GoneApproval, LockedApproval, PhishingBlock } from '@/components/screens/approval/EndScreens';
import { ApprovalScreen, type ApprovalScreenProps } from '@/components/screens/approval/Screen';
import type { AmountFacts, AssetFacts, Deed, PartyFacts, Review, ReviewFees, Risk, RiskKind } from '@/lib/bus/review';
import { EVERYDAY, MIRA, NETWORK, nothing, SAVINGS } from './invented';

const SWAP_SITE = { origin: 'https://app.harborswap.org', topOrigin: null };
const CLAIM_SITE = { origin: 'https://claim-harbor.io', topOrigin: null };
const ROUTER = '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45';
const THIEF = '0xf3B8c0d4a6C1E95b7D20f8A3c54E9176d28E4C16';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const UNTIL_MS = Date.UTC(2056, 10, 21);
const DIGEST = `0x${'5c'.repeat(32)}`;
const ALL = ((1n << 256n) - 1n).toString();

const ETHER: AssetFacts = {
  standard: 'own',
  address: null,
  symbol: 'ETH',
  decimals: 18,
  tokenId: null,
  told: 'listed',
};
const DOLLAR: AssetFacts = {
  standard: 'erc20',
  address: USDC,
  symbol: 'USDC',
  decimals: 6,
  tokenId: null,
  told: 'listed',
};
const PICTURE: AssetFacts = {
  standard: 'erc721',
  address: MIRA,
  symbol: 'HARBOR',
  decimals: null,
  tokenId: '7204',
  told: 'read',
};
const amount = (asset: AssetFacts, units: string, bound: AmountFacts['bound'] = 'exact'): AmountFacts => ({
  asset,
  units,
  bound,
});
const party = (address: string, name: string | null = null, known: PartyFacts['known'] = 'no'): PartyFacts => ({
  address,
  name,
  known,
  code: 'contract',
  delegate: null,
});
const router = party(ROUTER, 'Uniswap router', 'contract');
const thief: PartyFacts = { ...party(THIEF), code: 'none' };
const own = party(EVERYDAY.address, 'Everyday', 'own');

const risk = (kind: RiskKind, facts: Partial<Risk> = {}): Risk => ({
  kind,
  amount: null,
  heldUnits: null,
  party: null,
  name: null,
  chainId: null,
  timeMs: null,
  ...facts,
});

const chain = { chainId: NETWORK.chainId, name: NETWORK.name, symbol: NETWORK.symbol, decimals: NETWORK.decimals };
const FEES: ReviewFees = {
  feeWei: '420000000000000',
  levelFeesWei: { slow: '350000000000000', normal: '420000000000000', fast: '610000000000000' },
  offer: { kind: 'eip1559', gas: '184000', priceWei: '2300000000', tipWei: '100000000', waits: false },
  nonce: 41,
  chosen: 'normal',
  tooLittle: false,
};
const signed = { asker: SWAP_SITE, account: EVERYDAY.address, chain, risks: [], digest: DIGEST };
const RAW: Review['raw'] = [
  { label: 'to', text: ROUTER, cut: 0 },
  { label: 'value', text: '500000000000000000', cut: 0 },
  { label: 'data', text: `0x5ae401dc${'00'.repeat(300)}`, cut: 1_240 },
];

const SWAP: Deed = {
  kind: 'swap',
  give: amount(ETHER, '500000000000000000'),
  get: amount(DOLLAR, '1544110000', 'at-least'),
  router,
  to: own,
};
const swap: Extract<Review, { kind: 'transaction' }> = {
  ...signed,
  kind: 'transaction',
  deeds: [SWAP],
  moreDeeds: 0,
  changes: {
    kind: 'known',
    how: 'simulated',
    gives: [amount(ETHER, '500000000000000000')],
    gets: [amount(DOLLAR, '1551870000')],
    more: 0,
    allows: [],
    collections: [],
    moreRights: 0,
  },
  fees: FEES,
  allowance: null,
  raw: RAW,
};
const NO_CHANGES: typeof swap.changes = {
  kind: 'known',
  how: 'simulated',
  gives: [],
  gets: [],
  more: 0,
  allows: [],
  collections: [],
  moreRights: 0,
};
const everything = amount(DOLLAR, ALL, 'unlimited');
const ALLOW: Deed = { kind: 'allow', amount: everything, spender: party(THIEF), change: 'set' };
const allow: typeof swap = {
  ...swap,
  asker: { origin: 'https://harborswap-v2.app', topOrigin: null },
  deeds: [ALLOW],
  changes: { ...NO_CHANGES, allows: [{ amount: everything, spender: party(THIEF) }] },
  allowance: { asset: DOLLAR, spender: party(THIEF), asked: everything, now: everything, heldUnits: '840000000' },
  risks: [risk('allow-unlimited', { amount: everything, heldUnits: '840000000', party: party(THIEF) })],
};
const limited = amount(DOLLAR, '840000000', 'at-most');
const allowLess: typeof swap = {
  ...allow,
  deeds: [{ kind: 'allow', amount: limited, spender: party(THIEF), change: 'set' }],
  changes: { ...NO_CHANGES, allows: [{ amount: limited, spender: party(THIEF) }] },
  allowance: { asset: DOLLAR, spender: party(THIEF), asked: everything, now: limited, heldUnits: '840000000' },
  risks: [],
};
const unknown: typeof swap = {
  ...swap,
  deeds: [
    {
      kind: 'call',
      to: party(THIEF),
      signature: null,
      selector: '0x5ae401dc',
      amount: amount(ETHER, '20000000000000000'),
    },
  ],
  changes: { kind: 'unknown', why: 'untold' },
  risks: [risk('unknown-effects'), risk('not-understood', { party: party(THIEF) })],
};
const losing: typeof swap = {
  ...swap,
  changes: {
    ...NO_CHANGES,
    gives: [amount(ETHER, '500000000000000000'), amount(DOLLAR, '840000000'), amount(PICTURE, '1')],
    gets: [amount(DOLLAR, '1')],
    more: 31,
    allows: [{ amount: everything, spender: thief }],
    moreRights: 6,
  },
  risks: [
    risk('loses-more', { amount: amount(DOLLAR, '840000000') }),
    risk('loses-more', { amount: amount(PICTURE, '1') }),
    risk('allow-unlimited', { amount: everything, heldUnits: '840000000', party: thief }),
  ],
};
const beyondHeld = amount(DOLLAR, '1000000000000', 'at-most');
const allowBeyond: typeof swap = {
  ...swap,
  deeds: [{ kind: 'allow', amount: beyondHeld, spender: router, change: 'set' }],
  changes: { ...NO_CHANGES, allows: [{ amount: beyondHeld, spender: router }] },
  allowance: { asset: DOLLAR, spender: router, asked: beyondHeld, now: beyondHeld, heldUnits: '840000000' },
  risks: [risk('allow-beyond', { amount: beyondHeld, heldUnits: '840000000', party: router })],
};
const described: typeof swap = {
  ...swap,
  deeds: [
    {
      kind: 'described',
      intent: 'Supply',
      to: party(MIRA),
      amount: amount(ETHER, '20000000000000000'),
      fields: [
        { label: 'Amount to supply', value: '25.5 USDC' },
        { label: 'Collateral recipient', value: 'Everyday' },
      ],
      more: 2,
    },
  ],
  changes: { kind: 'unknown', why: 'runs' },
  risks: [risk('unknown-effects'), risk('described-only', { party: party(MIRA) })],
};
const failing: typeof swap = {
  ...swap,
  changes: { kind: 'failing', reason: 'Too little received' },
  risks: [risk('failing', { name: 'Too little received' })],
  fees: { ...FEES, tooLittle: true },
};
const send: Deed = {
  kind: 'send',
  amount: amount(ETHER, '500000000000000000'),
  from: null,
  to: party(MIRA, 'Mira', 'contact'),
};
const batch: typeof swap = { ...swap, deeds: [ALLOW, SWAP, send], moreDeeds: 2 };

const PERMIT: Deed = {
  kind: 'permit',
  amounts: [everything],
  more: 0,
  spender: thief,
  untilMs: UNTIL_MS,
  how: 'erc2612',
};
const permit: Extract<Review, { kind: 'typed-data' }> = {
  ...signed,
  asker: CLAIM_SITE,
  kind: 'typed-data',
  version: 'v4',
  primaryType: 'Permit',
  domainName: 'USD Coin',
  contract: party(USDC, 'USDC', 'token'),
  deed: PERMIT,
  rows: [
    { depth: 0, name: 'owner', type: 'address', value: EVERYDAY.address.toLowerCase(), amount: null, party: own },
    { depth: 0, name: 'spender', type: 'address', value: THIEF.toLowerCase(), amount: null, party: thief },
    { depth: 0, name: 'value', type: 'uint256', value: ALL, amount: null, party: null },
    { depth: 0, name: 'deadline', type: 'uint256', value: '2741990400', amount: null, party: null },
  ],
  moreRows: 0,
  hashes: { domainHash: `0x${'a3'.repeat(32)}`, messageHash: `0x${'5c'.repeat(32)}` },
  risks: [
    risk('permit-unlimited', { amount: everything, heldUnits: '840000000', party: thief, timeMs: UNTIL_MS }),
    risk('spender-is-person', { party: thief }),
  ],
  raw: [{ label: 'typed-data', text: '{\n  "primaryType": "Permit"\n}', cut: 0 }],
};
const permits: typeof permit = {
  ...permit,
  primaryType: 'PermitBatch',
  domainName: 'Permit2',
  deed: {
    ...PERMIT,
    amounts: [everything, amount(DOLLAR, '500000000', 'at-most')],
    more: 23,
    how: 'permit2',
  },
};
const order: typeof permit = {
  ...permit,
  primaryType: 'OrderComponents',
  domainName: 'Seaport',
  deed: {
    kind: 'order',
    market: 'seaport',
    gives: [amount(PICTURE, '1')],
    gets: [],
    more: 0,
    untilMs: UNTIL_MS,
    many: 'one',
  },
  risks: [risk('order-for-nothing', { amount: amount(PICTURE, '1'), timeMs: UNTIL_MS })],
};
const tree: typeof permit = {
  ...permit,
  asker: SWAP_SITE,
  primaryType: 'Mail',
  domainName: 'Ether Mail',
  deed: null,
  risks: [risk('not-understood')],
  rows: [
    { depth: 0, name: 'from', type: 'Person', value: null, amount: null, party: null },
    { depth: 1, name: 'name', type: 'string', value: 'Cow', amount: null, party: null },
    { depth: 1, name: 'wallets', type: 'address[]', value: null, amount: null, party: null },
    {
      depth: 2,
      name: '1',
      type: 'address',
      value: MIRA.toLowerCase(),
      amount: null,
      party: party(MIRA, 'Mira', 'contact'),
    },
    { depth: 0, name: 'details', type: 'Details', value: null, amount: null, party: null },
    {
      depth: 1,
      name: 'token',
      type: 'address',
      value: USDC.toLowerCase(),
      amount: null,
      party: party(USDC, 'USDC', 'token'),
    },
    {
      depth: 1,
      name: 'amount',
      type: 'uint160',
      value: '25500000',
      amount: amount(DOLLAR, '25500000', 'at-most'),
      party: null,
    },
    {
      depth: 0,
      name: 'contents',
      type: 'string',
      value: 'Hello, Bob. The tide is in at six.',
      amount: null,
      party: null,
    },
  ],
  moreRows: 3,
};
const message: Extract<Review, { kind: 'message' }> = {
  ...signed,
  kind: 'message',
  text: 'Harbor Swap\n\nI accept the terms of 3 May.\nNumber 481 516',
  cut: 0,
  raw: [{ label: 'hex', text: '0x486172626f72', cut: 0 }],
};
const hash: typeof message = { ...message, text: null, risks: [risk('hash-message')], asker: CLAIM_SITE };
const hidden: typeof message = {
  ...message,
  text: 'Pay ⟨U+202E⟩ 005 to Mira',
  risks: [risk('hidden-characters')],
  cut: 240,
};
const signIn: Extract<Review, { kind: 'sign-in' }> = {
  ...signed,
  kind: 'sign-in',
  fields: {
    domain: 'app.harborswap.org',
    address: EVERYDAY.address,
    statement: 'Sign in to see your orders.',
    uri: 'https://app.harborswap.org/login',
    chainId: '1',
    nonce: '32891757a8f2',
    issuedAt: '2026-05-03T08:02:11Z',
    expiresAt: '2026-05-03T08:12:11Z',
    notBefore: null,
    requestId: null,
    resources: ['https://app.harborswap.org/terms'],
  },
  raw: message.raw,
};
const fakeSignIn: typeof signIn = {
  ...signIn,
  asker: CLAIM_SITE,
  risks: [risk('sign-in-domain', { name: 'app.harborswap.org' })],
};
const common = { asker: SWAP_SITE, risks: [], raw: [], digest: DIGEST };
const connect: Review = { ...common, kind: 'connect', chain };
const embedded: Review = {
  ...connect,
  asker: { origin: 'https://widget.harborswap.org', topOrigin: 'https://news.example' },
  risks: [risk('embedded', { name: 'https://news.example' })],
};
const embeddedSomewhere: Review = {
  ...embedded,
  asker: { origin: 'https://widget.harborswap.org', topOrigin: 'null' },
  risks: [risk('embedded')],
};
const watch: Review = { ...common, kind: 'watch-asset', chain, asset: DOLLAR, claimedSymbol: 'USDC.e' };
const imitation: Review = {
  ...watch,
  asset: { ...DOLLAR, symbol: 'USDС', told: 'read' },
  claimedSymbol: null,
  risks: [risk('imitation', { name: 'USDC' })],
};
const addChain: Review = {
  ...common,
  kind: 'add-chain',
  chain: { chainId: 8453, name: 'Base', symbol: 'ETH', decimals: 18 },
  rpcUrl: 'https://node.base.example',
  explorerUrl: 'https://explorer.base.example',
};
const switchChain: Review = {
  ...common,
  kind: 'switch-chain',
  chain: { ...chain, chainId: 10, name: 'Optimism' },
  from: chain,
};

/** Leaves a mark that a test can look for. */
const pressed = () => {
  document.body.dataset.pressed = 'show';
};

const asking: Omit<ApprovalScreenProps, 'review'> = {
  account: EVERYDAY,
  onDevice: false,
  accounts: [EVERYDAY, SAVINGS],
  chosenAtFirst: [EVERYDAY.address],
  queue: { place: 1, total: 1 },
  state: 'asking',
  error: null,
  fee: 'normal',
  feeProblem: null,
  onFee: nothing,
  onAllowance: nothing,
  onApprove: nothing,
  onReject: nothing,
  onRejectAll: nothing,
};
const shown =
  (review: Review, more: Partial<ApprovalScreenProps> = {}) =>
  () => <ApprovalScreen {...asking} {...more} review={review} />;

export const APPROVAL_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '08-approval': shown(swap),
  '08-approval-warning': shown(allow),
  '08-approval-limited': shown(allowLess),
  '08-approval-unknown': shown(unknown),
  '08-approval-losing': shown(losing),
  '08-approval-beyond': shown(allowBeyond),
  '08-approval-described': shown(described),
  '08-approval-failing': shown(failing),
  '08-approval-batch': shown(batch),
  '08-approval-queue': shown(swap, { queue: { place: 1, total: 3 } }),
  '08-approval-signing': shown(swap, { state: 'signing' }),
  '08-approval-error': shown(swap, { error: { code: 'chain-unreachable', details: {} } }),
  '08-approval-connect': shown(connect, { account: null }),
  '08-approval-connect-embedded': shown(embedded, { account: null }),
  '08-approval-connect-embedded-somewhere': shown(embeddedSomewhere, { account: null }),
  '08-approval-connect-nobody': shown(connect, { account: null, accounts: [], chosenAtFirst: [] }),
  '08-approval-watch-asset': shown(watch, { account: null }),
  '08-approval-watch-imitation': shown(imitation, { account: null }),
  '08-approval-add-chain': shown(addChain, { account: null }),
  '08-approval-switch-chain': shown(switchChain, { account: null }),
  '08-approval-locked': () => <LockedApproval onUnlock={nothing} onReject={nothing} />,
  '08-approval-gone': () => <GoneApproval onClose={nothing} />,
  '08-approval-phishing': () => (
    <PhishingBlock asker={CLAIM_SITE} queue={{ place: 1, total: 2 }} onReject={nothing} onShow={pressed} />
  ),
  '09-permit': shown(permit),
  '09-permit-batch': shown(permits),
  '09-order': shown(order),
  '09-typed-data': shown(tree),
  '09-typed-data-on-device': shown(tree, { onDevice: true }),
  '09-typed-data-not-on-device': shown({ ...tree, hashes: null }, { onDevice: true }),
  '09-message': shown(message),
  '09-message-hash': shown(hash),
  '09-message-hidden': shown(hidden),
  '09-sign-in': shown(signIn),
  '09-sign-in-elsewhere': shown(fakeSignIn),
};
