/** Labels and what is put aside, as wallets hand them to each other (BIP-329): a JSON object a line. */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { shortened } from '../shortened';

/**
 * `malformed`: a line, named by its place from 0, is no such record. `too-many`: more lines than are read at once.
 * `too-large`: a file that a page does not even hand over.
 */
export type LabelsProblem = 'malformed' | 'too-large' | 'too-many';

const MOST_LINES = 10_000;

export interface LabelRecord {
  /** Others of the format, `pubkey`, `input` and `xpub`, are read over. */
  readonly type: 'tx' | 'addr' | 'output';
  /** A txid, an address, or txid, colon, index. */
  readonly ref: string;
  /** Empty for none: then what was there before stays. */
  readonly label: string;
  /** Of an output: whether it may be spent. Undefined where nothing is said. */
  readonly spendable?: boolean | undefined;
  /** Of the account: its descriptor without keys, such as `wpkh([d34db33f/84'/0'/0'])`. */
  readonly origin?: string | undefined;
}

export const writeLabels = (records: readonly LabelRecord[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

const record = z.object({
  type: z.string(),
  ref: z.string().max(200),
  label: z.string().nullish(),
  spendable: z.boolean().nullish(),
  origin: z.string().nullish(),
});
const KNOWN: readonly string[] = ['tx', 'addr', 'output'] satisfies LabelRecord['type'][];

/**
 * @param longest of a label, in UTF-16 units; what is beyond it is cut off
 * @returns those of the known types, and how many others there are
 * @throws WalletError `bad-labels` with a `LabelsProblem` as reason
 */
export function readLabels(text: string, longest: number): { records: LabelRecord[]; others: number } {
  const lines = text.split('\n').map((line) => line.trim());
  const read = lines.flatMap((line, place) => (line === '' ? [] : [recordOf(line, place, longest)]));
  if (read.length > MOST_LINES) throw refused('too-many');
  if (read.length === 0) throw refused('malformed', 0);
  const records = read.filter((one): one is LabelRecord => KNOWN.includes(one.type));
  return { records, others: read.length - records.length };
}

type AnyRecord = Omit<LabelRecord, 'type'> & { readonly type: string };

function recordOf(line: string, place: number, longest: number): AnyRecord {
  const { success, data } = record.safeParse(parsed(line, place));
  if (!success) throw refused('malformed', place);
  const { type, ref, label, spendable, origin } = data;
  const plain = shortened(oneLine(label ?? ''), longest).trim();
  return { type, ref: ref.trim(), label: plain, spendable: spendable ?? undefined, origin: origin ?? undefined };
}

function parsed(line: string, place: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw refused('malformed', place);
  }
}

/** Without what would break a line, turn the direction of what stands beside it, or is half of a character. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, ' ');

const refused = (reason: LabelsProblem, place?: number) =>
  new WalletError('bad-labels', place === undefined ? { reason } : { reason, place });
