/** What a node's refusals mean. Nodes tell most of them apart by text only, so the texts of the common ones are known here. */
import {
  BaseError,
  ExecutionRevertedError,
  InsufficientFundsError,
  RpcRequestError,
  TransactionReceiptNotFoundError,
} from 'viem';

export type BroadcastProblem =
  | 'unreachable'
  | 'already-known'
  | 'nonce-used'
  | 'fee-too-low'
  | 'insufficient-funds'
  | 'other';

/** geth and reth, Nethermind, Erigon, Besu, OpenEthereum, anvil: by hash. */
const ALREADY_KNOWN = /already ?known|already imported|known transaction/i;

export const isAlreadyKnown = (text: string): boolean => ALREADY_KNOWN.test(text);

const TEXTS: ReadonlyArray<readonly [RegExp, BroadcastProblem]> = [
  [ALREADY_KNOWN, 'already-known'],
  [/nonce too low|nonce has already been used/i, 'nonce-used'],
  [/underpriced|fee too low|less than block base fee|max fee per gas/i, 'fee-too-low'],
  [/insufficient funds/i, 'insufficient-funds'],
];

/** An answer of the node itself, not of the way to it. */
const isRefusal = (error: unknown): boolean =>
  isKind(error, RpcRequestError) || isKind(error, ExecutionRevertedError) || isKind(error, InsufficientFundsError);

/** An answer of the node itself, whatever its words. */
export const isAnswer = (error: unknown): boolean => isKind(error, RpcRequestError);

/** Why a node could not say what a transfer costs. Whatever is about neither of the two accounts is about the node. */
export function estimateProblem(error: unknown): 'recipient' | 'insufficient-funds' | 'unreachable' {
  if (isKind(error, InsufficientFundsError)) return 'insufficient-funds';
  return isKind(error, ExecutionRevertedError) ? 'recipient' : 'unreachable';
}

/** A contract's own no, whatever code a node gives it. */
export function isRevert(error: unknown): boolean {
  if (isKind(error, ExecutionRevertedError)) return true;
  if (!(error instanceof BaseError)) return false;
  const answer = error.walk((cause) => cause instanceof RpcRequestError);
  return answer instanceof RpcRequestError && (answer.code === REVERTED || REVERT_TEXT.test(answer.details));
}

/** What a contract said with its no, in hex; empty if a node does not tell. */
export function revertData(error: unknown): string {
  const answer = error instanceof BaseError ? error.walk((cause) => cause instanceof RpcRequestError) : null;
  return answer instanceof RpcRequestError && typeof answer.data === 'string' ? answer.data : '';
}

/** Of geth and all that follow it. */
const REVERTED = 3;
const REVERT_TEXT = /revert|invalid opcode|invalid jump|stack underflow|out of gas|vm execution error/i;

export const isNotFound = (error: unknown): boolean => isKind(error, TransactionReceiptNotFoundError);

export function broadcastProblem(error: unknown): BroadcastProblem {
  if (!isRefusal(error) || !(error instanceof BaseError)) return 'unreachable';
  const answer = error.walk((cause) => cause instanceof RpcRequestError);
  const text = answer instanceof RpcRequestError ? answer.details : error.details;
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

function isKind(error: unknown, kind: new (...values: never[]) => Error): boolean {
  return error instanceof BaseError && error.walk((cause) => cause instanceof kind) instanceof kind;
}
