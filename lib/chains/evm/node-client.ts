/** One node, reached over HTTP. Only named imports of viem: a worker cannot load code later. */
import { createClient, type Hex, http, type PublicClient } from 'viem';
import type { getBalance } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import type { Address } from '../types';
import type { CallAnswer } from './ens';
import { isRevert, revertData } from './node-errors';
import { nodeFetch } from './node-fetch';

const TIMEOUT_MS = 10_000;
/** Public nodes take batches of at least this size. */
const BATCH_SIZE = 50;

export type NodeClient = Parameters<typeof getBalance>[0] & Pick<PublicClient, 'request'>;

/**
 * @param rpcUrl the node's HTTP address
 * @param fetchFn how it is reached
 */
export function nodeClient(rpcUrl: string, fetchFn: typeof fetch): NodeClient {
  return createClient({
    transport: http(rpcUrl, { timeout: TIMEOUT_MS, retryCount: 1, fetchFn: nodeFetch(fetchFn) }),
  });
}

/** The same node; what is asked in one turn goes there in one request (JSON-RPC 2.0, section 6). */
export function batchingClient(rpcUrl: string, fetchFn: typeof fetch): NodeClient {
  return createClient({
    transport: http(rpcUrl, {
      timeout: TIMEOUT_MS,
      retryCount: 1,
      fetchFn: nodeFetch(fetchFn),
      batch: { batchSize: BATCH_SIZE },
    }),
  });
}

/** @throws WalletError `chain-unreachable` whatever went wrong */
export async function reach<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch {
    throw new WalletError('chain-unreachable');
  }
}

/**
 * What a contract answers now, null if it refuses. Asked by hand: viem's own `call` loads code later.
 * @throws WalletError `chain-unreachable`
 */
export async function contractAnswer(
  client: NodeClient,
  call: { readonly from?: Address; readonly to: Address; readonly data: Hex },
): Promise<Hex | null> {
  try {
    const answer = await client.request({ method: 'eth_call', params: [call, 'latest'] });
    if (/^0x([0-9a-f]{2})*$/i.test(answer)) return answer;
  } catch (error) {
    if (isRevert(error)) return null;
  }
  throw new WalletError('chain-unreachable');
}

/** The same, with the data of a refusal, which may say more than no. @throws WalletError `chain-unreachable` */
export async function callAnswer(
  client: NodeClient,
  call: { readonly to: Address; readonly data: Hex },
): Promise<CallAnswer> {
  try {
    return { returned: await client.request({ method: 'eth_call', params: [call, 'latest'] }) };
  } catch (error) {
    if (isRevert(error)) return { reverted: revertData(error) };
  }
  throw new WalletError('chain-unreachable');
}
