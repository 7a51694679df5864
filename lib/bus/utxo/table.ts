/**
 * What pages ask about Bitcoin and its relatives, one line each. These cross as one message of the wallet table,
 * `utxo.call`, and are parsed where they are answered: neither the popup's first bundle nor the background's start has them.
 *
 * Every message needs an open wallet (`locked`), and may be refused with `bad-message`, `storage-failed`, `interrupted` (the
 * browser stopped the work: ask again). What talks to the server also: `bad-server` reason `none` (none is picked),
 * `chain-unreachable`, `party-misbehaved` with a `ServerProblem` or `PreviousProblem` as reason (it lies: pick another one).
 */
import '../jitless';
import { z } from 'zod';
import {
  accountKey,
  accountsView,
  addressType,
  backendKind,
  coinId,
  coinView,
  feeChoice,
  feesView,
  historyItem,
  outpoint,
  purpose,
  quote,
  receiveView,
  txid,
  utxoView,
  walletId,
} from './shapes';

const nothing = z.strictObject({});
const ofCoin = { walletId, coin: coinId };
const ofAccount = { ...ofCoin, account: accountKey };
const url = z.string().max(500);
const label = z.string().trim().max(80);
const base64 = z.string().max(300_000);
/** In characters, of a file that is read (BIP-329). */
export const LARGEST_LABELS = 1_000_000;

/** A form that is being filled in. Nothing of it has been checked. */
export const utxoSendDraft = z.strictObject({
  ...ofAccount,
  /** As typed. `everything`: all that is left of everything, at one recipient at most. */
  recipients: z
    .array(z.strictObject({ to: z.string().max(2_000), amount: z.string().max(60), everything: z.boolean() }))
    .min(1)
    .max(50),
  fee: feeChoice,
  /** Outputs to be spent, all of them; null leaves the choice to the wallet. */
  picked: z.array(outpoint).max(500).nullable(),
});
export type UtxoSendDraft = z.infer<typeof utxoSendDraft>;

const sendForm = utxoSendDraft.extend({
  /** Addresses in the old form of Bitcoin Cash, of which the user has said that they are meant, by their place. */
  legacyMeant: z.array(z.int().min(0)).max(50),
});

const jobId = z.string().max(64);
/** What is done now, or is asked of a device first: `job` is then for its page, see `device.work`. */
const sent = z.union([z.strictObject({ txid }), z.strictObject({ job: jobId })]);
const signedText = z.union([z.strictObject({ signature: z.string() }), z.strictObject({ job: jobId })]);

export const utxoTable = {
  /** All six, whether the wallet has them or not. `bad-message` reason `wallet` for one that cannot have accounts of them. */
  'coins.list': { input: z.strictObject({ walletId }), output: z.strictObject({ coins: z.array(coinView) }) },
  /**
   * Picks the server of a coin, for all wallets; it is asked who it is, and only then kept. Ask for the host by
   * `askForNode` before, where it is Esplora. Refused at the field: `bad-server` with `empty`, `format`, `insecure`,
   * `out-of-reach` (this build), `kind`, `silent`, `answer`, `other-coin`, `other-fork`, `behind`. `own`: the user runs it,
   * and it is asked by the keys of accounts; only a Blockbook can be.
   */
  'backend.set': {
    input: z.strictObject({ coin: coinId, kind: backendKind, url, own: z.boolean() }),
    output: nothing,
  },
  /** From now on nobody is asked. Accounts, labels and what is pending stay. */
  'backend.clear': { input: z.strictObject({ coin: coinId }), output: nothing },

  /** The accounts of a coin, what they have, and how far a discovery is. */
  'accounts.list': { input: z.strictObject(ofCoin), output: accountsView },
  /**
   * Looks for every account that was ever used; the first of each address type is there afterwards in any case. Answers at
   * once; `accounts.list` tells how far it is, `utxo.revision` of the snapshot when to look. `earlier`: also on the paths
   * of the chain that the coin has split off from.
   */
  'discover.start': { input: z.strictObject({ ...ofCoin, earlier: z.boolean() }), output: nothing },
  'discover.stop': { input: z.strictObject(ofCoin), output: nothing },
  /** The next account of an address type. `bad-account`: `previous-unused`, `type`; of a device `device` (see `device.add`). */
  'accounts.add': {
    input: z.strictObject({ ...ofCoin, purpose }),
    output: z.strictObject({ account: accountKey }),
  },
  'accounts.rename': { input: z.strictObject({ ...ofAccount, name: z.string().trim().max(40) }), output: nothing },
  /** Forgets the accounts of a coin, its labels too. `bad-account` reason `in-use` while a payment waits. */
  'accounts.remove': { input: z.strictObject(ofCoin), output: nothing },
  /** Reads everything of the coin from the server again. */
  refresh: { input: z.strictObject(ofCoin), output: nothing },

  'receive.list': { input: z.strictObject(ofAccount), output: receiveView },
  /** Of an address, an output or a transaction, by its name; an empty one takes it away. `labels-full`. */
  'labels.set': {
    input: z.strictObject({ ...ofCoin, of: z.string().min(20).max(120), label }),
    output: nothing,
  },
  /** Of an account, and which of its outputs are put aside (BIP-329). Asks the server which transactions are its. */
  'labels.write': {
    input: z.strictObject(ofAccount),
    output: z.strictObject({ labels: z.string(), name: z.string() }),
  },
  /**
   * The same, from a file: what is in it about this account replaces what is here, and the rest stays. Asks the server, too.
   * Nothing is taken of one that is refused: `bad-labels` with a `LabelsProblem` as reason, `labels-full`.
   */
  'labels.read': {
    input: z.strictObject({ ...ofAccount, text: z.string().max(LARGEST_LABELS) }),
    output: z.strictObject({
      labels: z.int().min(0),
      /** Put aside by it. */
      frozen: z.int().min(0),
      /** Put aside before, and allowed again by it. */
      allowed: z.int().min(0),
      /** Lines about something else than this account. */
      others: z.int().min(0),
    }),
  },
  'utxos.list': { input: z.strictObject(ofAccount), output: z.strictObject({ utxos: z.array(utxoView) }) },
  /** `labels-full` where no more can be put aside. */
  'utxos.set-frozen': {
    input: z.strictObject({ ...ofCoin, outpoint, frozen: z.boolean() }),
    output: nothing,
  },

  /**
   * What was pasted or scanned: an address, or a request (BIP-21). Refused at the field: `bad-address` with an
   * `AddressProblem` as reason (`maybe-bitcoin`: ask the user and come again with `legacyMeant`), `party` the other chain;
   * `bad-amount` `format`; of a request also `uri`, for one that demands what is not understood here, `uri-malformed`, and
   * `uri-twice` for one that says something twice.
   */
  'address.check': {
    input: z.strictObject({ coin: coinId, text: z.string().max(2_000), legacyMeant: z.boolean() }),
    output: z.strictObject({
      address: z.string(),
      /** Whole coins as decimal text, as the request has it; null where nothing is asked for. */
      amount: z.string().nullable(),
      label: z.string().nullable(),
      message: z.string().nullable(),
    }),
  },
  'fees.list': { input: z.strictObject({ coin: coinId }), output: feesView },
  /**
   * Refused at the field: `bad-address`; `bad-amount` with `AmountProblem`, `dust`; `bad-fee` with `format`, `too-low`,
   * `above-limit`, `unknown-level`; `insufficient-funds` with `no-coins`, `amount`, `fee`, `frozen`, `not-spendable`.
   * Where one recipient of several is meant, `place` of the details says which, from 0.
   */
  'send.prepare': { input: sendForm, output: quote },
  /**
   * A dearer transaction in the place of a pending one. `bad-fee` reason `not-replaceable`, also where another pending one
   * spends its change; `already-mined`.
   */
  'send.replace': { input: z.strictObject({ ...ofAccount, txid, fee: feeChoice }), output: quote },
  /**
   * Signs and sends a quote, once: the same call again finds the same transaction. `quote-expired` if it is not the last
   * one shown, too old, `digest` is not its, or another one has taken what it spends; `transaction-refused` with a
   * `BroadcastProblem`; `already-mined`; `device-misbehaved` if what was signed is not what was shown. A server that cannot
   * be reached is asked again later.
   */
  'send.confirm': { input: z.strictObject({ quoteId: z.string().max(64), digest: z.string().max(64) }), output: sent },
  /** What is typed outlives the page. */
  'send.keep-draft': { input: z.strictObject({ draft: utxoSendDraft.nullable() }), output: nothing },
  'send.draft': { input: nothing, output: z.strictObject({ draft: utxoSendDraft.nullable() }) },

  /** Newest first; `from` is `next` of the page before. */
  'history.list': {
    input: z.strictObject({ ...ofAccount, from: z.int().min(0) }),
    output: z.strictObject({ items: z.array(historyItem).max(50), next: z.int().nullable() }),
  },
  /** All of it (RFC 4180, UTF-8). */
  'history.csv': { input: z.strictObject(ofAccount), output: z.strictObject({ csv: z.string(), name: z.string() }) },

  /** `bad-text`: `empty`, `too-long`, `taproot` (no messages for these addresses), `not-own`. */
  'message.sign': {
    input: z.strictObject({ ...ofAccount, address: z.string().max(120), message: z.string().max(10_000) }),
    output: signedText,
  },
  /** `bad-address`. */
  'message.verify': {
    input: z.strictObject({
      coin: coinId,
      address: z.string().max(120),
      message: z.string().max(10_000),
      signature: z.string().max(200),
    }),
    output: z.strictObject({ valid: z.boolean() }),
  },
  /** Whoever has it sees all that the account does, for ever. */
  'xpub.show': {
    input: z.strictObject(ofAccount),
    output: z.strictObject({ xpub: z.string(), descriptor: z.string(), path: z.string(), type: addressType }),
  },

  /** `bad-psbt` with a `PsbtProblem` as reason. The quote is confirmed by `psbt.sign` or, to send it, by `send.confirm`. */
  'psbt.read': { input: z.strictObject({ ...ofAccount, psbt: base64 }), output: quote },
  /** The signed one, not sent. */
  'psbt.sign': {
    input: z.strictObject({ quoteId: z.string().max(64), digest: z.string().max(64) }),
    output: z.union([z.strictObject({ psbt: z.string() }), z.strictObject({ job: jobId })]),
  },
  /** The quote that was shown last, unsigned, for another signer. */
  'psbt.write': {
    input: z.strictObject({ quoteId: z.string().max(64) }),
    output: z.strictObject({ psbt: z.string() }),
  },

  /** Accounts of a hardware wallet, as its page has read them from the device: one for each place. */
  'device.add': {
    input: z.strictObject({
      ...ofCoin,
      accounts: z
        .array(
          z.strictObject({
            account: accountKey,
            /** As the device says it (BIP-32, SLIP-132), of m / purpose' / coin type' / account'. */
            xpub: z.string().max(120),
          }),
        )
        .min(1)
        .max(20),
    }),
    output: nothing,
  },
  /** What a device is asked, for the page that asks it, in a tab. It waits until it is answered or another quote is shown. */
  'device.work': {
    input: z.strictObject({ id: jobId }),
    output: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('transaction'),
        coin: coinId,
        version: z.int(),
        lockTime: z.int(),
        /** `path`: steps with the hardened bit; `scriptType` of `lib/chains/utxo/script.ts`. */
        inputs: z.array(
          z.strictObject({
            txid,
            index: z.int(),
            amount: z.string(),
            path: z.array(z.int()).readonly(),
            scriptType: z.enum(['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']),
            publicKey: z.string(),
            script: z.string(),
            sequence: z.int(),
          }),
        ),
        outputs: z.array(
          z.strictObject({
            amount: z.string(),
            script: z.string(),
            /** Null for one's own, and where the script has none. */
            address: z.string().nullable(),
            own: z
              .strictObject({
                path: z.array(z.int()).readonly(),
                publicKey: z.string(),
                scriptType: z.enum(['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']),
              })
              .nullable(),
          }),
        ),
        /** Raw, hex: the transactions whose outputs are spent, ids checked. */
        previous: z.array(z.strictObject({ txid, raw: z.string() })),
        quote,
      }),
      z.strictObject({
        kind: z.literal('message'),
        coin: coinId,
        path: z.array(z.int()).readonly(),
        scriptType: z.enum(['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']),
        address: z.string(),
        message: z.string(),
      }),
    ]),
  },
  /** The raw transaction in hex, or the signature in base64. Checked against the work; `device-misbehaved`, `request-gone`. */
  'device.deliver': {
    input: z.strictObject({ id: jobId, answer: z.string().max(800_000) }),
    output: z.strictObject({ txid: txid.nullable(), signature: z.string().nullable(), psbt: z.string().nullable() }),
  },
  'device.refuse': { input: z.strictObject({ id: jobId }), output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type UtxoMessage = keyof typeof utxoTable;
export type UtxoInput<M extends UtxoMessage> = z.input<(typeof utxoTable)[M]['input']>;
export type UtxoOutput<M extends UtxoMessage> = z.output<(typeof utxoTable)[M]['output']>;
/** One handler for each message of the table, given the parsed input. */
export type UtxoHandlers = {
  readonly [M in UtxoMessage]: (
    input: z.output<(typeof utxoTable)[M]['input']>,
  ) => Promise<z.input<(typeof utxoTable)[M]['output']>>;
};

export const isUtxoMessage = (name: string): name is UtxoMessage => Object.hasOwn(utxoTable, name);
