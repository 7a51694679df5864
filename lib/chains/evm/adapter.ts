/** An EVM chain through the node at one address. */
import { getTransactionCount, getTransactionReceipt, sendRawTransaction } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import type { Address, ChainAdapter, ChainInfo, Outcome } from '../types';
import { checkAddress } from './address';
import { readArrivals } from './arrivals';
import { readBalances } from './balances';
import { isName, resolveName } from './ens';
import { readToken } from './erc20';
import { batchingClient, callAnswer, type NodeClient, nodeClient, reach } from './node-client';
import { broadcastProblem, isNotFound } from './node-errors';
import { askNode } from './node-request';
import { prepareCall } from './prepare-call';
import { prepareReplacement } from './prepare-replacement';
import { prepareSend } from './prepare-send';
import { readCalls } from './read-calls';

/** A chain and how it is reached. */
export interface EvmChain extends ChainInfo {
  readonly rpcUrl: string;
  /** The Multicall3 contract, or null where there is none. */
  readonly multicall: Address | null;
  /** `op-stack`: a fee for the chain below comes on top of gas. */
  readonly rollup: 'none' | 'op-stack';
}

/** @param fetchFn how the node is reached */
export function evmAdapter(chain: EvmChain, fetchFn: typeof fetch): ChainAdapter {
  const { chainId, name, symbol, decimals, rpcUrl } = chain;
  const client = nodeClient(rpcUrl, fetchFn);
  const batching = batchingClient(rpcUrl, fetchFn);
  return {
    info: { chainId, name, symbol, decimals },
    checkAddress,
    balances: (holdings) => readBalances(batching, chain.multicall, holdings),
    read: (calls) => readCalls(batching, chain.multicall, calls),
    token: (address) => readToken(client, address),
    prepareSend: (request) => prepareSend(client, chain, request),
    prepareCall: (request) => prepareCall(client, chain, request),
    request: askNode(rpcUrl, fetchFn),
    prepareReplacement: (request) => prepareReplacement(client, chain, request),
    findRecipient: async (text) =>
      isName(text)
        ? resolveName(text, chainId, (to, data) => callAnswer(client, { to, data }))
        : { address: checkAddress(text), name: null },
    arrivals: readArrivals(batching),
    broadcast: async (raw) => {
      try {
        await sendRawTransaction(client, { serializedTransaction: raw });
      } catch (error) {
        const problem = broadcastProblem(error);
        if (problem === 'unreachable') throw new WalletError('chain-unreachable');
        if (problem !== 'already-known') throw new WalletError('transaction-refused', { reason: problem });
      }
    },
    knows: async (hash) =>
      (await reach(client.request({ method: 'eth_getTransactionByHash', params: [hash] }))) !== null,
    outcome: (transaction) => outcome(client, transaction),
  };
}

async function outcome(
  client: NodeClient,
  { hash, from, nonce }: { hash: `0x${string}`; from: Address; nonce: number },
): Promise<Outcome> {
  // The count first: a transaction mined between the two questions is then found, not taken for replaced.
  const mined = await reach(getTransactionCount(client, { address: from, blockTag: 'latest' }));
  try {
    const receipt = await getTransactionReceipt(client, { hash });
    const feeWei = receipt.gasUsed * receipt.effectiveGasPrice + feeBelowOf(receipt);
    return { state: receipt.status === 'success' ? 'confirmed' : 'failed', feeWei };
  } catch (error) {
    if (!isNotFound(error)) throw new WalletError('chain-unreachable');
    return mined > nonce ? { state: 'gone' } : { state: 'pending' };
  }
}

/** What the chain below has charged on an OP Stack rollup, which is not in the gas (its receipts, field `l1Fee`). */
function feeBelowOf(receipt: object): bigint {
  const fee = 'l1Fee' in receipt ? receipt.l1Fee : null;
  return typeof fee === 'string' && /^0x[0-9a-f]+$/i.test(fee) ? BigInt(fee) : 0n;
}
