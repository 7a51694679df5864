/** Many balances in few requests: one call of Multicall3 where the chain has it, else one JSON-RPC batch. */
import { decodeFunctionResult, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { WalletError } from '@/lib/errors';
import type { Address, Holding } from '../types';
import { balanceOfData, readUnits } from './erc20';
import { contractAnswer, type NodeClient, reach } from './node-client';

/** https://www.multicall3.com */
const MULTICALL3 = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
  'function getEthBalance(address addr) view returns (uint256 balance)',
]);
/** Stays far below the gas that public nodes allow for one call. */
const CALLS_AT_ONCE = 100;

/**
 * @param multicall the contract, or null where the chain has none
 * @param batching puts what is asked in one turn into one request
 * @throws WalletError `chain-unreachable`
 */
export async function readBalances(
  batching: NodeClient,
  multicall: Address | null,
  holdings: readonly Holding[],
): Promise<ReadonlyArray<bigint | null>> {
  if (multicall === null) return Promise.all(holdings.map((holding) => readOne(batching, holding)));
  const parts = [];
  for (let at = 0; at < holdings.length; at += CALLS_AT_ONCE) parts.push(holdings.slice(at, at + CALLS_AT_ONCE));
  return (await Promise.all(parts.map((part) => readMany(batching, multicall, part)))).flat();
}

async function readOne(client: NodeClient, { owner, token }: Holding): Promise<bigint | null> {
  if (token !== null) return readUnits(await contractAnswer(client, { to: token, data: balanceOfData(owner) }));
  return reach(client.request({ method: 'eth_getBalance', params: [owner, 'latest'] }).then(BigInt));
}

async function readMany(
  client: NodeClient,
  multicall: Address,
  holdings: readonly Holding[],
): Promise<ReadonlyArray<bigint | null>> {
  const calls = holdings.map(({ owner, token }) => ({
    target: token ?? multicall,
    allowFailure: true,
    callData:
      token === null
        ? encodeFunctionData({ abi: MULTICALL3, functionName: 'getEthBalance', args: [owner] })
        : balanceOfData(owner),
  }));
  const data = encodeFunctionData({ abi: MULTICALL3, functionName: 'aggregate3', args: [calls] });
  const answers = decodeAnswers(await contractAnswer(client, { to: multicall, data }));
  return holdings.map(({ token }, at) => {
    const answer = answers[at];
    const units = answer?.success ? readUnits(answer.returnData) : null;
    if (units === null && token === null) throw new WalletError('chain-unreachable');
    return units;
  });
}

function decodeAnswers(answer: Hex | null) {
  try {
    if (answer !== null) return decodeFunctionResult({ abi: MULTICALL3, functionName: 'aggregate3', data: answer });
  } catch {
    // Falls to the same end as a contract that is not there.
  }
  throw new WalletError('chain-unreachable');
}
