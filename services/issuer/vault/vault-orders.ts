/** What the issuer asks the vault for, with its service key. */
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { type StartOverRequest, startOverConfirmation, startOverRequest } from '@/lib/keyless/wire/vault';
import { VaultUnreachable } from './vault-feed';

const TIMEOUT_MS = 10_000;

export interface VaultOrders {
  /** Begins the days of a start-over; `refused`: another backup or order stands. @throws VaultUnreachable */
  startOver(accountId: Uint8Array, request: StartOverRequest): Promise<'ordered' | 'refused'>;
  /** Carries it out; `refused`: it was cancelled, or its days are not over. @throws VaultUnreachable */
  confirmStartOver(accountId: Uint8Array, orderId: Uint8Array): Promise<'erased' | 'refused'>;
}

export interface VaultOrdersOptions {
  /** Base address, without a final slash. */
  readonly vaultUrl: string;
  readonly serviceKey: string;
  readonly fetch: typeof globalThis.fetch;
}

export function createVaultOrders({ vaultUrl, serviceKey, fetch }: VaultOrdersOptions): VaultOrders {
  /** Whether the vault accepted it. What it refuses for a reason of the account is 4xx. */
  const post = async (path: string, body: unknown): Promise<boolean> => {
    const response = await fetch(`${vaultUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null);
    await response?.body?.cancel();
    if (response?.status === 200) return true;
    if (response?.status === 404 || response?.status === 409) return false;
    throw new VaultUnreachable('The vault does not take an order.');
  };
  return {
    startOver: async (accountId, request) => {
      const body = z.encode(startOverRequest, request);
      return (await post(`/start-over/${toHex(accountId)}`, body)) ? 'ordered' : 'refused';
    },
    confirmStartOver: async (accountId, orderId) => {
      const body = z.encode(startOverConfirmation, { orderId });
      return (await post(`/start-over/${toHex(accountId)}/confirm`, body)) ? 'erased' : 'refused';
    },
  };
}
