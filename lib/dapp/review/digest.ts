/** The name of exactly what is signed: whoever approves says it, and nothing else is done. */
import { sha256, stringToHex } from 'viem';
import type { Hex } from './types';

/** SHA-256 (hex) of JSON with the members of every object in order; amounts stand there as decimal text. */
export const digestOf = (facts: unknown): Hex => sha256(stringToHex(JSON.stringify(ordered(facts))));

function ordered(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]);
}
