/**
 * The `wallet` table: every message that the wallet's own pages may send to its background, one line each.
 * Adding one touches this table and the background's handlers; a missing handler does not compile.
 * PIN and password never stand here: they cross by `secret-port.ts`.
 */
import { z } from 'zod';
import { allowanceTable } from './allowances';
import { dappTable } from './dapp';
import { hardwareTable } from './hardware';
import {
  chainNumber,
  networkDraft,
  networkForm,
  nodeForm,
  tokenForm,
  tokenOffer,
  tokenOrder,
  visibility,
} from './networks';
import { quote, replaceHow, sendForm } from './send';
import { sendDraft } from './send-draft';
import { accountRef, snapshot, somePreferences } from './snapshot';
import { taskOrder } from './task';

const nothing = z.strictObject({});
const walletId = accountRef.shape.walletId;
const name = z.string().trim().min(1).max(40);
const contactForm = z.strictObject({
  name: z.string().max(100),
  address: z.string().max(100),
  /** The address of the entry that it takes the place of, or null for a new one. */
  instead: z.string().max(100).nullable(),
});

/** The longest message about Bitcoin and its relatives, in characters: what a device has signed. */
const LONGEST_UTXO_MESSAGE = 1_000_000;
const sizedJson = z.unknown().refine((value) => (JSON.stringify(value) ?? '').length <= LONGEST_UTXO_MESSAGE);

const lockedWallet = snapshot.shape.wallets.element
  .pick({ id: true, type: true, name: true })
  .extend({ accounts: z.int().min(1) });

export const walletTable = {
  'state.get': { input: nothing, output: snapshot },
  /** Any use of a page: puts the automatic lock off. */
  'session.touch': { input: nothing, output: nothing },
  'session.lock': { input: nothing, output: nothing },
  /** Opens the provider's window; the stage goes on from there, also when it is cancelled. */
  'sign-in.start': { input: z.strictObject({ providerId: z.string().max(64) }), output: nothing },
  /** From a step before the work has begun back to the welcome page. */
  'flow.back': { input: nothing, output: nothing },
  /** Past a page that only tells something: `backup-verified`, and `stopped` back to where it started. */
  'flow.continue': { input: nothing, output: nothing },
  /** From the welcome page to a profile that begins without a keyless wallet: how it unlocks comes first. */
  'flow.start-without-keyless': { input: nothing, output: nothing },
  /** From home to the offer of a keyless wallet, where there is none. */
  'flow.offer-keyless': { input: nothing, output: nothing },
  /** From the question for the PIN, by somebody whom no PIN and no device helps any more. */
  'flow.start-over': { input: nothing, output: nothing },
  /** Again after a failure that needs nothing new from the user. */
  'flow.retry': { input: nothing, output: nothing },
  /** What is sealed here, asked while it is locked, by somebody who cannot open it: kinds and names, no addresses. */
  'unlock.wallets': {
    input: nothing,
    output: z.strictObject({ wallets: z.array(lockedWallet) }),
  },
  /** Device unlock: nothing is kept on this device, each unlock is a full recovery. */
  'device-unlock.use-pin': { input: nothing, output: nothing },
  /** One more account of a wallet that can have several; it is selected. */
  'accounts.add': { input: z.strictObject({ walletId, name: name.exactOptional() }), output: accountRef },
  'accounts.rename': { input: z.strictObject({ account: accountRef, name }), output: nothing },
  'accounts.set-avatar': {
    input: z.strictObject({ account: accountRef, avatar: z.int().min(0).max(11) }),
    output: nothing,
  },
  /** `place`: where it stands afterwards among the accounts of its wallet, from 0. */
  'accounts.move': { input: z.strictObject({ account: accountRef, place: z.int().min(0) }), output: nothing },
  /** An address without a key. Refused at the field: `bad-address`, `wallet-duplicate` with a type as reason. */
  'wallets.watch': { input: z.strictObject({ address: z.string().max(100) }), output: nothing },
  'wallets.rename': { input: z.strictObject({ walletId, name }), output: nothing },
  /** Forgets a wallet that is not keyless, with its secret. */
  'wallets.remove': { input: z.strictObject({ walletId }), output: nothing },
  'accounts.select': { input: z.strictObject({ account: accountRef }), output: nothing },
  /** Reads the chain again; what came back is in the snapshot. */
  'balances.refresh': { input: nothing, output: nothing },
  /** From now on this network is looked at. */
  'networks.select': { input: z.strictObject({ chainId: chainNumber }), output: nothing },
  'networks.set-visibility': { input: z.strictObject({ chainId: chainNumber, visibility }), output: nothing },
  /** What is typed outlives the page, which the browser's own question may close; null: nobody goes on with it. */
  'networks.keep-draft': { input: z.strictObject({ draft: networkDraft.nullable() }), output: nothing },
  /** These three ask the node for its chain id first, and end the draft. Refused at the field: `bad-network` with a `reason`. */
  'networks.add': { input: networkForm, output: nothing },
  'networks.change': { input: networkForm, output: nothing },
  'networks.set-node': { input: nodeForm, output: nothing },
  'networks.remove': { input: z.strictObject({ chainId: chainNumber }), output: nothing },
  /** What is at an address. Refused at the field: `bad-address`, `bad-token` with a `reason`. */
  'tokens.look': { input: tokenForm, output: tokenOffer },
  'tokens.add': { input: tokenForm, output: nothing },
  'tokens.set-visibility': { input: tokenForm.extend({ visibility }), output: nothing },
  'tokens.set-order': { input: z.strictObject({ order: tokenOrder }), output: nothing },
  /** Whom an address or a name leads to. Refused at the field: `bad-address` with a `reason`. */
  'recipient.find': {
    input: z.strictObject({ chainId: chainNumber, text: z.string().max(300) }),
    output: z.strictObject({ address: z.string(), name: z.string().nullable() }),
  },
  /** Refused at the field: `bad-address`, `bad-amount`, `bad-fee`, `insufficient-funds`, each with a `reason`. */
  'send.prepare': { input: sendForm, output: quote },
  /** A quote for a transaction in the place of a pending one. @throws `already-mined` */
  'send.replace': { input: z.strictObject({ hash: z.string().max(66), how: replaceHow }), output: quote },
  /** What is typed outlives the page; null: nobody goes on with it. */
  'send.keep-draft': { input: z.strictObject({ draft: sendDraft.nullable() }), output: nothing },
  /** Ends the draft, unless it is refused. */
  'send.confirm': {
    input: z.strictObject({ quoteId: z.string().max(64) }),
    /** Null where a device is asked first: it goes on by `deviceJob` of the snapshot. */
    output: z.strictObject({ hash: z.string().nullable() }),
  },
  /** Refused at the field: `bad-contact`, `bad-address`, each with a `reason`. */
  'contacts.save': { input: contactForm, output: nothing },
  'contacts.remove': { input: z.strictObject({ address: z.string().max(100) }), output: nothing },
  /** Begins a task where no password or passkey opens this device: whoever is here has typed the PIN. */
  'task.begin': { input: taskOrder, output: nothing },
  /** Again after a failure that needs nothing new from the user. */
  'task.retry': { input: nothing, output: nothing },
  /** Back home: from a question, a result or a failure. */
  'task.leave': { input: nothing, output: nothing },
  /** Asks for the PIN later; nothing where it cannot be put off any more. */
  'pin-check.put-off': { input: nothing, output: nothing },
  /** What two devices show that hold the same wallet: six letters and digits. Tells nothing of the key. */
  'backup.compare-code': {
    input: nothing,
    output: z.strictObject({ code: z.string().regex(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/) }),
  },
  /** A person has recovered on a second device and seen the same code there. */
  'backup.practised-elsewhere': { input: nothing, output: nothing },
  /** Asks vault, issuer and realms how the backup is; the answers are in the snapshot. */
  'backup.refresh': { input: nothing, output: nothing },
  /** What another device did has been read: it changed the PIN, or recovered. */
  'backup.note-change': { input: nothing, output: nothing },
  /** To practise is not offered on home any more. */
  'backup.end-drill-offer': { input: nothing, output: nothing },
  'settings.change': { input: somePreferences, output: nothing },
  /**
   * A message of `lib/bus/utxo/table.ts`, about Bitcoin and its relatives. Only its size is looked at here: it is parsed
   * where it is answered, which is loaded when it is first asked.
   */
  'utxo.call': {
    input: z.strictObject({ name: z.string().max(40), input: sizedJson }),
    output: z.strictObject({ output: z.unknown() }),
  },
  ...dappTable,
  ...allowanceTable,
  ...hardwareTable,
  'foreign-tries.dismiss': { input: nothing, output: nothing },
  /** The same as signing out, whatever state it is in: also where what is stored here can no longer be read. */
  'device.erase': { input: nothing, output: nothing },
  /** Forgets everything on this device; the backup stays. */
  'device.sign-out': { input: nothing, output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type WalletMessage = keyof typeof walletTable;
export type DappMessage = keyof typeof dappTable;
export type SendMessage = Extract<WalletMessage, `send.${string}` | `recipient.${string}`>;
export type AllowanceMessage = keyof typeof allowanceTable;
export type HardwareMessage = keyof typeof hardwareTable;
export type InputOf<M extends WalletMessage> = z.input<(typeof walletTable)[M]['input']>;
export type OutputOf<M extends WalletMessage> = z.output<(typeof walletTable)[M]['output']>;
export type SendForm = InputOf<'send.prepare'>;
export type SendQuote = OutputOf<'send.prepare'>;
export type { FeeChoice } from './send-draft';

/** One handler for each message of the table, given the parsed input. */
export type WalletHandlers = {
  readonly [M in WalletMessage]: (input: z.output<(typeof walletTable)[M]['input']>) => Promise<InputOfOutput<M>>;
};
type InputOfOutput<M extends WalletMessage> = z.input<(typeof walletTable)[M]['output']>;

export function isWalletMessage(value: unknown): value is WalletMessage {
  return typeof value === 'string' && Object.hasOwn(walletTable, value);
}

/**
 * What a secret is for, and which screen types it:
 * `check-pin` and `choose-pin` (PIN screen), `recover-pin` (PIN screen), `unlock-pin` and `unlock-password` (unlock screen),
 * `unlock-passkey` (unlock screen), `set-password` and `set-passkey` (device unlock screen), `add-password`,
 * `change-password`, `add-passkey`, `remove-unlock` (one way to unlock, never the last one), `use-pin` (from now on nothing
 * is kept on this device) and `check-unlock`, which changes nothing (settings). These six carry what unlocks the device
 * now, where there is something. Of a passkey it is what the authenticator computed, which nobody types.
 * `import-phrase` and `import-private-key` (import screens); `new-phrase`, the count of words, and `reveal`, what unlocks
 * the device, are answered with a secret (screens of a new phrase and of reveal). `begin-task` is what unlocks the device
 * and what for; `new-pin`, `drill-pin`, `delete-pin` and `confirm-pin` are the
 * PIN of a reset, of a practised recovery, of a deletion, and the answer to the question whether it is still known.
 */
export const secretPurpose = z.enum([
  'check-pin',
  'choose-pin',
  'recover-pin',
  'unlock-pin',
  'unlock-password',
  'unlock-passkey',
  'set-password',
  'set-passkey',
  'add-password',
  'change-password',
  'add-passkey',
  'remove-unlock',
  'use-pin',
  'check-unlock',
  'new-phrase',
  'import-phrase',
  'import-private-key',
  'reveal',
  'begin-task',
  'new-pin',
  'drill-pin',
  'confirm-pin',
  'delete-pin',
]);
export type SecretPurpose = z.infer<typeof secretPurpose>;
