/** What a group reports. */
import { medianAtMost, type Pair, type Spread, spreadOf } from './measure';

export interface Row {
  readonly id: string;
  /** With the unit, and what the peer is. */
  readonly what: string;
  readonly ours: number;
  readonly peer: number;
  /** Ours by peer's; of a row that says so, the upper bound of it. */
  readonly ratio: number;
  /** The largest ratio that is good; null where none was promised. */
  readonly limit: number | null;
  /** The least ratio that is good, where more is better. */
  readonly least?: number;
  /** Of both, where there were several samples. */
  readonly spread: { readonly ours: Spread; readonly peer: Spread } | null;
}

export interface Group {
  readonly name: string;
  run(options: RunOptions): Promise<Row[]>;
}

export interface RunOptions {
  /** What is going on, for a person. */
  readonly say: (text: string) => void;
  /** Samples of each; without it as many as the group needs for a steady median. */
  readonly rounds?: number | undefined;
}

type Named = Pick<Row, 'id' | 'what' | 'limit' | 'least'>;

/** Ours beside a peer that was measured in the same run. */
export const measuredRow = (named: Named, spread: { ours: Spread; peer: Spread }): Row => ({
  ...named,
  ours: spread.ours.median,
  peer: spread.peer.median,
  ratio: spread.ours.median / spread.peer.median,
  spread,
});

/** Ours beside a peer's, by the upper 95 % bound of the median of their ratios: what is kept is not kept by chance. */
export const boundedRow = (named: Named, pairs: readonly Pair[]): Row => ({
  ...measuredRow(named, {
    ours: spreadOf(pairs.map(({ ours }) => ours)),
    peer: spreadOf(pairs.map(({ peer }) => peer)),
  }),
  ratio: medianAtMost(pairs.map(({ ours, peer }) => ours / peer)),
});

/** Ours beside a number that was promised. */
export const promisedRow = (named: Omit<Named, 'limit' | 'least'>, ours: number, promised: number): Row => ({
  ...named,
  ours,
  peer: promised,
  ratio: ours / promised,
  limit: 1,
  spread: null,
});

/** A number to reckon with, beside nothing: its peer is one of its unit. */
export const figureRow = (named: Omit<Named, 'limit' | 'least'>, ours: number): Row => ({
  ...promisedRow(named, ours, 1),
  limit: null,
});

const rounded = (value: number): number => Number(value.toPrecision(4));

/** The last line of `--json`. */
export const jsonOf = (rows: readonly Row[]): string =>
  JSON.stringify({
    rows: rows.map(({ id, what, ours, peer, ratio }) => ({
      id,
      what,
      ours: rounded(ours),
      peer: rounded(peer),
      ratio: rounded(ratio),
    })),
  });

/** For a person: two lines a row. */
export function textOf(row: Row): string {
  const { id, what, ours, peer, ratio, spread } = row;
  const range = (of: Spread) => ` (${rounded(of.low)} to ${rounded(of.high)})`;
  const shown = (value: number, of: Spread | undefined) => `${rounded(value)}${of ? range(of) : ''}`;
  const verdict = verdictOf(row);
  const numbers = `ours ${shown(ours, spread?.ours)}, peer ${shown(peer, spread?.peer)}, ratio ${rounded(ratio)}`;
  return `${id}: ${what}\n  ${numbers}${verdict}`;
}

function verdictOf({ ratio, limit, least }: Row): string {
  const said = (words: string, isKept: boolean) => `, ${words}: ${isKept ? 'kept' : 'MISSED'}`;
  if (least !== undefined) return said(`at least ${least}`, ratio >= least);
  return limit === null ? '' : said(`limit ${limit}`, ratio <= limit);
}
