/**
 * What a page may know: the one picture of the wallet that the background sends to its pages, whole, at every change.
 * No secret has a place in it. JSON only: amounts are decimal strings of wei, times are milliseconds since the epoch.
 */
import './jitless';
import { z } from 'zod';
import { backupView } from './backup';
import { createStep, type ErrorFacts, errorFacts, recoverStep } from './facts';
import { balanceView, networkDraft, networkView, tokenOrder, tokenView } from './networks';
import { passkeyHandle } from './passkey';
import { sendDraft } from './send-draft';
import { requestView, siteView } from './sites';
import { taskView } from './task';
import { utxoSummary } from './utxo/summary';

export { type ErrorFacts, errorFacts } from './facts';

/** An amount of the smallest unit, not negative. */
export const weiText = z.string().regex(/^(0|[1-9][0-9]*)$/);

/** Which account of which wallet. */
export const accountRef = z.object({
  walletId: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  index: z.int().min(0).max(0x7fff_ffff),
});

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const timeMs = z.int().min(0);
const error = errorFacts.nullable();

export const unlockMethod = z.enum(['passkey', 'password', 'pin']);

/** Where the user is. `error` is what stands in the way of the next step, with what may be done in `NEXT_STEP`. */
const flow = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('welcome'), error }),
  z.object({ stage: z.literal('signing-in'), providerId: z.string() }),
  z.object({ stage: z.literal('choose-pin'), providerId: z.string(), error }),
  z.object({ stage: z.literal('creating'), providerId: z.string(), step: createStep, error }),
  z.object({ stage: z.literal('backup-verified'), providerId: z.string() }),
  z.object({ stage: z.literal('device-unlock'), error }),
  z.object({
    stage: z.literal('recover-pin'),
    providerId: z.string(),
    backupCreatedAtMs: timeMs,
    /** Tries left as far as this device knows; null before the first answer of the realms. */
    triesLeft: z.int().min(0).nullable(),
    /** When the next try is possible, if not at once. */
    nextTryAtMs: timeMs.nullable(),
    /** Wrong PINs since the last success, before this device tried one; null: none. */
    wrongTries: z.object({ count: z.int().min(1), lastAtMs: timeMs.nullable() }).nullable(),
    error,
  }),
  z.object({ stage: z.literal('recovering'), providerId: z.string(), step: recoverStep, error }),
  /** For somebody without device and PIN: the realms are asked whether any guesses are left. */
  z.object({ stage: z.literal('starting-over'), providerId: z.string() }),
  z.object({ stage: z.literal('start-over-ordered'), providerId: z.string(), deadlineMs: timeMs }),
  z.object({ stage: z.literal('locked'), error }),
  /** In an open profile without a keyless wallet: one is offered. */
  z.object({ stage: z.literal('add-keyless'), error }),
  z.object({ stage: z.literal('home') }),
  /** A full page: nothing can go on until what `error` names is dealt with. */
  z.object({ stage: z.literal('stopped'), error: errorFacts }),
]);

const account = accountRef.extend({
  name: z.string(),
  address,
  /** Which picture of the address; 0 is the first. */
  avatar: z.int().min(0).exactOptional(),
  /** The last balance read in the unit of the selected network, or null before the first answer. */
  balance: z.object({ wei: weiText, asOfMs: timeMs }).nullable(),
});

export const deviceKind = z.enum(['onekey-mini', 'trezor']);

const wallet = z.object({
  id: accountRef.shape.walletId,
  /** `watch`: addresses without a key. At most one is `keyless`. */
  type: z.enum(['keyless', 'phrase', 'private-key', 'watch', 'hardware']),
  /** Of `hardware`, and of no other. */
  device: deviceKind.exactOptional(),
  /** Empty until the user gives it one. */
  name: z.string(),
  /** At least one, in the user's order. */
  accounts: z.array(account),
});

const activity = z.object({
  hash,
  account: accountRef,
  chainId: z.int().min(1),
  /** The contract of the token that was sent, or null for the network's own unit. */
  token: address.nullable(),
  to: address,
  /** In the smallest unit of the token or of the network. */
  valueWei: weiText,
  /** The highest possible fee while pending; the fee paid afterwards. */
  feeWei: weiText,
  /** `replaced`: another one with its nonce was mined. */
  state: z.enum(['pending', 'confirmed', 'failed', 'replaced']),
  atMs: timeMs,
  from: address,
  nonce: z.int().min(0),
  /** The one that this was sent in the place of, and what for. */
  replaces: z.object({ hash, how: z.enum(['speed-up', 'cancel']) }).nullable(),
});

/** Something that has arrived, as far as a node tells. */
const received = z.object({
  id: z.string(),
  chainId: z.int().min(1),
  /** Address of the own account. */
  owner: address,
  /** The contract of the token, or null for the network's own unit. */
  token: address.nullable(),
  units: weiText,
  /** Null where it was seen in the balance only. */
  from: address.nullable(),
  hash: hash.nullable(),
  /** When it was seen here. */
  atMs: timeMs,
});

/** What a device is asked to sign. */
const deviceJob = z.object({
  id: z.string(),
  account: accountRef,
  kind: z.enum(['transaction', 'message', 'typed-data']),
  state: z.enum(['waiting', 'signed', 'refused']),
  /** Why it was refused. */
  error,
});

const contact = z.object({ name: z.string(), address });

export const theme = z.enum(['system', 'light', 'dark']);
/** `system`: the browser's language, or English where that is none of ours. */
export const languageChoice = z.enum(['system', 'en', 'zh-CN', 'es']);
/** What values can be shown in: ISO 4217 in lower case. */
export const currency = z.enum(['usd', 'eur', 'cny', 'gbp', 'jpy']);

/** What the user has chosen, the same for all wallets of the profile. */
export const preferences = z.object({
  /** Minutes without use after which the wallet locks. */
  idleLockMinutes: z.int().min(1).max(240),
  theme,
  language: languageChoice,
  /** Amounts are covered everywhere until one asks to see them. */
  hideAmounts: z.boolean(),
  /** The currency that values are shown in; null: no price source is asked for anything. */
  fiatCurrency: currency.nullable(),
  /** The browser tells when a transaction was mined or failed. */
  notifications: z.boolean(),
  /** And when the PIN is asked for again. */
  pinReminders: z.boolean(),
});

/** Some of them: as they are changed, and as they are stored. */
export const somePreferences = preferences.strict().exactPartial();

/** How this device opens its wallets. */
const unlock = z.object({
  /** Any of these opens it; `pin` stands alone. Empty: not chosen yet. */
  methods: z.array(unlockMethod),
  /** What an authenticator is asked for; null without a passkey. */
  passkey: passkeyHandle.nullable(),
  /** When the next password is taken after several wrong ones; null: at once. */
  nextPasswordAtMs: timeMs.nullable(),
});

/** Answers of the price source. */
const prices = z.object({
  currency,
  /** When the source was last heard; null before the first answer. */
  asOfMs: timeMs.nullable(),
  /** Too old to be relied on: the source did not answer of late. */
  stale: z.boolean(),
  /** Price of one whole unit as decimal text, by `assetKey` of `lib/chains/assets`; what is not there has no price. */
  perUnit: z.record(z.string(), z.string().regex(/^\d+(\.\d+)?$/)),
});

const provider = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['google', 'apple', 'oidc']),
  /** A development provider on this machine; the screens mark it. */
  local: z.boolean(),
});

export const snapshot = z.object({
  flow,
  providers: z.array(provider),
  /** The selected one. */
  network: networkView,
  /** All of them, those that are hidden too. */
  networks: z.array(networkView),
  /** A form that a page was closed over. Null while locked. */
  networkDraft: networkDraft.nullable(),
  /** What was typed about a payment when a page was closed over it. Null while locked. */
  sendDraft: sendDraft.nullable(),
  /** Of all networks. */
  tokens: z.array(tokenView),
  tokenOrder,
  /** What the nodes told so far. Empty while locked. */
  balances: z.array(balanceView),
  /** In the user's order. Empty while locked, and before the first one. */
  wallets: z.array(wallet),
  /** The account in use: null while locked, and before the first wallet. */
  selected: accountRef.nullable(),
  /** The selected network's answer at the last refresh: null if it answered. */
  networkError: error,
  /** Newest first. Empty while locked. */
  activity: z.array(activity),
  /** Newest first. Empty while locked. */
  received: z.array(received),
  /** The selected network's node did not tell which tokens have arrived. */
  receivedTokensMissing: z.boolean(),
  /** The address book, by name. Empty while locked. */
  contacts: z.array(contact),
  /** What sites wait for their user to decide, the oldest first. */
  requests: z.array(requestView),
  /** Newest first. Empty while locked. */
  sites: z.array(siteView),
  settings: preferences,
  unlock,
  /** The one source of prices of this build, or null if it has none. */
  priceSource: z.object({ name: z.string(), host: z.string() }).nullable(),
  /** Null while values are not asked for. */
  prices: prices.nullable(),
  /** Null without a keyless wallet. */
  backup: backupView.nullable(),
  /** What is being done with the backup; null: nothing, or the wallet is locked. */
  task: taskView.nullable(),
  /** What a device is asked to sign, until it is left; null: nothing, or the wallet is locked. */
  deviceJob: deviceJob.nullable(),
  utxo: utxoSummary,
  /** Failed tries that were not made on this device in this recovery; null when there is nothing to tell. */
  foreignTries: z.object({ count: z.int().min(1), lastAtMs: timeMs.nullable() }).nullable(),
});

export type Flow = z.infer<typeof flow>;
export type CreateStep = z.infer<typeof createStep>;
export type RecoverStep = z.infer<typeof recoverStep>;
export type UnlockMethod = z.infer<typeof unlockMethod>;
export type AccountRef = z.infer<typeof accountRef>;
export type WalletView = z.infer<typeof wallet>;
export type AccountView = z.infer<typeof account>;
export type ActivityView = z.infer<typeof activity>;
export type ReceivedView = z.infer<typeof received>;
export type ContactView = z.infer<typeof contact>;
export type DeviceJobView = z.infer<typeof deviceJob>;
export type Preferences = z.infer<typeof preferences>;
export type LanguageChoice = z.infer<typeof languageChoice>;
export type Currency = z.infer<typeof currency>;
export type PricesView = z.infer<typeof prices>;
export type SettingsView = Preferences;
export type UnlockView = z.infer<typeof unlock>;
export type UtxoSummary = z.infer<typeof utxoSummary>;
export type ProviderView = z.infer<typeof provider>;
export type Snapshot = z.infer<typeof snapshot>;

/** What a page sees when the background cannot read the wallet. */
export const stoppedSnapshot = (
  fixed: Pick<Snapshot, 'providers' | 'network' | 'settings' | 'priceSource'>,
  stoppedBy: ErrorFacts,
): Snapshot => ({
  ...fixed,
  flow: { stage: 'stopped', error: stoppedBy },
  networks: [],
  networkDraft: null,
  sendDraft: null,
  tokens: [],
  tokenOrder: 'held-first',
  balances: [],
  wallets: [],
  selected: null,
  unlock: { methods: [], passkey: null, nextPasswordAtMs: null },
  networkError: null,
  activity: [],
  received: [],
  receivedTokensMissing: false,
  contacts: [],
  requests: [],
  sites: [],
  prices: null,
  backup: null,
  task: null,
  deviceJob: null,
  utxo: { revision: 0, balances: [] },
  foreignTries: null,
});
