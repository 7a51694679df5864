/** What a node's refusal says, whatever wraps it. */
import { decodeErrorResult, parseAbi } from 'viem';
import { lineOf } from './facts';
import type { Hex } from './types';

/** Wrappings are not deeper than this; a cause may be its own cause. */
const DEEPEST = 8;
/** Of geth and all that follow it. */
const REVERTED = 3;
const FAILS = /revert|insufficient|invalid opcode|invalid jump|stack underflow|out of gas|vm execution error/i;
const ERRORS = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)']);

/** Null where the way to the node is broken, or it does not know what it was asked. */
export function refusalOf(error: unknown): { readonly reason: string | null } | null {
  let current = error;
  for (let depth = 0; depth < DEEPEST && typeof current === 'object' && current !== null; depth++) {
    const { code, message, details, data } = facts(current);
    const text = typeof details === 'string' ? details : typeof message === 'string' ? message : '';
    if (code === REVERTED || (typeof code === 'number' && code !== -32601 && FAILS.test(text)))
      return { reason: reasonOf(data) ?? (text === '' ? null : lineOf(text)) };
    current = Reflect.get(current, 'cause');
  }
  return null;
}

const facts = (error: object) => ({
  code: Reflect.get(error, 'code') as unknown,
  message: Reflect.get(error, 'message') as unknown,
  details: Reflect.get(error, 'details') as unknown,
  data: Reflect.get(error, 'data') as unknown,
});

/** The text of a contract's `revert`, or null. */
export function reasonOf(data: unknown): string | null {
  if (typeof data !== 'string' || !/^0x([0-9a-f]{2})+$/i.test(data)) return null;
  try {
    const { errorName, args } = decodeErrorResult({ abi: ERRORS, data: data as Hex });
    return lineOf(errorName === 'Error' ? args[0] : `Panic ${args[0]}`);
  } catch {
    return lineOf(data.slice(0, 10));
  }
}
