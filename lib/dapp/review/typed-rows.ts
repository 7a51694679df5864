/** Typed data as lines of a tree, with tokens, amounts and addresses resolved where they are known. */
import type { AmountFacts, PartyFacts, TypedRow } from '@/lib/bus/review';
import type { TypedData } from './check-typed-data';
import { amountOf, shortened, visible, wordOf } from './facts';
import type { Address, Surroundings } from './types';

const MOST_ROWS = 400;
/** So many addresses are looked up; the others are shown as they are. */
const MOST_PARTIES = 24;
const LONGEST_VALUE = 2_000;

interface Drawing {
  readonly types: TypedData['types'];
  readonly around: Surroundings;
  readonly rows: TypedRow[];
  more: number;
  parties: number;
}

export interface TypedRows {
  readonly rows: readonly TypedRow[];
  readonly more: number;
}

export async function typedRows(data: TypedData, around: Surroundings): Promise<TypedRows> {
  const drawing: Drawing = { types: data.types, around, rows: [], more: 0, parties: 0 };
  await struct(data.message, data.primaryType, 0, drawing);
  return { rows: drawing.rows, more: drawing.more };
}

async function struct(value: unknown, type: string, depth: number, drawing: Drawing): Promise<void> {
  for (const { name, type: inner } of drawing.types[type] ?? []) {
    await draw(name, Reflect.get(Object(value), name), inner, depth, drawing, Object(value));
  }
}

async function draw(
  name: string,
  value: unknown,
  type: string,
  depth: number,
  drawing: Drawing,
  beside: object,
): Promise<void> {
  if (drawing.rows.length >= MOST_ROWS) {
    drawing.more += 1;
    return;
  }
  const head = { depth: Math.min(depth, 32), name: wordOf(name), type: wordOf(type), amount: null, party: null };
  if (Array.isArray(value)) {
    drawing.rows.push({ ...head, value: null });
    const element = type.replace(/\[[0-9]*\]$/, '');
    for (const [place, one] of value.entries()) await draw(`${place + 1}`, one, element, depth + 1, drawing, {});
    return;
  }
  if (typeof value === 'object' && value !== null) {
    drawing.rows.push({ ...head, value: null });
    await struct(value, type, depth + 1, drawing);
    return;
  }
  const { text, cut } = shortened(visible(String(value)), LONGEST_VALUE);
  drawing.rows.push({
    ...head,
    value: cut === 0 ? text : `${text}…`,
    party: await partyOf(value, type, drawing),
    amount: await amountBeside(name, value, type, beside, drawing.around),
  });
}

async function partyOf(value: unknown, type: string, drawing: Drawing): Promise<PartyFacts | null> {
  if (type !== 'address' || drawing.parties >= MOST_PARTIES) return null;
  drawing.parties += 1;
  return drawing.around.party(value as Address);
}

/** A number with a token beside it, in one struct: `token` and `amount`, as Permit2 and most orders have them. */
async function amountBeside(
  name: string,
  value: unknown,
  type: string,
  beside: object,
  around: Surroundings,
): Promise<AmountFacts | null> {
  const token: unknown = Reflect.get(beside, 'token');
  const isAmount = /^(amount|value|startAmount|endAmount)$/.test(name) && /^uint/.test(type);
  if (!isAmount || typeof token !== 'string' || !/^0x[0-9a-f]{40}$/.test(token)) return null;
  const asset = await around.asset(token as Address);
  return asset.standard === 'erc20' && asset.decimals !== null
    ? amountOf(asset, BigInt(String(value)), 'at-most')
    : null;
}
