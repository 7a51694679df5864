/** Errors as a page sees them: EIP-1193 `ProviderRpcError`, and nothing of where they come from. */
import { NativeError, ownMember, put } from './natives';

export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type ProviderRpcError = Error & WireError;

export function providerError(wire: WireError): ProviderRpcError {
  const error = new NativeError(wire.message);
  put(error, 'code', wire.code);
  const data = ownMember(wire, 'data');
  if (data !== undefined) put(error, 'data', data);
  return error as ProviderRpcError;
}

/** JSON-RPC 2.0, section 5.1. */
export function invalidRequest(message: string): ProviderRpcError {
  return providerError({ code: -32600, message });
}
export function invalidParams(message: string): ProviderRpcError {
  return providerError({ code: -32602, message });
}
