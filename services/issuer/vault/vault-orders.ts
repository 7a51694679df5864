/** What the issuer asks the vault for, with its service key. */
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { timeMs } from '@/lib/keyless/wire/schema';
import { type StartOverRequest, startOverConfirmation, startOverRequest } from '@/lib/keyless/wire/vault';
import { readBounded } from './read-bounded';
import { VaultUnreachable } from './vault-feed';

const TIMEOUT_MS = 10_000;
const MAX_PROBLEM_BYTES = 4_096;
/** Done, or refused for a reason of the account. */
const DECIDED = [200, 404, 409];
const TOO_MANY = 429;
const laterProblem = z.object({ nextAtMs: timeMs });

export interface VaultOrders {
  /**
   * Begins the days of a start-over; `refused`: another backup or order stands; `nextAtMs`: too many were ordered and
   * objected to, the next may be then.
   * @throws VaultUnreachable
   */
  startOver(accountId: Uint8Array, request: StartOverRequest): Promise<'ordered' | 'refused' | { nextAtMs: number }>;
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
  /** The vault's answer, if it decided something. */
  const post = async (path: string, body: unknown, decided: readonly number[]): Promise<Response> => {
    const response = await fetch(`${vaultUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null);
    if (response !== null && decided.includes(response.status)) return response;
    await response?.body?.cancel();
    throw new VaultUnreachable('The vault does not take an order.');
  };
  return {
    startOver: async (accountId, request) => {
      const body = z.encode(startOverRequest, request);
      const answer = await post(`/start-over/${toHex(accountId)}`, body, [...DECIDED, TOO_MANY]);
      if (answer.status === TOO_MANY) return readLater(answer);
      await answer.body?.cancel();
      return answer.status === 200 ? 'ordered' : 'refused';
    },
    confirmStartOver: async (accountId, orderId) => {
      const body = z.encode(startOverConfirmation, { orderId });
      const answer = await post(`/start-over/${toHex(accountId)}/confirm`, body, DECIDED);
      await answer.body?.cancel();
      return answer.status === 200 ? 'erased' : 'refused';
    },
  };
}

/** @throws VaultUnreachable for a limit of requests, which names no time: nothing was decided about the account */
async function readLater(answer: Response): Promise<{ nextAtMs: number }> {
  try {
    return laterProblem.parse(JSON.parse(await readBounded(answer, MAX_PROBLEM_BYTES)));
  } catch {
    throw new VaultUnreachable('The vault does not say when it takes an order.');
  }
}
