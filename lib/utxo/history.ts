/** What an account has received and paid. Heights and times are a server's word, amounts are those of proven transactions. */
import type { HistoryItem } from '@/lib/bus/utxo/shapes';
import { toHex } from '@/lib/bytes';
import { addressOf } from '@/lib/chains/utxo/address';
import type { AccountReader } from '@/lib/chains/utxo/backend/account-reader';
import { inBatches } from '@/lib/chains/utxo/backend/batches';
import { lie } from '@/lib/chains/utxo/backend/checks';
import type { ListedTransaction } from '@/lib/chains/utxo/backend/types';
import { COINS } from '@/lib/chains/utxo/coins';
import { discoverAccount } from '@/lib/chains/utxo/discover';
import { keyScript } from '@/lib/chains/utxo/script';
import type { Transaction, TxInput, TxOutput } from '@/lib/chains/utxo/transaction';
import { accountOf, type Book, type OfAccount } from './book';
import { keyOf } from './places';
import type { Readers } from './readers';
import type { KeptAccount, SentRecord } from './records';
import { isPending, isSpentFurther, type SentBook, standing } from './sent';
import type { Sync } from './sync';
import type { Transactions } from './transactions';

export interface History {
  /** @param from 0, or `next` of the page before */
  list(of: OfAccount, from: number): Promise<{ readonly items: HistoryItem[]; readonly next: number | null }>;
  all(of: OfAccount): Promise<readonly HistoryItem[]>;
  /** Of which transactions it has part. */
  txids(of: OfAccount): Promise<ReadonlySet<string>>;
}

export interface HistoryParts {
  readonly book: Book;
  readonly readers: Readers;
  readonly sent: SentBook;
  readonly sync: Pick<Sync, 'view'>;
  readonly transactions: Transactions;
  readonly now: () => number;
}

const PAGE = 25;
const FRESH_MS = 15_000;

interface Listed extends ListedTransaction {
  /** What this device knows of it, if it was sent here. */
  readonly sent: SentRecord | null;
}

interface Listing {
  readonly asOfMs: number;
  /** Of what was known beside it: what has changed since is asked about again. */
  readonly stamp: string;
  readonly transactions: readonly Listed[];
}

export function createHistory({ book, readers, sent, sync, transactions, now }: HistoryParts): History {
  const listings = new Map<string, Listing>();

  /** Other devices with the same seed use addresses, too: what is paid to them is in the list already. */
  const noteUsed = async (of: OfAccount, kept: KeptAccount, reader: AccountReader): Promise<void> => {
    const { receive, change } = kept;
    const found = await discoverAccount(reader, accountOf(of.coin, kept), { known: { receive, change } });
    const isMore = found.receive.used.length + found.change.used.length > receive.length + change.length;
    if (isMore) await book.noteUsed(of, found);
  };
  const read = async (of: OfAccount): Promise<Listing['transactions']> => {
    const kept = await book.account(of, of.account);
    const listed = await readers.use(of.coin, async (readerOf) => {
      const reader = readerOf(accountOf(of.coin, kept));
      if (reader.isByKey) await noteUsed(of, kept, reader);
      const { receive, change } = await book.addresses(of, of.account);
      return reader.history([...receive, ...change]);
    });
    return listed.map((one) => ({ ...one, sent: null }));
  };
  const listing = async (of: OfAccount, from: number): Promise<readonly Listed[]> => {
    const name = `${of.walletId} ${of.coin} ${of.account}`;
    const own = (await sent.ofCoin(of)).filter((one) => one.account === of.account);
    const stamp = [(await sync.view(of)).asOfMs, ...own.map(({ txid, state }) => `${txid} ${state}`)].join();
    const known = listings.get(name);
    const isFresh = known?.stamp === stamp && now() - known.asOfMs < FRESH_MS;
    const current = known && (from > 0 || isFresh) ? known : { asOfMs: now(), stamp, transactions: await read(of) };
    listings.set(name, current);
    return inOrder(merged(current.transactions, own));
  };

  const whoseOf = async (of: OfAccount): Promise<Whose> => {
    const here = await book.reachable(of, of.account);
    const { accounts } = await book.read(of);
    const wallet = (await Promise.all(accounts.map((kept) => book.reachable(of, keyOf(kept))))).flat();
    const isKey = among(wallet.map(({ publicKey }) => publicKey));
    const hasTaproot = accounts.some((one) => one.purpose === TAPROOT && one.receive.length + one.change.length > 0);
    return {
      account: among(here.map(({ script }) => script)),
      wallet: among(wallet.map(({ script }) => script)),
      key: among(here.map(({ publicKey }) => keyScript(publicKey))),
      mayHaveSigned: ({ script, witness }) =>
        witness.length === 1 ? hasTaproot && isSchnorr(witness) : isKey(witness.at(-1) ?? script.slice(-KEY_BYTES)),
    };
  };
  const itemOf = async (listed: Listed, around: Around): Promise<HistoryItem> => {
    const { of, sent: all, labels } = around;
    const parts = listed.sent
      ? partsOfSent(listed.sent)
      : await partsOf(await transactions.get(of.coin, listed.txid), (ids) => transactions.all(of.coin, ids), around);
    const isStanding = standing(all).some(({ txid }) => txid === listed.txid);
    const { replaceable } = COINS[of.coin];
    return itemFrom(listed, parts, {
      ...around,
      label: labels[listed.txid] ?? '',
      isGivenUp: listed.sent !== null && !isStanding,
      canSpeedUp: isStanding && !isSpentFurther(all, listed.txid) && replaceable,
    });
  };
  const items = async (of: OfAccount, all: readonly Listed[], page: readonly Listed[]): Promise<HistoryItem[]> => {
    const { labels } = await book.read(of);
    const known = new Set(all.map(({ txid }) => txid));
    const around = { of, whose: await whoseOf(of), sent: await sent.ofCoin(of), labels, known };
    // What is found to be wrong with what it said before is noted as if it said it now.
    return inBatches(page, (one) => itemOf(one, around)).catch((error) =>
      readers.use(of.coin, () => Promise.reject(error)),
    );
  };

  return {
    list: async (of, from) => {
      const all = await listing(of, from);
      const end = from + PAGE;
      return { items: await items(of, all, all.slice(from, end)), next: end < all.length ? end : null };
    },
    txids: async (of) => new Set((await listing(of, 0)).map(({ txid }) => txid)),
    all: async (of) => {
      const all = await listing(of, 0);
      return items(of, all, all);
    },
  };
}

type OfScript = (script: Uint8Array) => boolean;

/** Whose an output script is. */
interface Whose {
  readonly account: OfScript;
  /** Of any account of the coin. */
  readonly wallet: OfScript;
  /** Of a key of the account, without an address. */
  readonly key: OfScript;
  /** Whether it names a key of the wallet, or none: a server can put one there, so that alone proves nothing. */
  readonly mayHaveSigned: (input: TxInput) => boolean;
}

const TAPROOT = 86;
const KEY_BYTES = 33;
/** Alone in a witness, such as that of a taproot key; a coinbase has 32 bytes there. */
const isSchnorr = ([signature]: readonly Uint8Array[]): boolean => signature?.length === 64 || signature?.length === 65;

function among(scripts: readonly Uint8Array[]): OfScript {
  const all = new Set(scripts.map(toHex));
  return (script) => all.has(toHex(script));
}

/** What is the same for all of a history. */
interface Around {
  readonly of: OfAccount;
  readonly whose: Whose;
  readonly sent: readonly SentRecord[];
  readonly labels: Readonly<Record<string, string>>;
  readonly known: ReadonlySet<string>;
}

/** Each once; what was sent here is there also where no server has it. */
function merged(told: readonly Listed[], sent: readonly SentRecord[]): Listed[] {
  const all = new Map(told.map((one) => [one.txid, one]));
  for (const record of sent) {
    const { txid, atMs, state } = record;
    const known = all.get(txid);
    if (known?.height != null) all.set(txid, known);
    else if (state !== 'confirmed') all.set(txid, { txid, height: null, timeMs: known?.timeMs ?? atMs, sent: record });
  }
  return [...all.values()];
}

/** What waits comes first, then the newest. */
function inOrder(listed: readonly Listed[]): Listed[] {
  const waits = (one: Listed) => one.height === null && (one.sent === null || isPending(one.sent));
  const when = (one: Listed) => one.timeMs ?? 0;
  const isLater = (a: Listed, b: Listed) => when(b) - when(a) || (b.height ?? 0) - (a.height ?? 0);
  return [...listed].sort((a, b) => Number(waits(b)) - Number(waits(a)) || isLater(a, b));
}

interface Parts {
  /** Outputs that it spends, as far as they are known. */
  readonly spent: readonly TxOutput[];
  /** Whether all of them are. */
  readonly isWhole: boolean;
  readonly outputs: readonly TxOutput[];
}

const partsOfSent = ({ draft }: SentRecord): Parts => ({ spent: draft.inputs, isWhole: true, outputs: draft.outputs });

/**
 * What an account spends was paid to it, so the transaction that did is in its history, too. Of others it is asked only where
 * another account of the wallet may have paid: where the first that is spent is the wallet's, as all of it would be.
 */
async function partsOf(
  { inputs, outputs }: Transaction,
  get: (txids: readonly string[]) => Promise<Map<string, Transaction>>,
  { known, whose }: Around,
): Promise<Parts> {
  const spentBy = async (some: readonly TxInput[]): Promise<TxOutput[]> => {
    const previous = await get(some.map(({ txid }) => txid));
    return some.flatMap(({ txid, index }) => previous.get(txid)?.outputs[index] ?? []);
  };
  const isFirstOwn = async () => (await spentBy(inputs.slice(0, 1))).some(({ script }) => whose.wallet(script));
  const mayBeOwn = inputs.every(whose.mayHaveSigned) && (await isFirstOwn());
  const spent = await spentBy(mayBeOwn ? inputs : inputs.filter(({ txid }) => known.has(txid)));
  return { spent, isWhole: spent.length === inputs.length, outputs };
}

interface ItemFacts extends Around {
  readonly label: string;
  /** Sent here, and another one that spends the same was sent after it: if it is mined all the same, the servers say so. */
  readonly isGivenUp: boolean;
  readonly canSpeedUp: boolean;
}

const MOST_OUTPUTS = 500;

/** @throws WalletError `party-misbehaved` reason `foreign-transaction` if a server lists one that is nobody's here */
function itemFrom(listed: Listed, { spent, isWhole, outputs }: Parts, facts: ItemFacts): HistoryItem {
  const { of, whose, label, isGivenUp, canSpeedUp } = facts;
  const { txid, height, timeMs, sent } = listed;
  const own = (all: readonly TxOutput[]) => all.filter(({ script }) => whose.account(script));
  const [paid, received] = [sum(own(spent)), sum(own(outputs))];
  const hasPart = [...spent, ...outputs].some(({ script }) => whose.account(script) || whose.key(script));
  if (!hasPart && sent === null) throw lie('foreign-transaction');
  const isPayer = isWhole && own(spent).length === spent.length;
  const others = outputs.filter(({ script }) => !whose.account(script));
  const shown = paid > 0n && others.length > 0 ? others : own(outputs);
  const isToSelf = isPayer && outputs.every(({ script }) => whose.wallet(script));
  const isFromSelf = isWhole && paid === 0n && spent.every(({ script }) => whose.wallet(script));
  const fee = sum(spent) - sum(outputs);
  return {
    ...{ txid, account: of.account, height, label },
    kind: isToSelf || isFromSelf ? 'self' : received < paid ? 'sent' : 'received',
    state: height !== null ? 'confirmed' : isGivenUp ? 'replaced' : 'pending',
    atMs: timeMs,
    net: (received - paid).toString(),
    fee: isPayer && fee >= 0n ? fee.toString() : null,
    outputs: shown.slice(0, MOST_OUTPUTS).map(({ script, amount }) => {
      return { address: addressOf(COINS[of.coin], script), amount: amount.toString(), isOwn: whose.wallet(script) };
    }),
    canSpeedUp: canSpeedUp && height === null,
    replaces: sent?.replaces ?? null,
  };
}

const sum = (outputs: readonly TxOutput[]): bigint => outputs.reduce((total, { amount }) => total + amount, 0n);
