/** Small makers of what a review holds: bounded, whatever they are given. */
import type { AmountFacts, AssetFacts, PartyFacts, RawText, Risk, RiskKind } from '@/lib/bus/review';
import { LONGEST_TEXT } from '@/lib/bus/review';

const LONGEST_LINE = 600;
const LONGEST_WORD = 120;

/** Nobody holds that much: whoever may take it may take all of it, for ever. */
const UNLIMITED_UNITS = 1n << 112n;
/** The same for tokens that count in 96 bits (UNI, COMP), by custom. */
const UNLIMITED_96 = (1n << 96n) - 1n;

/** Characters that are not seen, or that turn the line around: C0 and C1, zero width, bidirectional controls, tags. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const ALLOWED_HIDDEN = new Set(['\n', '\r', '\t']);

/** A character that is not seen, by its number: `⟨U+202E⟩`. */
const marked = (character: string): string =>
  ALLOWED_HIDDEN.has(character)
    ? character
    : `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Whether a text holds something that the eye does not see. */
export const hidesSomething = (text: string): boolean =>
  (text.match(HIDDEN) ?? []).some((character) => !ALLOWED_HIDDEN.has(character));

/** A text of a site with everything in it to be seen. */
export const visible = (text: string): string => text.replace(HIDDEN, marked);

/** The beginning of a text, without half a character at its end, and how many UTF-16 units were left out. */
export function shortened(text: string, longest: number): { readonly text: string; readonly cut: number } {
  if (text.length <= longest) return { text, cut: 0 };
  const code = text.charCodeAt(longest - 1);
  const end = code >= 0xd800 && code <= 0xdbff ? longest - 1 : longest;
  return { text: text.slice(0, end), cut: text.length - end };
}

/** A text in one line, at most 600 long. */
export const lineOf = (text: string): string => oneLine(text, LONGEST_LINE);
/** The same, at most 120. */
export const wordOf = (text: string): string => oneLine(text, LONGEST_WORD);

function oneLine(text: string, longest: number): string {
  const seen = visible(text.slice(0, 2 * longest).replace(/[\r\n\t]+/g, ' '));
  const { text: kept, cut } = shortened(seen, longest - 1);
  return cut === 0 ? kept : `${kept}…`;
}

/** Something under "raw details", as long as it fits. */
export function rawOf(label: RawText['label'], full: string): RawText {
  const { text } = shortened(full.slice(0, 2 * LONGEST_TEXT), LONGEST_TEXT);
  const seen = shortened(visible(text), LONGEST_TEXT);
  return { label, text: seen.text, cut: full.length - text.length + seen.cut };
}

/** An amount; a limit that nobody could ever reach is none. */
export function amountOf(asset: AssetFacts, units: bigint, bound: AmountFacts['bound'] = 'exact'): AmountFacts {
  const isAll = units >= UNLIMITED_UNITS || units === UNLIMITED_96;
  const unlimited = bound !== 'at-least' && isAll && asset.standard === 'erc20';
  return { asset, units: units.toString(), bound: unlimited ? 'unlimited' : bound };
}

/** Those without a limit first; else in the order in which they stand. */
export const worstFirst = (amounts: readonly AmountFacts[]): AmountFacts[] => [
  ...amounts.filter(({ bound }) => bound === 'unlimited'),
  ...amounts.filter(({ bound }) => bound !== 'unlimited'),
];

const NOTHING = { amount: null, heldUnits: null, party: null, name: null, chainId: null, timeMs: null } as const;

export interface RiskFacts {
  readonly amount?: AmountFacts | null;
  readonly held?: bigint | null;
  readonly party?: PartyFacts | null;
  readonly name?: string | null;
  readonly chainId?: string | null;
  readonly timeMs?: number | null;
}

export function riskOf(kind: RiskKind, { held, name, chainId, ...facts }: RiskFacts = {}): Risk {
  return {
    ...NOTHING,
    ...facts,
    kind,
    heldUnits: held?.toString() ?? null,
    name: name === undefined || name === null ? null : lineOf(name),
    chainId: chainId === undefined || chainId === null ? null : chainId.slice(0, 80),
  };
}

/** Seconds of a contract as a time that a calendar has; null for "never" and for what no calendar reaches. */
export function timeOf(seconds: bigint): number | null {
  return seconds <= 8_640_000_000_000n ? Number(seconds) * 1_000 : null;
}
