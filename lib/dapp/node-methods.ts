/** What a site may ask the user's node, through the wallet: reading, and handing over what somebody has signed. */
import { NodeRefusal } from '@/lib/chains/evm/node-request';
import { isOpaque } from './principal';
import { RpcError } from './rpc-error';
import { sendRaw } from './send-raw';
import { chainIdOf } from './site-state';
import type { DappDeps } from './types';

const METHODS: ReadonlySet<string> = new Set([
  'eth_blobBaseFee',
  'eth_blockNumber',
  'eth_call',
  'eth_createAccessList',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getBlockReceipts',
  'eth_getBlockTransactionCountByHash',
  'eth_getBlockTransactionCountByNumber',
  'eth_getCode',
  'eth_getFilterChanges',
  'eth_getFilterLogs',
  'eth_getLogs',
  'eth_getProof',
  'eth_getStorageAt',
  'eth_getTransactionByBlockHashAndIndex',
  'eth_getTransactionByBlockNumberAndIndex',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_getUncleByBlockHashAndIndex',
  'eth_getUncleByBlockNumberAndIndex',
  'eth_getUncleCountByBlockHash',
  'eth_getUncleCountByBlockNumber',
  'eth_maxPriorityFeePerGas',
  'eth_newBlockFilter',
  'eth_newFilter',
  'eth_newPendingTransactionFilter',
  'eth_protocolVersion',
  'eth_sendRawTransaction',
  'eth_simulateV1',
  'eth_syncing',
  'eth_uninstallFilter',
  'net_listening',
  'net_peerCount',
  'web3_sha3',
]);

export const isNodeMethod = (method: string): boolean => METHODS.has(method);

/** @throws RpcError with the node's own code and words where the node refuses */
export async function askNodeFor(deps: DappDeps, origin: string, method: string, params: unknown): Promise<unknown> {
  // All that are nobody in particular share what one site has.
  deps.limits.countRead(isOpaque(origin) ? '' : origin);
  try {
    const chainId = await chainIdOf(deps, origin);
    const request = (name: string, given: unknown) => deps.chains.request(chainId, name, given);
    return await (method === 'eth_sendRawTransaction' ? sendRaw(request, params) : request(method, params));
  } catch (error) {
    if (error instanceof NodeRefusal) throw new RpcError({ code: error.code }, error.message, error.data);
    throw error;
  }
}
