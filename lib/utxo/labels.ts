/** Labels of an account, and which of its outputs are put aside: written for other wallets, and read from them. */

import { toHex } from '@/lib/bytes';
import { originOf } from '@/lib/chains/utxo/accounts';
import { checkAddress } from '@/lib/chains/utxo/address';
import { inBatches } from '@/lib/chains/utxo/backend/batches';
import { COINS, type Coin } from '@/lib/chains/utxo/coins';
import { type LabelRecord, readLabels, writeLabels } from '@/lib/chains/utxo/labels';
import type { TxOutput } from '@/lib/chains/utxo/transaction';
import { accountOf, type Book, checkRoom, type OfAccount } from './book';
import type { History } from './history';
import type { CoinRecord } from './records';
import type { SentBook } from './sent';
import type { Transactions } from './transactions';

const LONGEST_LABEL = 80;

/** What was done with a file. */
export interface Taken {
  readonly labels: number;
  /** Outputs that were put aside, and were not before. */
  readonly frozen: number;
  /** Outputs that were put aside before, and may be spent again. */
  readonly allowed: number;
  /** Lines about something else than this account. */
  readonly others: number;
}

export interface Labels {
  /** BIP-329. @throws what the server does: which transactions are of the account only it can say */
  write(of: OfAccount): Promise<string>;
  /**
   * What is in the file about this account replaces what is here; the rest stays.
   * @throws WalletError `bad-labels` with a `LabelsProblem`, `labels-full`; what the server does, as above
   */
  read(of: OfAccount, text: string): Promise<Taken>;
}

export interface LabelsParts {
  readonly book: Book;
  readonly history: Pick<History, 'txids'>;
  readonly sent: Pick<SentBook, 'ofCoin'>;
  readonly transactions: Pick<Transactions, 'get'>;
}

/** What is of an account, of all that is named. */
interface Own {
  /** Addresses by their scripts. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly txids: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}

const NOBODYS: Pick<Own, 'txids' | 'outputs'> = { txids: new Set(), outputs: new Set() };

export function createLabels({ book, history, sent, transactions }: LabelsParts): Labels {
  const addressesOf = async (of: OfAccount) =>
    new Map((await book.reachable(of, of.account)).map(({ script, address }) => [toHex(script), address]));
  const originFor = async (of: OfAccount): Promise<string | undefined> => {
    const { fingerprint } = await book.read(of);
    return fingerprint === null
      ? undefined
      : originOf(accountOf(of.coin, await book.account(of, of.account)), fingerprint);
  };
  /** What a server may not have stands in what was sent from here. */
  const outputsOf = async (of: OfAccount): Promise<(txid: string) => Promise<readonly TxOutput[]>> => {
    const drafts = new Map((await sent.ofCoin(of)).map(({ txid, draft }) => [txid, draft.outputs]));
    return async (txid) => drafts.get(txid) ?? (await transactions.get(of.coin, txid)).outputs;
  };
  /** @param refs of transactions and outputs that are asked about: without any, no server is */
  const ownOf = async (of: OfAccount, refs: readonly string[]): Promise<Own> => {
    const addresses = await addressesOf(of);
    if (refs.length === 0) return { addresses, ...NOBODYS };
    const [txids, read] = [await history.txids(of), await outputsOf(of)];
    const asked = new Set(refs.filter((ref) => OUTPUT.test(ref)).map((ref) => ref.split(':')[0] ?? ''));
    const outputs = await inBatches(
      [...asked].filter((txid) => txids.has(txid)),
      async (txid) =>
        (await read(txid)).flatMap(({ script }, index) => (addresses.has(toHex(script)) ? `${txid}:${index}` : [])),
    );
    return { addresses, txids, outputs: new Set(outputs.flat()) };
  };

  return {
    write: async (of) => {
      const { labels, frozen } = await book.read(of);
      const refs = [...new Set([...Object.keys(labels), ...frozen])].filter(
        (ref) => TXID.test(ref) || OUTPUT.test(ref),
      );
      const [{ addresses, txids, outputs }, origin] = [await ownOf(of, refs), await originFor(of)];
      const record =
        (type: LabelRecord['type']) =>
        (ref: string): LabelRecord => {
          return { type, ref, label: labels[ref] ?? '', ...(origin === undefined ? {} : { origin }) };
        };
      return writeLabels([
        ...refs.filter((ref) => txids.has(ref)).map(record('tx')),
        ...[...addresses.values()].filter((address) => labels[address] !== undefined).map(record('addr')),
        ...refs
          .filter((ref) => outputs.has(ref))
          .map(record('output'))
          .map((one) => (frozen.includes(one.ref) ? { ...one, spendable: false } : one)),
      ]);
    },
    read: async (of, text) => {
      const { records, others } = readLabels(text, LONGEST_LABEL);
      const origin = await originFor(of);
      const claimed = records
        .filter((one) => isOrigin(one.origin, origin))
        .map((one) => (one.type === 'addr' ? one : { ...one, ref: one.ref.toLowerCase() }));
      const refs = claimed.filter(({ type }) => type !== 'addr').map(({ ref }) => ref);
      const own = await ownOf(of, refs);
      const taken = claimed.flatMap((one) => named(COINS[of.coin], one, own) ?? []);
      let changed = { frozen: 0, allowed: 0 };
      await book.change(of, (before) => {
        const after = withRecords(before, taken);
        changed = { frozen: added(before.frozen, after.frozen), allowed: added(after.frozen, before.frozen) };
        return after;
      });
      const labels = taken.filter(({ label }) => label !== '').length;
      return { labels, ...changed, others: others + records.length - taken.length };
    },
  };
}

const TXID = /^[0-9a-f]{64}$/;
const OUTPUT = /^[0-9a-f]{64}:(0|[1-9]\d{0,9})$/;

/** How many there are of the second that are not of the first. */
const added = (before: readonly string[], after: readonly string[]): number => {
  const known = new Set(before);
  return after.filter((one) => !known.has(one)).length;
};

/** With the name that it has here; null for what is not of the account. */
function named(coin: Coin, one: LabelRecord, { addresses, txids, outputs }: Own): LabelRecord | null {
  if (one.type !== 'addr') return (one.type === 'tx' ? txids : outputs).has(one.ref) ? one : null;
  const address = addresses.get(scriptText(coin, one.ref));
  return address === undefined ? null : { ...one, ref: address };
}

/** Whether it says so, or says nothing. */
const isOrigin = (said: string | undefined, origin: string | undefined): boolean =>
  said === undefined || origin === undefined || plain(said) === plain(origin);

/** Others write hardened steps with an h, and may add a checksum. */
const plain = (origin: string): string => origin.toLowerCase().replace(/#.*$/, '').replaceAll(/[h']/g, 'h');

function scriptText(coin: Coin, address: string): string {
  try {
    return toHex(checkAddress(coin, address, { legacy: 'meant' }).script);
  } catch {
    return '';
  }
}

/** @throws WalletError `labels-full` */
function withRecords(record: CoinRecord, records: readonly LabelRecord[]): CoinRecord {
  const labels = new Map(Object.entries(record.labels));
  const frozen = new Set(record.frozen);
  for (const { type, ref, label, spendable } of records) {
    if (label !== '') labels.set(ref, label);
    if (type === 'output' && spendable === false) frozen.add(ref);
    if (type === 'output' && spendable === true) frozen.delete(ref);
  }
  return checkRoom({ ...record, labels: Object.fromEntries(labels), frozen: [...frozen] });
}
