/** Labels of an account, and which of its outputs are put aside: written for other wallets, and read from them. */

import { toHex } from '@/lib/bytes';
import { originOf } from '@/lib/chains/utxo/accounts';
import { checkAddress } from '@/lib/chains/utxo/address';
import { COINS, type Coin } from '@/lib/chains/utxo/coins';
import { type LabelRecord, readLabels, writeLabels } from '@/lib/chains/utxo/labels';
import { accountOf, type Book, checkRoom, type OfAccount } from './book';
import type { History } from './history';
import type { CoinRecord } from './records';
import type { Transactions } from './transactions';

const LONGEST_LABEL = 80;

/** What was done with a file. */
export interface Taken {
  readonly labels: number;
  /** Outputs that were put aside, or allowed again. */
  readonly outputs: number;
  /** Lines about something else than this account. */
  readonly others: number;
}

export interface Labels {
  /** BIP-329. @throws what the server does: which transactions are of the account only it can say */
  write(of: OfAccount): Promise<string>;
  /** What is in the file replaces what is here; the rest stays. @throws WalletError `bad-labels` with a `LabelsProblem` */
  read(of: OfAccount, text: string): Promise<Taken>;
}

export interface LabelsParts {
  readonly book: Book;
  readonly history: Pick<History, 'txids'>;
  readonly transactions: Pick<Transactions, 'get'>;
}

export function createLabels({ book, history, transactions }: LabelsParts): Labels {
  const scriptsOf = async (of: OfAccount) =>
    new Map((await book.reachable(of, of.account)).map(({ script, address }) => [toHex(script), address]));
  const origin = async (of: OfAccount): Promise<string | undefined> => {
    const { fingerprint } = await book.read(of);
    return fingerprint === null
      ? undefined
      : originOf(accountOf(of.coin, await book.account(of, of.account)), fingerprint);
  };

  return {
    write: async (of) => {
      const { labels, frozen } = await book.read(of);
      const [scripts, txids, from] = [await scriptsOf(of), await history.txids(of), await origin(of)];
      const isOwn = async (outpoint: string): Promise<boolean> => {
        const [txid = '', index] = outpoint.split(':');
        if (!txids.has(txid)) return false;
        const output = (await transactions.get(of.coin, txid)).outputs[Number(index)];
        return output !== undefined && scripts.has(toHex(output.script));
      };
      const addresses = [...scripts.values()].filter((address) => labels[address] !== undefined);
      const named = Object.keys(labels).filter((name) => txids.has(name));
      const outputs = [...new Set([...Object.keys(labels), ...frozen])].filter((name) => OUTPUT.test(name));
      const own = [];
      for (const outpoint of outputs) if (await isOwn(outpoint)) own.push(outpoint);
      const record =
        (type: LabelRecord['type']) =>
        (ref: string): LabelRecord => {
          return { type, ref, label: labels[ref] ?? '', ...(from === undefined ? {} : { origin: from }) };
        };
      return writeLabels([
        ...named.map(record('tx')),
        ...addresses.map(record('addr')),
        ...own.map(record('output')).map((one) => (frozen.includes(one.ref) ? { ...one, spendable: false } : one)),
      ]);
    },
    read: async (of, text) => {
      const { records, others } = readLabels(text, LONGEST_LABEL);
      const [scripts, from] = [await scriptsOf(of), await origin(of)];
      const own = records.flatMap((one) => named(COINS[of.coin], one, scripts, from) ?? []);
      await book.change(of, (record) => withRecords(record, own));
      return {
        labels: own.filter(({ label }) => label !== '').length,
        outputs: own.filter(({ type, spendable }) => type === 'output' && spendable !== undefined).length,
        others: others + records.length - own.length,
      };
    },
  };
}

const TXID = /^[0-9a-f]{64}$/;
const OUTPUT = /^[0-9a-f]{64}:(0|[1-9]\d{0,9})$/;

/** With the name that it has here; null for what is not of the account. */
function named(
  coin: Coin,
  one: LabelRecord,
  scripts: ReadonlyMap<string, string>,
  origin: string | undefined,
): LabelRecord | null {
  if (one.origin !== undefined && origin !== undefined && plain(one.origin) !== plain(origin)) return null;
  if (one.type === 'addr') {
    const address = scripts.get(scriptText(coin, one.ref));
    return address === undefined ? null : { ...one, ref: address };
  }
  const ref = one.ref.toLowerCase();
  return (one.type === 'tx' ? TXID : OUTPUT).test(ref) ? { ...one, ref } : null;
}

/** Others write hardened steps with an h, and may add a checksum. */
const plain = (origin: string): string => origin.toLowerCase().replace(/#.*$/, '').replaceAll(/[h']/g, 'h');

function scriptText(coin: Coin, address: string): string {
  try {
    return toHex(checkAddress(coin, address, { legacy: 'meant' }).script);
  } catch {
    return '';
  }
}

/** @throws WalletError `bad-labels` reason `too-many` for more than there is room for */
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
