/**
 * What a site is told when something is refused: the codes of JSON-RPC 2.0, EIP-1193, EIP-1474, EIP-3326 and EIP-5792,
 * and a sentence for developers. Nothing of the wallet's own errors reaches a site.
 */
import { asWalletError } from '@/lib/errors';

export const RPC_CODE = {
  rejected: 4001,
  unauthorized: 4100,
  unsupported: 4200,
  disconnected: 4900,
  'chain-disconnected': 4901,
  'unknown-chain': 4902,
  'unsupported-capability': 5700,
  'unsupported-chain': 5710,
  'duplicate-id': 5720,
  'unknown-id': 5730,
  'batch-too-large': 5740,
  'atomicity-unsupported': 5760,
  'invalid-request': -32600,
  'method-not-found': -32601,
  'invalid-params': -32602,
  internal: -32603,
  'invalid-input': -32000,
  pending: -32002,
  'transaction-refused': -32003,
  'limit-exceeded': -32005,
} as const;

export type RpcProblem = keyof typeof RPC_CODE;

export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** Thrown by whatever answers a site. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly wire: WireError;

  constructor(problem: RpcProblem | { readonly code: number }, message: string, data?: unknown) {
    super(message);
    const code = typeof problem === 'string' ? RPC_CODE[problem] : problem.code;
    this.wire = { code, message, ...(data === undefined ? {} : { data }) };
  }
}

export const invalidParams = (message: string) => new RpcError('invalid-params', message);

/** Any thrown value as a site may know it. */
export function wireErrorOf(error: unknown): WireError {
  if (error instanceof RpcError) return error.wire;
  const { code, details } = asWalletError(error);
  switch (code) {
    case 'chain-unreachable':
    case 'offline':
    case 'party-misbehaved':
      return new RpcError('chain-disconnected', 'The network cannot be reached.').wire;
    case 'insufficient-funds':
      return new RpcError('invalid-input', 'Insufficient funds.').wire;
    case 'transaction-refused':
      return new RpcError('transaction-refused', `The transaction was refused (${details.reason ?? 'other'}).`).wire;
    case 'device-cancelled':
    case 'device-page-closed':
      return new RpcError('rejected', 'The user has said no.').wire;
    case 'device-unsupported':
      return new RpcError('unsupported', 'The device of this account cannot sign that.').wire;
    case 'busy':
      return new RpcError('pending', 'The user is being asked already.').wire;
    case 'locked':
      return new RpcError('unauthorized', 'The wallet is locked.').wire;
    default:
      return new RpcError('internal', 'Internal error.').wire;
  }
}
