/** Many balances in few requests. */
import { encodeFunctionData, parseAbi } from 'viem';
import { WalletError } from '@/lib/errors';
import type { Address, ContractCall, Holding } from '../types';
import { balanceOfData, readUnits } from './erc20';
import { contractAnswer, type NodeClient, reach } from './node-client';
import { readCalls } from './read-calls';

/** Of Multicall3. */
const OWN_BALANCE = parseAbi(['function getEthBalance(address addr) view returns (uint256 balance)']);

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
  const answers = await readCalls(
    batching,
    multicall,
    holdings.map((holding) => balanceCall(holding, multicall)),
  );
  return holdings.map(({ token }, at) => {
    const units = readUnits(answers[at] ?? null);
    if (units === null && token === null) throw new WalletError('chain-unreachable');
    return units;
  });
}

async function readOne(client: NodeClient, { owner, token }: Holding): Promise<bigint | null> {
  if (token !== null) return readUnits(await contractAnswer(client, { to: token, data: balanceOfData(owner) }));
  return reach(client.request({ method: 'eth_getBalance', params: [owner, 'latest'] }).then(BigInt));
}

const balanceCall = ({ owner, token }: Holding, multicall: Address): ContractCall =>
  token === null
    ? { to: multicall, data: encodeFunctionData({ abi: OWN_BALANCE, functionName: 'getEthBalance', args: [owner] }) }
    : { to: token, data: balanceOfData(owner) };
