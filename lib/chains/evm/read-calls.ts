/** Many reads in few requests: one call of Multicall3 where the chain has it, else one JSON-RPC batch. */
import { decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { WalletError } from '@/lib/errors';
import type { Address, ContractCall } from '../types';
import { contractAnswer, type NodeClient } from './node-client';

/** https://www.multicall3.com */
const MULTICALL3 = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
]);
/** Stays far below the gas that public nodes allow for one call. */
const CALLS_AT_ONCE = 100;

/**
 * @param batching puts what is asked in one turn into one request
 * @param multicall the contract, or null where the chain has none
 * @returns in the order of the calls; null where a contract refuses
 * @throws WalletError `chain-unreachable`
 */
export async function readCalls(
  batching: NodeClient,
  multicall: Address | null,
  calls: readonly ContractCall[],
): Promise<ReadonlyArray<Hex | null>> {
  if (multicall === null) return Promise.all(calls.map((call) => contractAnswer(batching, call)));
  const parts: (readonly ContractCall[])[] = [];
  for (let at = 0; at < calls.length; at += CALLS_AT_ONCE) parts.push(calls.slice(at, at + CALLS_AT_ONCE));
  return (await Promise.all(parts.map((part) => readTogether(batching, multicall, part)))).flat();
}

async function readTogether(
  client: NodeClient,
  multicall: Address,
  calls: readonly ContractCall[],
): Promise<ReadonlyArray<Hex | null>> {
  const wanted = calls.map(({ to, data }) => ({ target: to, allowFailure: true, callData: data }));
  const data = encodeFunctionData({ abi: MULTICALL3, functionName: 'aggregate3', args: [wanted] });
  const answers = decodeAnswers(await contractAnswer(client, { to: multicall, data }));
  return calls.map((_, at) => (answers[at]?.success ? answers[at].returnData : null));
}

function decodeAnswers(answer: Hex | null) {
  try {
    if (answer !== null) return decodeFunctionResult({ abi: MULTICALL3, functionName: 'aggregate3', data: answer });
  } catch {
    // Falls to the same end as a contract that is not there.
  }
  throw new WalletError('chain-unreachable');
}
