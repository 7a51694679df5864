/** Who a node is, before it is trusted with anything. */
import { WalletError } from '@/lib/errors';
import type { Address } from '../types';
import { feeBelowCall } from './fees';
import { nodeFetch } from './node-fetch';

/** What a node says of its chain. */
export interface NodeFacts {
  readonly chainId: number;
  /** Multicall3, if it lives where it lives on almost every chain. */
  readonly multicall: Address | null;
  /** `op-stack`: it says what the chain below charges, which is not in the gas. */
  readonly rollup: 'none' | 'op-stack';
}

const TIMEOUT_MS = 10_000;
const MULTICALL3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11';
/** About as long as a payment. */
const ANY_BYTES = 100;
const WANTS_A_KEY = [401, 403];

/**
 * Asks a node for its chain.
 * @throws WalletError `bad-network`: `rpc-unreachable` if nobody answers, `rpc-refused` if it wants a key, `rpc-garbage`
 *   if what answers is no node
 */
export async function probeNode(rpcUrl: string, fetchFn: typeof fetch): Promise<NodeFacts> {
  const ask = (method: string, params: readonly unknown[]) => askNode(nodeFetch(fetchFn), rpcUrl, method, params);
  const chainId = Number(await ask('eth_chainId', []));
  if (!Number.isSafeInteger(chainId) || chainId < 1) throw refused('rpc-garbage');
  const code = await ask('eth_getCode', [MULTICALL3, 'latest']);
  // Anybody else refuses that, or returns nothing.
  const below = await ask('eth_call', [feeBelowCall(ANY_BYTES), 'latest']).catch(() => '0x');
  return {
    chainId,
    multicall: code.length > 2 ? MULTICALL3 : null,
    rollup: /^0x[0-9a-f]{64}$/i.test(below) ? 'op-stack' : 'none',
  };
}

/** @returns the result, text in hexadecimal */
async function askNode(
  fetchFn: typeof fetch,
  rpcUrl: string,
  method: string,
  params: readonly unknown[],
): Promise<string> {
  const response = await fetchFn(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw refused('rpc-unreachable');
  });
  if (WANTS_A_KEY.includes(response.status)) throw refused('rpc-refused');
  const answer: unknown = await response.json().catch(() => null);
  const result = typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : null;
  if (typeof result !== 'string' || !/^0x[0-9a-f]*$/i.test(result)) throw refused('rpc-garbage');
  return result;
}

const refused = (reason: string) => new WalletError('bad-network', { reason });
