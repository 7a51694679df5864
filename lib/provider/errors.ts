/** Errors as a page sees them: EIP-1193 `ProviderRpcError`, and nothing of where they come from. */
import { defineProperty, NativeError, ownMember } from './natives';

export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type ProviderRpcError = Error & WireError;

export function providerError(wire: WireError): ProviderRpcError {
  const error = new NativeError(wire.message);
  const add = (name: string, value: unknown) =>
    defineProperty(error, name, {
      __proto__: null,
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    } as object);
  add('code', wire.code);
  const data = ownMember(wire, 'data');
  if (data !== undefined) add('data', data);
  return error as ProviderRpcError;
}

/** JSON-RPC 2.0, section 5.1. */
export const invalidRequest = (message: string) => providerError({ code: -32600, message });
export const invalidParams = (message: string) => providerError({ code: -32602, message });
